import { isObject, type JsonObject } from "../../field/index.ts";
import { ATOMIC_MAPS, KEY_DEFAULTS, MERGED_LISTS } from "./lists.ts";

/**
 * The object that a server-side apply makes of the live one: what the manifest says is set, and what this manager owns but
 * no longer says is removed. A manager owns what it applied before.
 * @param owned the manifest that the same manager applied before; undefined for a manager that owns nothing
 */
export function applyServerSide(owned: unknown, live: JsonObject, manifest: JsonObject): JsonObject {
  return mergeMaps(owned, live, manifest, "");
}

function mergeMaps(owned: unknown, live: JsonObject, manifest: JsonObject, path: string): JsonObject {
  const merged = new Map(Object.entries(live));
  for (const [key, value] of Object.entries(isObject(owned) ? owned : {})) {
    if (Object.hasOwn(manifest, key)) continue;
    const rest = withoutOwned(value, merged.get(key), joined(path, key));
    if (rest === undefined) merged.delete(key);
    else merged.set(key, rest);
  }
  for (const [key, value] of Object.entries(manifest)) {
    const before = isObject(owned) ? owned[key] : undefined;
    merged.set(key, mergeValues(before, merged.get(key), value, joined(path, key)));
  }
  return Object.fromEntries(merged);
}

function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

/** What is left of a live value when all that a manager owns of it goes; undefined if nothing is. */
function withoutOwned(owned: unknown, live: unknown, path: string): unknown {
  if (isObject(owned) && isObject(live) && !ATOMIC_MAPS.has(path)) {
    const rest = mergeMaps(owned, live, {}, path);
    return Object.keys(rest).length === 0 ? undefined : rest;
  }
  if (MERGED_LISTS[path] === undefined || !Array.isArray(owned) || !Array.isArray(live)) return undefined;
  const rest = mergeLists(owned, live, [], path);
  return rest.length === 0 ? undefined : rest;
}

function mergeValues(owned: unknown, live: unknown, value: unknown, path: string): unknown {
  if (isObject(value) && isObject(live) && !ATOMIC_MAPS.has(path)) return mergeMaps(owned, live, value, path);
  if (!Array.isArray(value) || !Array.isArray(live) || MERGED_LISTS[path] === undefined) return value;
  return mergeLists(Array.isArray(owned) ? owned : [], live, value, path);
}

/** Items of the manifest come in its order, then those of others; an item that is owned and no longer said goes as a whole. */
function mergeLists(
  owned: readonly unknown[],
  live: readonly unknown[],
  value: readonly unknown[],
  path: string,
): unknown[] {
  const idOf = identifier(MERGED_LISTS[path]?.keys);
  const [before, stored] = [byId(owned, idOf), byId(live, idOf)];
  const said = new Set(value.map(idOf));
  const items = value.map((item) => mergeValues(before.get(idOf(item)), stored.get(idOf(item)), item, `${path}[]`));
  return [...items, ...live.filter((item) => !said.has(idOf(item)) && !before.has(idOf(item)))];
}

/** What identifies an item: the values of its keys, or, in a set, the item itself. */
function identifier(keys: readonly string[] | undefined): (item: unknown) => string {
  return (item) =>
    JSON.stringify(keys === undefined || !isObject(item) ? item : keys.map((key) => item[key] ?? KEY_DEFAULTS[key]));
}

function byId(list: readonly unknown[], idOf: (item: unknown) => string): Map<string, unknown> {
  return new Map(list.map((item) => [idOf(item), item]));
}
