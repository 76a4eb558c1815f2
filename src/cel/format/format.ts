import { spend } from "../effort/index.ts";
import { Bytes, CelError, type List, type Result, typeOf, Uint, type Value } from "../values/index.ts";
import { formatPieces, type Letter, type Piece } from "./clauses.ts";
import { fixedText, scientificText } from "./numbers.ts";
import { refusal } from "./refusals.ts";
import { stringText } from "./texts.ts";

/** Writes a list of arguments into a format string. */
export type Formatter = (args: List) => Result;

const ENCODER = new TextEncoder();
/** A number may have thousands of digits. */
const STEPS_PER_PIECE = 200;

/**
 * A format string that is ready to take arguments. `gap` is what stands around the multiplication sign of `%e`. Source:
 * `formatting.go` in `ext` of cel-go, which writes as in American English.
 */
export function formatter(format: string, gap: string): Formatter {
  const pieces = formatPieces(format);
  return (args) => {
    let [text, index] = ["", 0];
    for (const piece of pieces) {
      spend(STEPS_PER_PIECE);
      if (piece.kind === "text") {
        text += piece.text;
        continue;
      }
      if (index >= args.size) return new CelError(`index ${index} out of range`);
      if (piece.kind === "error") return new CelError(piece.message);
      const written = clauseText(piece, args.at(index++), gap);
      if (written instanceof CelError) return written;
      text += written;
    }
    return text;
  };
}

type Clause = Extract<Piece, { kind: "clause" }>;

function clauseText({ letter, precision }: Clause, value: Value, gap: string): string | CelError {
  const text = letter === "s" ? stringText(value) : numberText(letter, precision, value, gap);
  return text ?? new CelError(refusal(letter, typeOf(value).name));
}

/** The names of doubles that `%f` and `%e` take as strings. */
const DOUBLES: Readonly<Record<string, number>> = { NaN: NaN, Infinity: Infinity, "-Infinity": -Infinity };
const BASES = { d: 10, b: 2, o: 8, x: 16, X: 16 } as const;

/** Undefined for a value that the clause does not take. */
function numberText(
  letter: Exclude<Letter, "s">,
  precision: number | undefined,
  value: Value,
  gap: string,
): string | undefined {
  if (letter === "f" || letter === "e") {
    const double = typeof value === "string" && Object.hasOwn(DOUBLES, value) ? DOUBLES[value] : value;
    if (typeof double !== "number") return undefined;
    return letter === "f" ? fixedText(double, precision) : scientificText(double, precision, gap);
  }
  if (typeof value === "boolean") return letter === "b" ? String(Number(value)) : undefined;
  const text = wholeText(value, BASES[letter]) ?? (letter === "x" || letter === "X" ? hexText(value) : undefined);
  return letter === "X" ? text?.toUpperCase() : text;
}

function wholeText(value: Value, base: number): string | undefined {
  const whole = value instanceof Uint ? value.value : value;
  return typeof whole === "bigint" ? whole.toString(base) : undefined;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function hexText(value: Value): string | undefined {
  const bytes = typeof value === "string" ? ENCODER.encode(value) : value instanceof Bytes ? value.bytes : undefined;
  if (bytes === undefined) return undefined;
  let text = "";
  for (const byte of bytes) {
    spend();
    text += HEX[byte] ?? "";
  }
  return text;
}
