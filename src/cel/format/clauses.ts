/** The letter of a clause of a format string: `%d`, `%.2f`. */
export type Letter = "s" | "d" | "f" | "e" | "b" | "x" | "X" | "o";

/** A part of a format string. */
export type Piece =
  /** What is written as it is. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "clause"; readonly letter: Letter; readonly precision: number | undefined }
  /** What can't be read; the last part. At the end of the string it counts only if there is an argument for it. */
  | { readonly kind: "error"; readonly message: string; readonly isEnd: boolean };

const LETTERS: ReadonlySet<string> = new Set<Letter>(["s", "d", "f", "e", "b", "x", "X", "o"]);

function isLetter(character: string): character is Letter {
  return LETTERS.has(character);
}

function failure(message: string, isEnd = false): Piece {
  return { kind: "error", message, isEnd };
}

function unparsable(reason: string): Piece {
  return failure(`could not parse formatting clause: ${reason}`);
}

/** The parts of a format string. Source: `parseFormatString` in `ext` of cel-go. */
export function formatPieces(format: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let text = "";
  let at = 0;
  for (;;) {
    const percent = format.indexOf("%", at);
    text += percent < 0 ? format.slice(at) : format.slice(at, percent);
    if (format.charAt(percent + 1) === "%" && percent >= 0) {
      text += "%";
      at = percent + 2;
      continue;
    }
    if (text !== "") pieces.push({ kind: "text", text });
    if (percent < 0) return pieces;
    text = "";
    const { piece, end } = clauseAt(format, percent + 1);
    pieces.push(piece);
    if (piece.kind === "error") return pieces;
    at = end;
  }
}

function clauseAt(format: string, start: number): { piece: Piece; end: number } {
  if (start >= format.length) return { piece: failure("unexpected end of string", true), end: start };
  const digits = format.charAt(start) === "." ? (/\d*/.exec(format.slice(start + 1))?.[0] ?? "") : undefined;
  const at = digits === undefined ? start : start + 1 + digits.length;
  if (at >= format.length) return { piece: badPrecision("could not find end of precision specifier"), end: at };
  const precision = digits === undefined ? undefined : precisionOf(digits);
  if (typeof precision === "object") return { piece: precision, end: at };
  const letter = format.charAt(at);
  if (isLetter(letter)) return { piece: { kind: "clause", letter, precision }, end: at + 1 };
  return { piece: unparsable(`unrecognized formatting clause "${firstByte(letter)}"`), end: at + 1 };
}

/** cel-go goes by bytes, and shows the first of a character. */
function firstByte(character: string): string {
  return String.fromCharCode(new TextEncoder().encode(character)[0] ?? 0);
}

function badPrecision(reason: string): Piece {
  return unparsable(`error while parsing precision: ${reason}`);
}

function precisionOf(digits: string): number | Piece {
  const fail = (reason: string): Piece =>
    badPrecision(`error while converting precision to integer: strconv.Atoi: parsing "${digits}": ${reason}`);
  if (digits === "") return fail("invalid syntax");
  const significant = digits.replace(/^0+/, "");
  const isInt = significant.length < 19 || (significant.length === 19 && significant <= "9223372036854775807");
  return isInt ? Number(digits) : fail("value out of range");
}
