import { equalJson, isObject, type JsonObject, setOwnProperty, typeName } from "../../field/index.ts";
import { MERGED_LISTS } from "./lists.ts";
import { DELETED, inOrderOf, itemsOf, ORDER, PATCH } from "./strategic-patch.ts";

/** One half of a difference: what is added and changed, or what is deleted. */
export type Half = "changes" | "deletions";

/**
 * One half of the strategic merge patch that makes `modified` of `original`.
 * Source: `diffMaps` of apimachinery's `strategicpatch`.
 */
export function difference(half: Half, original: JsonObject, modified: JsonObject, path = ""): JsonObject {
  const patch: JsonObject = {};
  for (const [key, value] of Object.entries(modified)) {
    const before = Object.hasOwn(original, key) ? original[key] : undefined;
    const at = path === "" ? key : `${path}.${key}`;
    if (isObject(before) && isObject(value)) {
      const inner = difference(half, before, value, at);
      if (Object.keys(inner).length > 0) setOwnProperty(patch, key, inner);
    } else if (Array.isArray(before) && Array.isArray(value) && MERGED_LISTS[at] !== undefined) {
      Object.assign(patch, listDifference(half, key, before, value, at));
    } else if (half === "changes" && (before === undefined || !isSame(before, value))) {
      setOwnProperty(patch, key, value);
    }
  }
  if (half === "deletions") {
    for (const key of Object.keys(original)) if (!Object.hasOwn(modified, key)) setOwnProperty(patch, key, null);
  }
  return patch;
}

function isSame(before: unknown, value: unknown): boolean {
  return typeName(before) === typeName(value) && equalJson(before, value);
}

function listDifference(
  half: Half,
  key: string,
  original: readonly unknown[],
  modified: readonly unknown[],
  path: string,
): JsonObject {
  const wholeList = half === "changes" && modified.length > 0 ? { [key]: modified } : {};
  if (original.length === 0) return wholeList;
  const patchKey = MERGED_LISTS[path]?.patchKey;
  if (patchKey === undefined) return setDifference(half, key, original, modified);
  const [before, after] = [itemsOf(original, patchKey), itemsOf(modified, patchKey)];
  // kubectl gives up on such a list; what is wrong with it is said about the manifest.
  if (before === undefined || after === undefined) return wholeList;
  return itemsDifference(half, key, before, after, patchKey);
}

/** Source: `diffListsOfScalars`. */
function setDifference(
  half: Half,
  key: string,
  original: readonly unknown[],
  modified: readonly unknown[],
): JsonObject {
  if (half === "deletions") {
    const deleted = [...new Set(original).difference(new Set(modified))];
    return deleted.length === 0 ? {} : { [DELETED + key]: deleted, [ORDER + key]: modified };
  }
  // The original has been sorted by then.
  if (equalJson(original.toSorted(), modified)) return {};
  const known = new Set(original);
  const added = modified.filter((item) => !known.has(item));
  return { ...(added.length === 0 ? {} : { [key]: added }), [ORDER + key]: modified };
}

/** Source: `diffLists` and `diffListsOfMaps`. */
function itemsDifference(
  half: Half,
  key: string,
  original: readonly JsonObject[],
  modified: readonly JsonObject[],
  patchKey: string,
): JsonObject {
  const { changed, deleted } = pairUp(half, original, modified, patchKey);
  const patch = [...inOrderOf(modified, changed, patchKey), ...deleted];
  const isInOrder =
    half === "deletions" ||
    (original.length === modified.length && original.every((item, i) => item[patchKey] === modified[i]?.[patchKey]));
  if (patch.length === 0 && isInOrder) return {};
  return {
    ...(patch.length === 0 ? {} : { [key]: patch }),
    [ORDER + key]: modified.map((item) => ({ [patchKey]: item[patchKey] })),
  };
}

/**
 * Walks through both lists, sorted by their keys as texts. Items of one key are paired from the last one on: the sort that
 * is used turns their order round.
 */
function pairUp(
  half: Half,
  original: readonly JsonObject[],
  modified: readonly JsonObject[],
  patchKey: string,
): { readonly changed: JsonObject[]; readonly deleted: JsonObject[] } {
  const changed: JsonObject[] = [];
  const deleted: JsonObject[] = [];
  const [before, after] = [sorted(original, patchKey), sorted(modified, patchKey)];
  for (let i = 0, j = 0; i < before.length || j < after.length;) {
    const [one, other] = [before[i], after[j]];
    const [id, newId] = [one && text(one[patchKey]), other && text(other[patchKey])];
    if (one !== undefined && other !== undefined && id === newId) {
      const patch = difference(half, one, other);
      if (Object.keys(patch).length > 0) changed.push({ ...patch, [patchKey]: other[patchKey] });
      i += 1;
      j += 1;
    } else if (other !== undefined && (id === undefined || newId === undefined || id > newId)) {
      if (half === "changes") changed.push(other);
      j += 1;
    } else if (one !== undefined) {
      if (half === "deletions") deleted.push({ [patchKey]: one[patchKey], [PATCH]: "delete" });
      i += 1;
    }
  }
  return { changed, deleted };
}

/**
 * `sort.Sort` with a `Less` that is true for equal items: up to twelve items, it is an insertion sort that puts each one
 * before its equals. With more ports of which two share a number, the pairs may be others.
 */
function sorted(items: readonly JsonObject[], patchKey: string): JsonObject[] {
  const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
  return items.toReversed().sort((one, other) => compare(text(one[patchKey]), text(other[patchKey])));
}

function text(id: unknown): string {
  return typeof id === "string" ? id : JSON.stringify(id);
}
