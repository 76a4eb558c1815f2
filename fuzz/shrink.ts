import { isObject, type JsonObject } from "#src/field/json.ts";

/** Simpler versions of a JSON value, the simplest first: parts removed, texts shortened, numbers closer to 0. */
export function* simpler(value: unknown): Generator {
  if (typeof value === "string") yield* simplerText(value);
  else if (typeof value === "number") yield* simplerNumber(value);
  else if (Array.isArray(value)) yield* simplerList(value);
  else if (isObject(value)) yield* simplerObject(value);
}

function* simplerText(text: string): Generator<string> {
  for (const [start, end] of stretches(text.length)) yield text.slice(0, start) + text.slice(end);
}

function* simplerNumber(number: number): Generator<number> {
  if (number === 0) return;
  yield 0;
  const half = Math.trunc(number / 2);
  if (half !== 0 && half !== number) yield half;
}

function* simplerList(list: readonly unknown[]): Generator<unknown[]> {
  for (const [start, end] of stretches(list.length)) yield [...list.slice(0, start), ...list.slice(end)];
  for (const [index, item] of list.entries()) for (const one of simpler(item)) yield list.with(index, one);
}

function* simplerObject(object: JsonObject): Generator<JsonObject> {
  const entries = Object.entries(object);
  for (const [start, end] of stretches(entries.length)) {
    yield fromEntries([...entries.slice(0, start), ...entries.slice(end)]);
  }
  for (const [index, [key, value]] of entries.entries()) {
    for (const one of simpler(value)) yield fromEntries(entries.with(index, [key, one]));
  }
}

/** `Object.fromEntries` defines the keys, so that `__proto__` becomes an ordinary key. */
function fromEntries(entries: readonly (readonly [string, unknown])[]): JsonObject {
  return Object.fromEntries(entries);
}

/** Ranges of a length to remove: all of it, its halves, quarters, and so on down to single items. */
function* stretches(length: number): Generator<readonly [start: number, end: number]> {
  if (length === 0) return;
  for (let size = length; ; size = Math.ceil(size / 2)) {
    for (let start = 0; start < length; start += size) yield [start, Math.min(start + size, length)];
    if (size === 1) return;
  }
}
