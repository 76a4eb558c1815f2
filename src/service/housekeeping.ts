import { valueAt } from "../field/json.ts";
import { sameValue } from "../field/json-equality.ts";

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
