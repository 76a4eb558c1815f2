import type { Call, Expression } from "../../ast/index.ts";
import type { Kind } from "../../types/index.ts";
import { type Clause, formatClauses } from "./format-clauses.ts";
import type { Finding, Subject } from "./subject.ts";

/** The kinds of values that a clause takes, and what is said of others. */
interface Rule {
  readonly kinds: readonly Kind[];
  readonly refusal: string;
}

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
const HEX: Rule = {
  kinds: ["int", "uint", "string", "bytes"],
  refusal: "only integers, byte buffers, and strings can be formatted as hex",
};

const RULES: Record<Clause, Rule> = {
  s: {
    kinds: TEXTS,
    refusal:
      "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps",
  },
  d: { kinds: ["int", "uint"], refusal: "decimal clause can only be used on integers" },
  // Strings may be "NaN" and "Infinity".
  f: { kinds: DOUBLES, refusal: "fixed-point clause can only be used on doubles" },
  e: { kinds: DOUBLES, refusal: "scientific clause can only be used on doubles" },
  b: { kinds: ["int", "uint", "bool"], refusal: "only integers and bools can be formatted as binary" },
  x: HEX,
  X: HEX,
  o: { kinds: ["int", "uint"], refusal: "octal clause can only be used on integers" },
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
  for (const read of formatClauses(format, args.length)) {
    if ("error" in read) return { id, message: read.error };
    const arg = args[used++];
    const wrong = arg === undefined ? undefined : misfit(read.clause, arg, subject);
    if (wrong !== undefined) {
      const given = `was given ${subject.typeOf(wrong).name}`;
      return { id: wrong.id, message: `error during formatting: ${RULES[read.clause].refusal}, ${given}` };
    }
  }
  if (args.length <= used) return undefined;
  return { id, message: `too many arguments supplied to string.format (expected ${used}, got ${args.length})` };
}

/** What of an argument does not fit a clause; `%s` takes lists and maps of what it takes. */
function misfit(clause: Clause, arg: Expression, subject: Subject): Expression | undefined {
  const { kind } = subject.typeOf(arg);
  if (kind !== "dyn" && !RULES[clause].kinds.includes(kind)) return arg;
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
