const ELLIPSIS = "…";

/** The text within so many characters, never ending in half a character. */
export function truncate(text: string, length: number): string {
  if (text.length <= length) return text;
  if (length < ELLIPSIS.length) return "";
  return text.slice(0, length - ELLIPSIS.length).replace(/[\uD800-\uDBFF]$/, "") + ELLIPSIS;
}
