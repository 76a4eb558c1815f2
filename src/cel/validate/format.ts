import { type Call, type Expression, partsOf } from "../ast/index.ts";
import { formatPieces, type Letter, refusal } from "../format/index.ts";
import type { Kind } from "../types/index.ts";
import type { Finding, Subject } from "./subject.ts";

const TEXTS: readonly Kind[] = [
  "list",
  "map",
  "int",
  "uint",
  "double",
  "bool",
  "string",
  "timestamp",
  "bytes",
  "duration",
  "type",
  "null",
];
/** Strings may be "NaN" and "Infinity". */
const DOUBLES: readonly Kind[] = ["double", "string"];
const HEX: readonly Kind[] = ["int", "uint", "string", "bytes"];

/** The kinds of values that a clause takes. */
const KINDS: Readonly<Record<Letter, readonly Kind[]>> = {
  s: TEXTS,
  d: ["int", "uint"],
  f: DOUBLES,
  e: DOUBLES,
  b: ["int", "uint", "bool"],
  x: HEX,
  X: HEX,
  o: ["int", "uint"],
};

/**
 * Calls `"...".format([...])` of literals, where the string cannot be read, or the arguments do not fit it (cel-go:
 * `ext.stringFormatValidator`, of the versions of the strings library below 4).
 */
export function* misformats(subject: Subject): Generator<Finding> {
  for (const call of subject.calls) {
    const { target } = call;
    const [list] = call.args;
    if (call.function !== "format" || list?.kind !== "list" || target?.kind !== "literal") continue;
    if (typeof target.value !== "string" || call.args.length !== 1 || !isFormatOfStrings(call, subject)) continue;
    const found = firstFinding(call.id, target.value, list.elements, subject);
    if (found !== undefined) yield found;
  }
}

function isFormatOfStrings(call: Call, { referenceOf }: Subject): boolean {
  const reference = referenceOf(call);
  return reference?.kind === "function" && reference.overloads.some(({ id }) => id === "string_format");
}

function firstFinding(id: number, format: string, args: readonly Expression[], subject: Subject): Finding | undefined {
  let used = 0;
  for (const piece of formatPieces(format)) {
    if (piece.kind === "text") continue;
    const arg = args[used];
    // Unlike at run time, a string that ends too early is told also if there is no argument for what would have followed.
    if (arg === undefined && !(piece.kind === "error" && piece.isEnd))
      return { id, message: `index ${used} out of range` };
    if (piece.kind === "error") return { id, message: piece.message };
    used++;
    const wrong = arg === undefined ? undefined : misfit(piece.letter, arg, subject);
    if (wrong !== undefined) return { id: wrong.id, message: refusal(piece.letter, subject.typeOf(wrong).name) };
  }
  if (args.length <= used) return undefined;
  return { id, message: `too many arguments supplied to string.format (expected ${used}, got ${args.length})` };
}

/** What of an argument does not fit a clause; `%s` takes lists and maps of what it takes. */
function misfit(letter: Letter, arg: Expression, subject: Subject): Expression | undefined {
  const { kind } = subject.typeOf(arg);
  if (kind !== "dyn" && !KINDS[letter].includes(kind)) return arg;
  if (letter !== "s" || (arg.kind !== "list" && arg.kind !== "map")) return undefined;
  for (const part of partsOf(arg)) {
    const wrong = misfit(letter, part, subject);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
