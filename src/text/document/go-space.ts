const GO_SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*/y;

/** Behind the characters from there on that `unicode.IsSpace` of Go is true of. */
export function skipGoSpace(text: string, from: number): number {
  GO_SPACE.lastIndex = from;
  GO_SPACE.test(text);
  return GO_SPACE.lastIndex;
}
