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
  return type.patchKey === undefined
    ? mergeSets(old, live, value)
    : mergeItems(old, live, value, type.patchKey, path);
}

function mergeSets(before: readonly unknown[], live: readonly unknown[], value: readonly unknown[]): unknown[] {
  const others = live.filter((item) => !before.includes(item) && !value.includes(item));
  return [...new Set([...value, ...others])];
}

interface Change {
  readonly key: unknown;
  readonly before: JsonObject;
  readonly item: JsonObject;
}

/**
 * Merges lists of objects by one key. Items of the same key are told apart by their position only, and all changes to
 * them go to the first of the live ones: so `kubectl apply` loses one of two ports that share a number.
 */
function mergeItems(
  before: readonly unknown[],
  live: readonly unknown[],
  value: readonly unknown[],
  key: string,
  path: string,
): unknown[] {
  const [oldItems, liveItems, newItems] = [groupBy(before, key), groupBy(live, key), groupBy(value, key)];
  const removed = new Set([...oldItems].flatMap(([id, items]) => (items.length > (newItems.get(id)?.length ?? 0) ? [id] : [])));
  const changes: Change[] = [];
  for (const [id, items] of newItems) {
    for (const [i, item] of items.entries()) {
      const old = oldItems.get(id)?.[i] ?? {};
      const stored = liveItems.get(id)?.[i];
      if (stored === undefined || !equalJson(mergeMaps(old, stored, item, path), stored)) {
        changes.push({ key: id, before: old, item: stored === undefined ? item : changedFields(item, stored) });
      }
    }
  }
  const merged = live.filter(isObject).filter((item) => !removed.has(item[key]));
  for (const change of changes) {
    const at = merged.findIndex((item) => item[key] === change.key);
    const target = merged[at];
    if (target === undefined) merged.push(change.item);
    else merged[at] = mergeMaps(deletions(change, target), target, change.item, path);
  }
  const order = [...newItems.keys()];
  const rank = (item: JsonObject): number => {
    const at = order.indexOf(item[key]);
    return at === -1 ? order.length : at;
  };
  return merged.toSorted((a, b) => rank(a) - rank(b));
}
