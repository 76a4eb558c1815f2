/** A JSON object of unknown content. */
export type JsonObject = Record<string, unknown>;

/** Whether the value is a plain JSON object: not an array, not null, and not a {@link NumberText}. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof NumberText);
}

/**
 * A number that a JavaScript number cannot represent without loss: its text is not a plain whole number (`80.0`, `8e1`
 * in JSON), or it lies outside the safe integers. The API server looks at the text, so the text is kept.
 */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The value that the keys lead to, starting from `value`; undefined if a step leads nowhere. Own properties only. */
export function valueAt(value: unknown, keys: readonly (string | number)[]): unknown {
  let found = value;
  for (const key of keys) {
    if (Array.isArray(found) && typeof key === "number") found = found[key];
    else if (isObject(found) && Object.hasOwn(found, key)) found = found[key];
    else return undefined;
  }
  return found;
}

/** The name of a value's JSON type, for messages: "string", "number", "list", "object", "boolean", "null". */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "list";
  if (value instanceof NumberText) return "number";
  return typeof value;
}

/** Sets an own property of any name: plain assignment to `__proto__` would change the prototype instead. */
export function setOwnProperty(object: JsonObject, name: string, value: unknown): void {
  if (name !== "__proto__") object[name] = value;
  else Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

/** A copy of the object without these keys. */
export function withoutKeys(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/** How far a walk goes. */
export interface WalkLimits {
  readonly depth: number;
  /** How many values are looked at. */
  readonly values: number;
}

/** The objects in a value, itself among them: breadth first, so that a limit leaves out what is deepest. */
export function* objectsWithin(value: unknown, { depth, values }: WalkLimits): Generator<JsonObject> {
  let level: readonly unknown[] = [value];
  let left = values;
  for (let at = 0; at < depth && level.length > 0; at++) {
    const next: unknown[] = [];
    for (const one of level) {
      if (--left < 0) return;
      if (Array.isArray(one)) for (const item of one) next.push(item);
      if (!isObject(one)) continue;
      yield one;
      for (const child of Object.values(one)) if (typeof child === "object") next.push(child);
    }
    level = next;
  }
}
