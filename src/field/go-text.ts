/** What Go's `unicode.IsSpace` counts as white space. JavaScript differs in two: not U+0085, but U+FEFF. */
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const SPACES = new RegExp(`${SPACE.source}*`, "y");

/** Behind the white space from there on. */
export function skipSpace(text: string, from: number): number {
  SPACES.lastIndex = from;
  SPACES.test(text);
  return SPACES.lastIndex;
}

/**
 * The text without white space around it, as Go's `strings.TrimSpace` leaves it. In linear time: a search for white space
 * up to the end would begin anew at each character of it. Source: the package `strings` of Go.
 */
export function trimSpace(text: string): string {
  const start = skipSpace(text, 0);
  let end = text.length;
  while (end > start && SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** The text in lower case, as Go's `strings.ToLower` writes it: one character for each. Source: `unicode.ToLower` of Go. */
export function toLower(text: string): string {
  // The only capital letter that JavaScript writes as two characters.
  return text.replaceAll("\u0130", "i").toLowerCase();
}

/** Whether Go's `unicode.IsPrint` holds for every character: letters, marks, numbers, punctuation, symbols, and the space. */
export function isPrintable(text: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u.test(text);
}
