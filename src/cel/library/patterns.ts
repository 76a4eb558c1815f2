import { type FunctionDeclaration, patternCost } from "../functions/index.ts";
import { compilePattern, type Pattern, patternOf } from "../pattern/index.ts";
import { type Call, method, NO_SUCH_OVERLOAD } from "../standard/index.ts";
import { INT, listType, STRING } from "../types/index.ts";
import { CelError, type Result, type Value } from "../values/index.ts";
import { declared, textList } from "./declare.ts";

type Use = (pattern: Pattern, text: string, limit: Value | undefined) => Result;

function find(pattern: Pattern, text: string): Result {
  const found = pattern.findAll(text, 1);
  return found instanceof CelError ? found : (found[0] ?? "");
}

function findAll(pattern: Pattern, text: string, limit: Value = -1n): Result {
  if (typeof limit !== "bigint") return NO_SUCH_OVERLOAD;
  const found = pattern.findAll(text, limit < 0n ? Infinity : Number(limit));
  return found instanceof CelError ? found : textList(found);
}

function calling(use: Use): Call {
  return (text, source, limit) => {
    if (typeof text !== "string" || typeof source !== "string") return NO_SUCH_OVERLOAD;
    const pattern = patternOf(source);
    return pattern instanceof CelError ? new CelError(`Illegal regex: ${pattern.message}`) : use(pattern, text, limit);
  };
}

/** A pattern that is a constant is compiled once, and refused together with the expression. */
function preparing(use: Use): (constants: readonly (Value | undefined)[]) => Call | CelError | undefined {
  return ([, source]) => {
    if (typeof source !== "string") return undefined;
    const pattern = compilePattern(source);
    if (pattern instanceof CelError) return pattern;
    return (text, _, limit) => (typeof text === "string" ? use(pattern, text, limit) : NO_SUCH_OVERLOAD);
  };
}

const TEXTS = listType(STRING);
const FIND = { call: calling(find), prepare: preparing(find) };
const FIND_ALL = { call: calling(findAll), prepare: preparing(findAll) };

/** The functions that search for patterns. Source: the API server's `library/regex.go`. */
export const PATTERNS: readonly FunctionDeclaration[] = [
  declared(
    "find",
    [{ ...method(["string_find_string", [STRING, STRING], STRING], FIND.call), prepare: FIND.prepare }],
    ([text = null, pattern = null]) => patternCost(text, pattern),
  ),
  declared(
    "findAll",
    [
      { ...method(["string_find_all_string", [STRING, STRING], TEXTS], FIND_ALL.call), prepare: FIND_ALL.prepare },
      {
        ...method(["string_find_all_string_int", [STRING, STRING, INT], TEXTS], FIND_ALL.call),
        prepare: FIND_ALL.prepare,
      },
    ],
    ([text = null, pattern = null]) => patternCost(text, pattern),
  ),
];
