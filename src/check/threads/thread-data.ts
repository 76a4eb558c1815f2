import { isObject, NumberText } from "../../field/index.ts";

/** Marks a `NumberText` in messages between threads: structured cloning loses the class of an object. */
const MARK = "\u0000number";

/**
 * How many levels a value may have to be sent between threads: sending recurses once per level, and the stack of a thread
 * is small.
 */
const MAX_SENT_LEVELS = 500;

/**
 * The value as plain data. Each `NumberText` becomes an object with {@link MARK} as its only key; an object that has
 * this key itself is wrapped in a list under the same key, so that the two can be distinguished.
 * @throws {RangeError} if the value is nested too deeply to be sent
 */
export function toPlainData(value: unknown): unknown {
  return plainData(value, 0);
}

function plainData(value: unknown, level: number): unknown {
  if (value instanceof NumberText) return { [MARK]: value.text };
  if (level > MAX_SENT_LEVELS) throw new RangeError("nested too deeply to be sent to another thread");
  if (Array.isArray(value)) return value.map((item) => plainData(item, level + 1));
  if (!isObject(value)) return value;
  const members = membersOf(value, (member) => plainData(member, level + 1));
  return Object.hasOwn(value, MARK) ? { [MARK]: [members] } : members;
}

/** Restores a value that {@link toPlainData} has converted. */
export function fromPlainData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromPlainData);
  if (!isObject(value)) return value;
  const marked = value[MARK];
  if (typeof marked === "string") return new NumberText(marked);
  const wrapped: unknown = Array.isArray(marked) ? marked[0] : undefined;
  return membersOf(isObject(wrapped) ? wrapped : value, fromPlainData);
}

function membersOf(object: object, convert: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([key, member]) => [key, convert(member)]));
}
