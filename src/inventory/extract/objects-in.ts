import { isObject, type JsonObject } from "../../field/index.ts";

/**
 * The objects in a value: itself, or the items of a List, as `kubectl get -o yaml` prints one, and of Lists in it. Items
 * of a typed list, such as a ServiceList, may leave out their kind: they get it from the list. Whatever is no object is left out.
 */
export function* objectsIn(value: unknown): Generator<JsonObject> {
  // Not recursive: a hostile text could nest Lists deeply enough to overflow the call stack.
  const pending: Iterator<unknown, unknown>[] = [[value].values()];
  for (let items = pending.at(-1); items !== undefined; items = pending.at(-1)) {
    const next = items.next();
    if (next.done === true) pending.pop();
    else if (isList(next.value)) pending.push(itemsOf(next.value));
    else if (isObject(next.value)) yield next.value;
  }
}

interface ObjectList extends JsonObject {
  readonly kind: string;
  readonly items: readonly unknown[];
}

function isList(value: unknown): value is ObjectList {
  if (!isObject(value)) return false;
  const { kind, items } = value;
  return typeof kind === "string" && kind.endsWith("List") && Array.isArray(items);
}

function* itemsOf({ apiVersion, kind, items }: ObjectList): Generator {
  const type = kind === "List" ? {} : { apiVersion, kind: kind.slice(0, -"List".length) };
  for (const item of items) yield isObject(item) ? { ...type, ...item } : item;
}
