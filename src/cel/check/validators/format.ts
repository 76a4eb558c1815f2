import type { Call, Expression } from "../../ast/index.ts";
import { formatPieces, type Letter, refusal } from "../../format/index.ts";
import type { Kind } from "../../types/index.ts";
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
const DOUBLES: readonly Kind[] = ["double", "string"];
const HEX: readonly Kind[] = ["int", "uint", "string", "bytes"];

/** The kinds of values that a clause takes. */
const KINDS: Readonly<Record<Letter, readonly Kind[]>> = {
  s: TEXTS,
  d: ["int", "uint"],
  // Strings may be "NaN" and "Infinity".
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
    if (piece.kind === "error" && piece.isEnd) return { id, message: piece.message };
    const arg = args[used];
    if (arg === undefined) return { id, message: `index ${used} out of range` };
    if (piece.kind === "error") return { id, message: piece.message };
    used++;
    const wrong = misfit(piece.letter, arg, subject);
    if (wrong !== undefined) return { id: wrong.id, message: refusal(piece.letter, subject.typeOf(wrong).name) };
  }
  if (args.length <= used) return undefined;
  return { id, message: `too many arguments supplied to string.format (expected ${used}, got ${args.length})` };
}

/** What of an argument does not fit a clause; `%s` takes lists and maps of what it takes. */
function misfit(clause: Letter, arg: Expression, subject: Subject): Expression | undefined {
  const { kind } = subject.typeOf(arg);
  if (kind !== "dyn" && !KINDS[clause].includes(kind)) return arg;
  if (clause !== "s") return undefined;
  for (const part of partsOf(arg)) {
    const wrong = misfit(clause, part, subject);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function partsOf(node: Expression): readonly Expression[] {
  if (node.kind === "list") return node.elements;
  return node.kind === "map" ? node.entries.flatMap(({ key, value }) => [key, value]) : [];
}
