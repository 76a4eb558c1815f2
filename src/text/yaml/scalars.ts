import { NumberText } from "../../field/index.ts";

/** The value of a plain scalar, one without quotes: a JSON value, or a number that JSON does not have. */
export type ResolvedScalar = { readonly type: ScalarType; readonly value: unknown };
export type ScalarType = "null" | "bool" | "int" | "float" | "str";

/** The constants of YAML 1.1, in the spellings of go-yaml, the API server's YAML library: `Yes` but not `yEs`. */
const CONSTANTS: ReadonlyMap<string, ResolvedScalar> = new Map([
  ...constants("bool", true, ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]),
  ...constants("bool", false, ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]),
  ...constants("null", null, ["", "~", "null", "Null", "NULL"]),
  ...constants("float", Number.NaN, [".nan", ".NaN", ".NAN"]),
  ...constants("float", Number.POSITIVE_INFINITY, [".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"]),
  ...constants("float", Number.NEGATIVE_INFINITY, ["-.inf", "-.Inf", "-.INF"]),
]);

function constants(type: ScalarType, value: unknown, spellings: readonly string[]): [string, ResolvedScalar][] {
  return spellings.map((spelling) => [spelling, { type, value }]);
}

/** The first characters of constants and numbers; a scalar that starts with any other (but `.`) is text. */
const FIRST_OF_CONSTANT = new Set("yYnNtTfFoO~");
const FIRST_OF_NUMBER = new Set("+-0123456789");

const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const DOTTED_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+)|([1-9][0-9]*|0))$/;
/** go-yaml also accepts a sign after the prefix. */
const SIGNED_BINARY = /^0b([-+])([01]+)$/;
const INT64_LIMIT = 2n ** 63n;
const UINT64_LIMIT = 2n ** 64n;

/**
 * The value of a plain scalar by the rules of go-yaml v2 (YAML 1.1): `on` is a boolean, `0120` is octal, `0080` is the
 * decimal 80 (as a float), `1:20` and dates are text.
 */
export function resolvePlain(text: string): ResolvedScalar {
  const first = text.charAt(0);
  if (FIRST_OF_NUMBER.has(first)) return CONSTANTS.get(text) ?? resolveNumber(text);
  if (first === "" || FIRST_OF_CONSTANT.has(first)) return CONSTANTS.get(text) ?? { type: "str", value: text };
  if (first !== ".") return { type: "str", value: text };
  return (
    CONSTANTS.get(text) ??
    (DOTTED_FLOAT.test(text) ? float(text.replaceAll("_", "")) : undefined) ?? { type: "str", value: text }
  );
}

function resolveNumber(text: string): ResolvedScalar {
  const digits = text.replaceAll("_", "");
  return integer(digits) ?? (FLOAT.test(digits) ? float(digits) : undefined) ?? { type: "str", value: text };
}

function integer(digits: string): ResolvedScalar | undefined {
  const match = INTEGER.exec(digits);
  if (match === null) return signedBinary(digits);
  const [, sign = "", hex, octal, binary, decimal] = match;
  if (decimal !== undefined && decimal.length < 16) return { type: "int", value: Number(digits) || 0 };
  const prefixed = [hex && `0x${hex}`, octal && `0o${octal}`, binary && `0b${binary}`, decimal].find(Boolean) ?? "0";
  const magnitude = BigInt(prefixed);
  const limit = sign === "" ? UINT64_LIMIT : sign === "-" ? INT64_LIMIT + 1n : INT64_LIMIT;
  return magnitude < limit ? wholeNumber(sign === "-" ? -magnitude : magnitude) : undefined;
}

function signedBinary(digits: string): ResolvedScalar | undefined {
  const match = SIGNED_BINARY.exec(digits);
  if (match === null) return undefined;
  const magnitude = BigInt(`0b${match[2] ?? "0"}`);
  return magnitude < INT64_LIMIT ? wholeNumber(match[1] === "-" ? -magnitude : magnitude) : undefined;
}

function wholeNumber(value: bigint): ResolvedScalar {
  const number = Number(value);
  return { type: "int", value: Number.isSafeInteger(number) ? number : new NumberText(value.toString()) };
}

/** A float; undefined if it is too large: go-yaml reads that as text. */
function float(text: string): ResolvedScalar | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? { type: "float", value: jsonNumber(value) } : undefined;
}

/** The number as the API server's JSON encoder writes it: 80.0 becomes `80`, a whole number. */
function jsonNumber(value: number): unknown {
  return Number.isSafeInteger(value) ? value + 0 : new NumberText(String(value));
}

/** A whole number as a key of a JSON object; undefined if it is too large to be a key. */
export function integerKey(value: unknown): string | undefined {
  const text = value instanceof NumberText ? value.text : String(value);
  return BigInt(text) < INT64_LIMIT ? text : undefined;
}

/**
 * A float as a key of a JSON object: it is rounded to single precision and written as the shortest text of that number.
 */
export function floatKey(scalarText: string): string {
  const single = Math.fround(Number(CONSTANTS.get(scalarText)?.value ?? scalarText.replaceAll("_", "")));
  if (Number.isNaN(single)) return ".nan";
  if (!Number.isFinite(single)) return single > 0 ? ".inf" : "-.inf";
  if (single === 0) return Object.is(single, -0) ? "-0" : "0";
  const exponential = PRECISIONS.map((digits) => single.toExponential(digits)).find(
    (text) => Math.fround(Number(text)) === single,
  );
  return general(exponential ?? String(single));
}

/** The numbers of digits after the first that a number of single precision may need. */
const PRECISIONS = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;

/** Go's `%g`: below 1e-4 and from 1e6 on with an exponent, which has at least two digits. */
function general(exponential: string): string {
  const [mantissa = "0", exponentText = "0"] = exponential.split("e");
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return String(Number(exponential));
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
