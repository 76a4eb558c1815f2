import { isObject, NumberText } from "../field/json.ts";

/** What stands for a number's text on the way between threads, which takes the class from an object. */
const MARK = "\u0000number";

/** The value as plain data: each `NumberText` in it is marked, so that it can be told from an object like it. */
export function packed(value: unknown): unknown {
  return mapped(value, (one) => (one instanceof NumberText ? { [MARK]: one.text } : undefined));
}

/** What was packed, with its numbers' texts as they were. */
export function unpacked(value: unknown): unknown {
  return mapped(value, (one) => {
    const text = isObject(one) ? one[MARK] : undefined;
    return typeof text === "string" ? new NumberText(text) : undefined;
  });
}

/** The value with some parts replaced; the same value where there is nothing to replace. */
function mapped(value: unknown, replace: (value: unknown) => unknown): unknown {
  const replaced = replace(value);
  if (replaced !== undefined) return replaced;
  if (Array.isArray(value)) return value.map((item: unknown) => mapped(item, replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapped(item, replace)]));
}
