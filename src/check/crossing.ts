import { isObject, NumberText } from "../field/json.ts";

/** What stands for a number's text on the way between threads, which takes the class from an object. */
const MARK = "\u0000number";

/**
 * The value as plain data: each `NumberText` in it is marked by an object of one key, so that it can be told from an
 * object like it. An object that has this very key itself goes within a list.
 */
export function packed(value: unknown): unknown {
  if (value instanceof NumberText) return { [MARK]: value.text };
  if (Array.isArray(value)) return value.map(packed);
  if (!isObject(value)) return value;
  const members = membersOf(value, packed);
  return Object.hasOwn(value, MARK) ? { [MARK]: [members] } : members;
}

/** What was packed, with its numbers' texts as they were. */
export function unpacked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpacked);
  if (!isObject(value)) return value;
  const marked = value[MARK];
  if (typeof marked === "string") return new NumberText(marked);
  const within: unknown = Array.isArray(marked) ? marked[0] : undefined;
  return membersOf(isObject(within) ? within : value, unpacked);
}

function membersOf(object: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([key, member]) => [key, change(member)]));
}
