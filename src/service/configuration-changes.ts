import { equalJsonOrEmpty, valueAt } from "../field/index.ts";

/** The parts that users configure; the rest is status, finalizers, owners, and what the API server records. */
const CONFIGURED_PARTS = [["spec"], ["metadata", "labels"], ["metadata", "annotations"]];

/** Whether the stored object is being deleted: only a finalizer still keeps it. */
export function isBeingDeleted(stored: unknown): boolean {
  return typeof valueAt(stored, ["metadata", "deletionTimestamp"]) === "string";
}

/** Whether both Services have the same spec, labels and annotations: at most finalizers, owners and status differ. */
export function hasSameConfiguration(now: unknown, before: unknown): boolean {
  return CONFIGURED_PARTS.every((keys) => equalJsonOrEmpty(valueAt(now, keys), valueAt(before, keys)));
}
