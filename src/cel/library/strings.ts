import { spend } from "../effort/index.ts";
import { trimSpace } from "../../field/index.ts";
import { formatter } from "../format/index.ts";
import type { FunctionDeclaration, Overload } from "../functions/index.ts";
import { type Call, method, NO_SUCH_OVERLOAD, overload } from "../standard/index.ts";
import { DYN, INT, listType, STRING, type Type } from "../types/index.ts";
import { CelError, List, type Result, type Value, valueText } from "../values/index.ts";
import { declared, isTooLong, readingCost, scanCost, textList, TOO_LONG } from "./declare.ts";
import { charactersOf, quoted, replaced, split } from "./text-parts.ts";

const TEXTS = listType(STRING);

/** A method of strings whose arguments are known to be of its types. */
function textMethod(id: string, parameters: readonly Type[], result: Type, call: (text: string) => Result): Overload {
  return method([id, [STRING, ...parameters], result], (text) =>
    typeof text === "string" ? call(text) : NO_SUCH_OVERLOAD,
  );
}

function outOfRange(index: bigint): CelError {
  return new CelError(`index out of range: ${index}`);
}

function charAt(text: Value, index: Value): Result {
  if (typeof text !== "string" || typeof index !== "bigint") return NO_SUCH_OVERLOAD;
  const { count, between } = charactersOf(text);
  if (index < 0n || index > count) return outOfRange(index);
  const position = Number(index);
  return position === count ? "" : between(position, position + 1);
}

function substring(text: Value, start: Value, end: Value | undefined): Result {
  if (typeof text !== "string" || typeof start !== "bigint") return NO_SUCH_OVERLOAD;
  const { count, between } = charactersOf(text);
  const last = end ?? BigInt(count);
  if (typeof last !== "bigint") return NO_SUCH_OVERLOAD;
  if (end !== undefined && start > last) return new CelError(`invalid substring range. start: ${start}, end: ${last}`);
  for (const index of [start, last]) if (index < 0n || index > count) return outOfRange(index);
  return between(Number(start), Number(last));
}

function indexOf(text: Value, part: Value, from: Value = 0n): Result {
  if (typeof text !== "string" || typeof part !== "string" || typeof from !== "bigint") return NO_SUCH_OVERLOAD;
  if (part === "") return from;
  if (from < 0n) return outOfRange(from);
  const { count, toUnit, fromUnit } = charactersOf(text);
  if (from >= count) return -1n;
  const unit = text.indexOf(part, toUnit(Number(from)));
  return BigInt(unit < 0 ? -1 : fromUnit(unit));
}

function lastIndexOf(text: Value, part: Value, from: Value | undefined): Result {
  if (typeof text !== "string" || typeof part !== "string") return NO_SUCH_OVERLOAD;
  const { count, toUnit, fromUnit } = charactersOf(text);
  const last = from ?? BigInt(part === "" ? count : Math.max(0, count - 1));
  if (typeof last !== "bigint") return NO_SUCH_OVERLOAD;
  if (part === "") return last;
  if (last < 0n) return outOfRange(last);
  if (last >= count) return -1n;
  const unit = text.lastIndexOf(part, toUnit(Number(last)));
  return BigInt(unit < 0 ? -1 : fromUnit(unit));
}

function join(list: Value, separator: Value = ""): Result {
  if (!(list instanceof List) || typeof separator !== "string") return NO_SUCH_OVERLOAD;
  const texts: string[] = [];
  let length = 0;
  for (let index = 0; index < list.size; index++) {
    spend();
    const text = list.at(index);
    if (typeof text !== "string") return new CelError(`join: invalid input: ${valueText(text)}`);
    texts.push(text);
    length += text.length + separator.length;
    if (isTooLong(length)) return TOO_LONG;
  }
  return texts.join(separator);
}

function replace(text: Value, part: Value, by: Value, limit: Value = -1n): Result {
  if (typeof text !== "string" || typeof part !== "string" || typeof by !== "string") return NO_SUCH_OVERLOAD;
  return typeof limit === "bigint" ? replaced(text, part, by, limit) : NO_SUCH_OVERLOAD;
}

function splitAt(text: Value, separator: Value, limit: Value = -1n): Result {
  if (typeof text !== "string" || typeof separator !== "string" || typeof limit !== "bigint") return NO_SUCH_OVERLOAD;
  return textList(split(text, separator, limit));
}

const ASCII = /^[\0-\x7f]*$/;

function lowerAscii(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function upperAscii(text: string): string {
  if (ASCII.test(text)) return text.toUpperCase();
  return text.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** The functions of texts that were there from the beginning. Source: version 0 of `strings.go` in `ext` of cel-go. */
export const STRINGS: readonly FunctionDeclaration[] = [
  declared("charAt", [method(["string_char_at_int", [STRING, INT], STRING], charAt)]),
  declared(
    "indexOf",
    [
      method(["string_index_of_string", [STRING, STRING], INT], indexOf),
      method(["string_index_of_string_int", [STRING, STRING, INT], INT], indexOf),
    ],
    scanCost,
  ),
  declared(
    "lastIndexOf",
    [
      method(["string_last_index_of_string", [STRING, STRING], INT], lastIndexOf),
      method(["string_last_index_of_string_int", [STRING, STRING, INT], INT], lastIndexOf),
    ],
    scanCost,
  ),
  declared("lowerAscii", [textMethod("string_lower_ascii", [], STRING, lowerAscii)], readingCost()),
  declared(
    "replace",
    [
      method(["string_replace_string_string", [STRING, STRING, STRING], STRING], replace),
      method(["string_replace_string_string_int", [STRING, STRING, STRING, INT], STRING], replace),
    ],
    readingCost(2),
  ),
  declared(
    "split",
    [
      method(["string_split_string", [STRING, STRING], TEXTS], splitAt),
      method(["string_split_string_int", [STRING, STRING, INT], TEXTS], splitAt),
    ],
    readingCost(2),
  ),
  declared(
    "substring",
    [
      method(["string_substring_int", [STRING, INT], STRING], substring),
      method(["string_substring_int_int", [STRING, INT, INT], STRING], substring),
    ],
    readingCost(),
  ),
  declared("trim", [textMethod("string_trim", [], STRING, trimSpace)], readingCost()),
  declared("upperAscii", [textMethod("string_upper_ascii", [], STRING, upperAscii)], readingCost()),
  declared(
    "join",
    [method(["list_join", [TEXTS], STRING], join), method(["list_join_string", [TEXTS, STRING], STRING], join)],
    (_, result) => (result instanceof CelError ? 1 : readingCost(2)([result], result)),
  ),
];

/** `strings.quote`. Source: version 1 of `strings.go` in `ext` of cel-go. */
export const QUOTE: FunctionDeclaration = declared("strings.quote", [
  {
    ...overload(["strings_quote", [STRING], STRING], (text) =>
      typeof text === "string" ? quoted(text) : NO_SUCH_OVERLOAD,
    ),
    cost: readingCost(),
  },
]);

/**
 * `format`, for which format strings that are constants are read once. `gap` is what stands around the multiplication sign of
 * `%e`: with Kubernetes 1.33 it vanished. Source: version 2 of `strings.go` in `ext` of cel-go.
 */
export function formatFunction(gap: "" | "\u202f"): FunctionDeclaration {
  const formatWith = (format: string): Call => {
    const write = formatter(format, gap);
    return (_, args) => (args instanceof List ? limited(write(args)) : NO_SUCH_OVERLOAD);
  };
  return declared("format", [
    {
      ...method(["string_format", [STRING, listType(DYN)], STRING], (format, args) =>
        typeof format === "string" ? formatWith(format)(format, args) : NO_SUCH_OVERLOAD,
      ),
      prepare: ([format]) => (typeof format === "string" ? formatWith(format) : undefined),
      cost: readingCost(),
    },
  ]);
}

function limited(result: Result): Result {
  return typeof result === "string" && isTooLong(result.length) ? TOO_LONG : result;
}
