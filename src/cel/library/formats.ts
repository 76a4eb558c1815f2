import { type FunctionDeclaration, traversalCost } from "../functions/index.ts";
import { FORMAT_TYPE, FORMATS, NamedFormat } from "../kubernetes/index.ts";
import { method, NO_SUCH_OVERLOAD, overload } from "../standard/index.ts";
import { listType, optionalType, STRING } from "../types/index.ts";
import { NONE, Optional, type Result, type Value } from "../values/index.ts";
import { type Cost, costSize, declared, textList } from "./declare.ts";

function validate(format: Value, text: Value): Result {
  if (!(format instanceof NamedFormat) || typeof text !== "string") return NO_SUCH_OVERLOAD;
  const mistakes = format.validate(text);
  return mistakes.length === 0 ? NONE : new Optional(textList(mistakes));
}

/** What a character of a pattern costs. Source: `RegexStringLengthCostFactor` of cel-go. */
const PATTERN_FACTOR = 0.25;

/** As a search for a pattern of the size that the format may have. */
const validateCost: Cost = ([format = null, text]) =>
  format instanceof NamedFormat ? traversalCost(1 + costSize(text)) * Math.ceil(format.regexSize * PATTERN_FACTOR) : 1;

function named(name: Value): Result {
  if (typeof name !== "string") return NO_SUCH_OVERLOAD;
  const format = FORMATS.get(name);
  return format === undefined ? NONE : new Optional(format);
}

/** The functions of formats: `format.dns1123Label().validate(name)`. Source: the API server's `library/format.go`. */
export const NAMED_FORMATS: readonly FunctionDeclaration[] = [
  declared(
    "validate",
    [method(["format-validate", [FORMAT_TYPE, STRING], optionalType(listType(STRING))], validate)],
    validateCost,
  ),
  declared("format.named", [overload(["format-named", [STRING], optionalType(FORMAT_TYPE)], named)]),
  ...Array.from(FORMATS, ([name, format]) =>
    declared(`format.${name}`, [overload([`format.${name}`, [], FORMAT_TYPE], () => format)]),
  ),
];
