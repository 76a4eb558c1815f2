import { isObject, type JsonObject } from "../../field/index.ts";

/** Marks an item of a list that goes: `{port: 80, $patch: delete}`. */
export const PATCH = "$patch";
/** `$setElementOrder/ports`: the order that a merged list is to have. */
export const ORDER = "$setElementOrder/";
/** `$deleteFromPrimitiveList/finalizers`: texts that go from a list of texts. */
export const DELETED = "$deleteFromPrimitiveList/";

/** A strategic merge patch that kubectl, or the server, refuses to make or to carry out. */
export class PatchError extends Error {}

export function isDeletion(item: JsonObject): boolean {
  return item[PATCH] === "delete";
}

/**
 * Sorts the items of a list by where they come first in another list, deletions last. Equal ones keep their order.
 * Source: `normalizeSliceOrder` of apimachinery's `strategicpatch`.
 * @param key what identifies an item; undefined for a list of texts
 */
export function inOrderOf<T>(order: readonly unknown[], items: readonly T[], key: string | undefined): T[] {
  const ids = positionsOf(order, key);
  const rank = (item: unknown): number =>
    isObject(item) && isDeletion(item) ? order.length : (ids.get(idOf(item, key)) ?? -1);
  return items.toSorted((one, other) => rank(one) - rank(other));
}

/** Where each item comes first in a list. */
export function positionsOf(list: readonly unknown[], key: string | undefined): ReadonlyMap<unknown, number> {
  return new Map(list.map((item, i): [unknown, number] => [idOf(item, key), i]).reverse());
}

/** What identifies an item of a list: the value of its key, or, in a list of texts, the item itself. */
export function idOf(item: unknown, key: string | undefined): unknown {
  return key !== undefined && isObject(item) ? item[key] : item;
}

/** The items of a merged list; undefined if it holds something else, or an item without its key. */
export function itemsOf(list: readonly unknown[], key: string): JsonObject[] | undefined {
  const items = list.filter(isObject);
  return items.length === list.length && items.every((item) => Object.hasOwn(item, key)) ? items : undefined;
}
