import { equalJson } from "./json-equality.ts";
import { isObject, type JsonObject, setOwnProperty, valueAt } from "./json.ts";

type Keys = readonly (string | number)[];

/** One step from a JSON value to another: a value is set, an item comes into a list, a member or an item goes. */
export type JsonChange =
  | { readonly kind: "set" | "insert"; readonly keys: Keys; readonly value: unknown }
  | { readonly kind: "remove"; readonly keys: Keys };

/** What an operation of RFC 6902 does to a value, for a change. */
export type JsonOperation =
  | { readonly op: "add" | "replace"; readonly keys: Keys; readonly value: unknown }
  | { readonly op: "remove"; readonly keys: Keys };

/**
 * The changes that lead from one JSON value to another, one after the other. Objects are compared member by member; of lists, the
 * items between those that are the same at either end. A member that is undefined counts as absent.
 */
export function changesBetween(before: unknown, after: unknown, keys: Keys = []): readonly JsonChange[] {
  if (before === after) return [];
  if (isObject(before) && isObject(after)) return objectChanges(before, after, keys);
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, keys);
  return equalJson(before, after) ? [] : [{ kind: "set", keys, value: after }];
}

function objectChanges(before: JsonObject, after: JsonObject, keys: Keys): readonly JsonChange[] {
  const changes: JsonChange[] = [];
  for (const [name, value] of Object.entries(before)) {
    if (value !== undefined && valueAt(after, [name]) === undefined) {
      changes.push({ kind: "remove", keys: [...keys, name] });
    }
  }
  for (const [name, value] of Object.entries(after)) {
    if (value !== undefined) changes.push(...changesBetween(valueAt(before, [name]), value, [...keys, name]));
  }
  return changes;
}

function listChanges(before: readonly unknown[], after: readonly unknown[], keys: Keys): readonly JsonChange[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && equalJson(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && equalJson(before.at(-1 - end), after.at(-1 - end))) end++;
  const [left, right] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const paired = left.slice(0, right.length).flatMap((item, i) => changesBetween(item, right[i], [...keys, start + i]));
  const removed = left
    .slice(right.length)
    .map((_, i): JsonChange => ({ kind: "remove", keys: [...keys, start + right.length + i] }));
  const inserted = right
    .slice(left.length)
    .map((value, i): JsonChange => ({ kind: "insert", keys: [...keys, start + left.length + i], value }));
  // From the end, so that the positions of the others stay as they are.
  return [...paired, ...removed.reverse(), ...inserted];
}

/**
 * Makes a change in a value that need not be the one that the change was found in; the value itself is not modified. Where an
 * object or a list around the place is not there, it is made; what is not there cannot be removed.
 * @returns the new value, and the operation that leads to it; undefined if nothing changes
 */
export function withChange(
  target: unknown,
  change: JsonChange,
): { readonly value: unknown; readonly operation: JsonOperation } | undefined {
  const { keys } = change;
  let depth = 0;
  let holder = target;
  for (; depth < keys.length - 1; depth++) {
    const inner = valueAt(holder, keys.slice(depth, depth + 1));
    if (!holds(inner, keys[depth + 1])) break;
    holder = inner;
  }
  const key = keys[depth];
  if (key === undefined || !holds(holder, key)) return undefined;
  const place = keys.slice(0, depth + 1);
  const isThere = has(holder, key);
  if (change.kind === "remove") {
    if (depth < keys.length - 1 || !isThere) return undefined;
    return { value: edited(target, place, { kind: "remove" }), operation: { op: "remove", keys: place } };
  }
  const isWhole = depth < keys.length - 1;
  const value = isWhole ? nested(keys.slice(depth + 1), change.value) : change.value;
  const op = isThere && (isWhole || change.kind === "set") ? "replace" : "add";
  return { value: edited(target, place, { kind: op, value }), operation: { op, keys: place, value } };
}

/** Whether a value is what a key can be in. */
function holds(value: unknown, key: string | number | undefined): boolean {
  return typeof key === "number" ? Array.isArray(value) : isObject(value);
}

function has(holder: unknown, key: string | number): boolean {
  if (typeof key === "number") return Array.isArray(holder) && key < holder.length;
  return isObject(holder) && Object.hasOwn(holder, key);
}

/** A value in new objects and lists. */
function nested(keys: Keys, value: unknown): unknown {
  return keys.reduceRight<unknown>((inner, key) => (typeof key === "number" ? [inner] : { [key]: inner }), value);
}

type Edit = { readonly kind: "add" | "replace"; readonly value: unknown } | { readonly kind: "remove" };

/** A copy of a value with an edit; what is not around its place is shared. */
function edited(target: unknown, [key, ...rest]: Keys, edit: Edit): unknown {
  if (key === undefined) return target;
  const inner = (value: unknown): Edit =>
    rest.length === 0 ? edit : { kind: "replace", value: edited(value, rest, edit) };
  if (Array.isArray(target) && typeof key === "number") {
    const list = target.map((item: unknown) => item);
    const change = inner(list[key]);
    if (change.kind === "add") list.splice(key, 0, change.value);
    else if (change.kind === "remove") list.splice(key, 1);
    else list[key] = change.value;
    return list;
  }
  if (!isObject(target) || typeof key === "number") return target;
  const object = { ...target };
  const change = inner(object[key]);
  if (change.kind === "remove") Reflect.deleteProperty(object, key);
  else setOwnProperty(object, key, change.value);
  return object;
}
