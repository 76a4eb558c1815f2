const ELLIPSIS = "…";

/** Truncates the text to this number of UTF-16 code units, never within a surrogate pair. */
export function truncate(text: string, length: number): string {
  if (text.length <= length) return text;
  if (length < ELLIPSIS.length) return "";
  return text.slice(0, length - ELLIPSIS.length).replace(/[\uD800-\uDBFF]$/, "") + ELLIPSIS;
}
