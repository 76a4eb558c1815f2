/** A JSON object of unknown content. */
export type JsonObject = Record<string, unknown>;

/** Whether the value is a plain JSON object: no array, no null, no class of ours such as {@link NumberText}. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof NumberText);
}

/**
 * A number that a JSON number cannot stand for without loss: one whose text is not a plain whole number (`80.0`,
 * `8e1` in JSON) or that lies outside of the safe integers. The API server looks at the text, so the text is kept.
 */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The value at the given steps below `value`, or undefined where a step leads nowhere. Own properties only. */
export function valueAt(value: unknown, keys: readonly (string | number)[]): unknown {
  let found = value;
  for (const key of keys) {
    if (Array.isArray(found) && typeof key === "number") found = found[key];
    else if (isObject(found) && Object.hasOwn(found, key)) found = found[key];
    else return undefined;
  }
  return found;
}

/** The JSON name of a value's type, for sentences: "string", "number", "list", "object", "boolean", "null". */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "list";
  if (value instanceof NumberText) return "number";
  return typeof value;
}
