/** A clause of a format string, by its letter: `%d`, `%.2f`. */
export type Clause = "s" | "d" | "f" | "e" | "b" | "x" | "X" | "o";

const CLAUSES: ReadonlySet<string> = new Set<Clause>(["s", "d", "f", "e", "b", "x", "X", "o"]);

const PERCENT = 0x25;
const DOT = 0x2e;
const MAX_INT = 2n ** 63n - 1n;

/** A clause, or why the rest of the string cannot be read. */
export type ClauseOrError = { readonly clause: Clause } | { readonly error: string };

/**
 * The clauses of a format string. An error is the last one (cel-go: `ext.parseFormatString`, in the words of which errors are).
 * @param count how many arguments there are
 */
export function* formatClauses(format: string, count: number): Generator<ClauseOrError, undefined> {
  // cel-go goes through bytes, and shows the byte in the place of the letter.
  const bytes = new TextEncoder().encode(format);
  let index = 0;
  for (let i = bytes.indexOf(PERCENT); i >= 0; i = bytes.indexOf(PERCENT, i)) {
    if (bytes[i + 1] === PERCENT) {
      i += 2;
      continue;
    }
    if (i + 1 >= bytes.length) return yield* failed("unexpected end of string");
    if (index >= count) return yield* failed(`index ${index} out of range`);
    index++;
    const end = precisionEnd(bytes, i + 1);
    if (typeof end === "string") return yield* failed(unparsable(`error while parsing precision: ${end}`));
    const letter = String.fromCharCode(bytes[end] ?? 0);
    if (!isClause(letter)) return yield* failed(unparsable(`unrecognized formatting clause "${letter}"`));
    yield { clause: letter };
    i = end + 1;
  }
  return undefined;
}

function* failed(error: string): Generator<ClauseOrError, undefined> {
  yield { error };
  return undefined;
}

function isClause(letter: string): letter is Clause {
  return CLAUSES.has(letter);
}

function unparsable(reason: string): string {
  return `could not parse formatting clause: ${reason}`;
}

/** Where the precision that starts here, such as `.2`, ends; or what is wrong with it. */
function precisionEnd(bytes: Uint8Array, start: number): number | string {
  if (bytes[start] !== DOT) return start;
  let end = start + 1;
  while (isDigit(bytes[end])) end++;
  if (end >= bytes.length) return "could not find end of precision specifier";
  const digits = String.fromCharCode(...bytes.subarray(start + 1, end));
  const problem = digits === "" ? "invalid syntax" : BigInt(digits) > MAX_INT ? "value out of range" : undefined;
  if (problem === undefined) return end;
  return `error while converting precision to integer: strconv.Atoi: parsing "${digits}": ${problem}`;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
