import { isObject, type JsonObject, setOwnProperty, typeName } from "../../field/index.ts";
import { MERGED_LISTS } from "./lists.ts";
import {
  DELETED,
  idOf,
  inOrderOf,
  isDeletion,
  itemsOf,
  ORDER,
  PATCH,
  PatchError,
  positionsOf,
} from "./strategic-patch.ts";

/** What a patch is merged into: an object, or the patch that comes before it. */
export type Target = "object" | "patch";

/**
 * Merges a strategic merge patch into an object, as the server does, or into another patch, as kubectl does.
 * Source: `mergeMap` of apimachinery's `strategicpatch`.
 * @throws {PatchError} where they refuse it
 */
export function merged(target: Target, original: JsonObject, patch: JsonObject, path = ""): JsonObject {
  const result: JsonObject = { ...original };
  const rest = new Map(Object.entries(patch));
  const at = (key: string): string => (path === "" ? key : `${path}.${key}`);
  for (const [directive, order] of rest) {
    if (!directive.startsWith(ORDER) || !Array.isArray(order)) continue;
    const key = directive.slice(ORDER.length);
    rest.delete(directive);
    if (target === "patch") result[directive] = order;
    const list = orderedList(target, result[key], rest.get(key), order, at(key));
    if (list !== undefined) result[key] = list;
    rest.delete(key);
  }
  for (const [key, value] of rest) {
    if (key.startsWith(DELETED) && target === "object") {
      const list = key.slice(DELETED.length);
      result[list] = without(result[list], value);
    } else if (value === null && target === "object") {
      Reflect.deleteProperty(result, key);
    } else {
      const before = Object.hasOwn(result, key) ? result[key] : undefined;
      setOwnProperty(result, key, mergedValue(target, before, value, at(key)));
    }
  }
  return result;
}

function without(list: unknown, deleted: unknown): unknown {
  if (!Array.isArray(list) || !Array.isArray(deleted)) return list;
  const gone = new Set<unknown>(deleted);
  return list.filter((item) => !gone.has(item));
}

function mergedValue(target: Target, original: unknown, patch: unknown, path: string): unknown {
  if (typeName(original) === typeName(patch)) {
    if (isObject(original) && isObject(patch)) return merged(target, original, patch, path);
    const type = MERGED_LISTS[path];
    if (type !== undefined && Array.isArray(original) && Array.isArray(patch)) {
      return mergedList(target, original, patch, type.patchKey).list;
    }
  }
  return withoutDirectives(target === "object" ? withoutNulls(patch) : patch);
}

/** Source: `mergePatchIntoOriginal`. Returns undefined if there is nothing to be put in order. */
function orderedList(
  target: Target,
  original: unknown,
  patch: unknown,
  order: readonly unknown[],
  path: string,
): unknown {
  const key = MERGED_LISTS[path]?.patchKey;
  const [before, changes] = [Array.isArray(original) ? original : [], Array.isArray(patch) ? patch : []];
  if (key !== undefined) refuseDisorder(changes, order, key);
  if (original === undefined && patch === undefined) return undefined;
  if (original === undefined) {
    return arranged(
      changes.filter((item) => !isObject(item) || !isDeletion(item)),
      order,
      [],
      key,
    );
  }
  const { list, arrival } =
    patch === undefined ? { list: before, arrival: before } : mergedList(target, before, changes, key);
  return arranged(list, order, arrival.slice(0, before.length), key);
}

/**
 * A patch must name the items in the order that it asks for. It does not if two ports of one number stand apart from each
 * other, `53, 80, 53`: the patch has them side by side. Source: `validatePatchWithSetOrderList`.
 */
function refuseDisorder(patch: readonly unknown[], order: readonly unknown[], key: string): void {
  if (order.length === 0) return;
  const ids = patch.filter(isObject).flatMap((item) => (isDeletion(item) ? [] : [item[key]]));
  let at = 0;
  for (const item of order) if (at < ids.length && isObject(item) && item[key] === ids[at]) at += 1;
  if (at < ids.length) throw new PatchError("the order in the patch list does not match the $setElementOrder list");
}

/**
 * Source: `mergeSlice`. Of several items with one key, a deletion takes all and a change goes to the first.
 * `arrival` is the list before it is put in order: the items that stay, then the new ones.
 */
function mergedList(
  target: Target,
  original: readonly unknown[],
  patch: readonly unknown[],
  key: string | undefined,
): { readonly list: readonly unknown[]; readonly arrival: readonly unknown[] } {
  if (key === undefined) {
    const list = [...new Set([...original, ...patch])];
    return { list: arranged(list, patch, original, key), arrival: list };
  }
  const [before, changes] = [itemsOf(original, key), itemsOf(patch, key)];
  if (before === undefined || changes === undefined) return { list: patch, arrival: patch };
  const deleted = new Set(changes.filter(isDeletion).map((item) => item[key]));
  const stays = before.filter((item) => !deleted.has(item[key]));
  const arrival = [...stays];
  const places = new Map(positionsOf(stays, key));
  for (const change of changes.filter((item) => !isDeletion(item))) {
    const at = places.get(change[key]) ?? arrival.length;
    const item = arrival[at];
    places.set(change[key], at);
    arrival[at] = item === undefined ? change : merged(target, item, change);
  }
  return { list: arranged(arrival, changes, stays, key), arrival };
}

/**
 * Puts a merged list in order: what the patch names as it says, what only the server has as it was, and both together as
 * far as the list before knew them. Source: `normalizeElementOrder` and `mergeSortedSlice`.
 */
function arranged(
  list: readonly unknown[],
  order: readonly unknown[],
  before: readonly unknown[],
  key: string | undefined,
): unknown[] {
  const ids = new Set(order.map((item) => idOf(item, key)));
  const known = positionsOf(before, key);
  const isNamed = (item: unknown): boolean => ids.has(idOf(item, key));
  const others = inOrderOf(
    before,
    list.filter((item) => !isNamed(item)),
    key,
  );
  const result: unknown[] = [];
  let next = 0;
  for (const item of inOrderOf(order, list.filter(isNamed), key)) {
    const place = known.get(idOf(item, key)) ?? -1;
    while (next < others.length && (known.get(idOf(others[next], key)) ?? place) < place) result.push(others[next++]);
    result.push(item);
  }
  return [...result, ...others.slice(next)];
}

/** A value that is new has nothing that a null could delete. Source: `discardNullValuesFromPatch`. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutNulls(inner)]));
}

/** Source: `removeDirectives`. */
function withoutDirectives(value: unknown): unknown {
  const stays = (inner: unknown): boolean => !isObject(inner) || !Object.hasOwn(inner, PATCH);
  if (Array.isArray(value)) return value.filter(stays).map(withoutDirectives);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, inner]) => stays(inner));
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutDirectives(inner)]));
}
