import { isObject } from "../../field/index.ts";

/** The text as a literal of CEL, whatever it holds: nothing of it can be read as code. */
export function quoted(text: string): string {
  // JSON's escapes are escapes of CEL, too; half a surrogate pair is no character of CEL.
  return JSON.stringify(text.toWellFormed());
}

/** The texts as a list of CEL. */
export function quotedList(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(", ")}]`;
}

/**
 * A JSON value as a literal of CEL. What a list or a map holds is made `dyn`, because the API server refuses literals that mix
 * types. A number without a fraction is an int, as it is where an expression reads JSON.
 */
export function literal(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map((item) => `dyn(${literal(item)})`).join(", ")}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).map(([key, inner]) => `${quoted(key)}: dyn(${literal(inner)})`);
    return `{${entries.join(", ")}}`;
  }
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : doubleLiteral(value);
  return value === true ? "true" : value === false ? "false" : "null";
}

function doubleLiteral(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
