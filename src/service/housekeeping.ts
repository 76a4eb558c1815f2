import { isObject, NumberText, valueAt } from "../field/json.ts";

/** What people mean by a Service; the rest is its status, who holds on to it, and what the API server keeps about it. */
const MEANT = [["spec"], ["metadata", "labels"], ["metadata", "annotations"]];

/** Whether the stored object is on its way out: something still holds on to it by a finalizer. */
export function isBeingDeleted(stored: unknown): boolean {
  return typeof valueAt(stored, ["metadata", "deletionTimestamp"]) === "string";
}

/** Whether spec, labels and annotations of both Services are the same: at most finalizers, owners and status differ. */
export function meansTheSame(now: unknown, before: unknown): boolean {
  return MEANT.every((keys) => sameValue(valueAt(now, keys), valueAt(before, keys)));
}

/**
 * Whether both JSON values are equal, whatever the order of their keys; a value that is absent equals an empty one.
 * Without recursion: nobody has looked yet how deep the values are nested.
 */
export function sameValue(one: unknown, other: unknown): boolean {
  const pending: [unknown, unknown][] = [[one, other]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [a, b] = pair;
    if (a === b || (isEmpty(a) && isEmpty(b))) continue;
    if (a instanceof NumberText && b instanceof NumberText && a.text === b.text) continue;
    if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) return false;
      for (const [index, item] of a.entries()) pending.push([item, b[index]]);
    } else if (isObject(a) && isObject(b)) {
      for (const key of Object.keys(a)) pending.push([a[key], Object.hasOwn(b, key) ? b[key] : undefined]);
      if (Object.keys(b).some((key) => !Object.hasOwn(a, key) && !isEmpty(b[key]))) return false;
    } else return false;
  }
  return true;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
