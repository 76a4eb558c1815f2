import { equalJson, isObject, type JsonObject } from "../../field/index.ts";
import { MERGED_LISTS } from "./lists.ts";

/**
 * The object that `kubectl apply` makes of the live one: a three-way strategic merge. What the manifest says is set, what
 * it no longer says is deleted, and what others have set stays.
 * @param lastApplied the manifest that was applied before; undefined if none is known: then nothing is deleted
 */
export function applyClientSide(lastApplied: unknown, live: JsonObject, manifest: JsonObject): JsonObject {
  return mergeMaps(isObject(lastApplied) ? lastApplied : {}, live, manifest, "");
}

function mergeMaps(before: JsonObject, live: JsonObject, manifest: JsonObject, path: string): JsonObject {
  const merged = new Map(Object.entries(live));
  for (const [key, value] of Object.entries(before)) {
    if (value !== null && !Object.hasOwn(manifest, key)) merged.delete(key);
  }
  for (const [key, value] of Object.entries(manifest)) {
    const stored = merged.get(key);
    // A null asks for the field's deletion.
    if (value === null) merged.delete(key);
    else merged.set(key, mergeValues(before[key], stored, value, path === "" ? key : `${path}.${key}`));
  }
  return Object.fromEntries(merged);
}

function mergeValues(before: unknown, live: unknown, value: unknown, path: string): unknown {
  if (isObject(value)) return mergeMaps(isObject(before) ? before : {}, isObject(live) ? live : {}, value, path);
  const type = MERGED_LISTS[path];
  if (type === undefined || !Array.isArray(value) || !Array.isArray(live)) return value;
  const old = Array.isArray(before) ? before : [];
  return type.patchKey === undefined ? mergeSets(old, live, value) : mergeItems(old, live, value, type.patchKey);
}

function mergeSets(before: readonly unknown[], live: readonly unknown[], value: readonly unknown[]): unknown[] {
  const others = live.filter((item) => !before.includes(item) && !value.includes(item));
  return [...new Set([...value, ...others])];
}

/**
 * Merges lists of objects by one key. Items of the same key are told apart by their position only, a deletion takes all of
 * them, and changes go to the first one, those of the first item last: so `kubectl apply` may lose one of two ports that share a number.
 */
function mergeItems(
  before: readonly unknown[],
  live: readonly unknown[],
  value: readonly unknown[],
  key: string,
): unknown[] {
  const [oldItems, liveItems, newItems] = [groupBy(before, key), groupBy(live, key), groupBy(value, key)];
  const isDeleted = (id: unknown): boolean => (oldItems.get(id)?.length ?? 0) > (newItems.get(id)?.length ?? 0);
  const merged = live.filter(isObject).filter((item) => !isDeleted(item[key]));
  for (const [id, items] of newItems) {
    for (const [i, item] of [...items.entries()].toReversed()) {
      const patch = itemPatch(oldItems.get(id)?.[i] ?? {}, liveItems.get(id)?.[i] ?? {}, item);
      if (Object.keys(patch).length === 0) continue;
      const at = merged.findIndex((one) => one[key] === id);
      const target = merged[at] ?? { [key]: id };
      merged[at === -1 ? merged.length : at] = mergeMaps({}, target, patch, "");
    }
  }
  return inOrderOf([...newItems.keys()], merged, key);
}

/** The fields of an item that an apply changes; null for those that it deletes. */
function itemPatch(before: JsonObject, live: JsonObject, item: JsonObject): JsonObject {
  const changed = Object.entries(item).filter(([field, value]) => !equalJson(value, live[field]));
  const deleted = Object.keys(before).filter((field) => !Object.hasOwn(item, field));
  return Object.fromEntries([...deleted.map((field): [string, unknown] => [field, null]), ...changed]);
}

function groupBy(list: readonly unknown[], key: string): Map<unknown, JsonObject[]> {
  return Map.groupBy(list.filter(isObject), (item) => item[key]);
}

/** Items of the manifest come in its order, then those of others. */
function inOrderOf(ids: readonly unknown[], items: readonly JsonObject[], key: string): JsonObject[] {
  const rank = ({ [key]: id }: JsonObject): number => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  return items.toSorted((one, other) => rank(one) - rank(other));
}
