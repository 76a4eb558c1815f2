import { isObject, type JsonObject, valueAt } from "../../field/index.ts";
import { difference, type FieldSet, fieldsFrom, fieldsOf, NO_FIELDS, union } from "./field-set.ts";

/** Who owns which fields of the live object. */
export interface Ownership {
  /** What the manager that applies owns: what it applied before. */
  readonly own: FieldSet;
  /** What others own, by their names. */
  readonly others: ReadonlyMap<string, FieldSet>;
  /** What somebody must own, if nobody says who: all that is not `own`. It conflicts with nothing. */
  readonly rest: FieldSet;
}

/** The annotation in which `kubectl apply` notes what it has applied. */
export const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** What `kubectl apply --server-side` owns: as itself, and as the client-side apply that it takes over from. */
const KUBECTL = { manager: "kubectl", operation: "Apply" };
const CLIENT_SIDE = { manager: "kubectl-client-side-apply", operation: "Update" };

/**
 * Who owns what, by the object's `managedFields`. Without them, `kubectl` owns what was applied before, and somebody the rest.
 * @param applied the manifest that was applied before; undefined if none is known
 */
export function ownershipOf(live: JsonObject, applied: unknown): Ownership {
  const managers = valueAt(live, ["metadata", "managedFields"]);
  const entries = Array.isArray(managers) ? managers.filter(isObject) : [];
  if (entries.length === 0) {
    const own = applied === undefined ? NO_FIELDS : fieldsOf(applied);
    return { own, others: new Map(), rest: difference(fieldsOf(live), own) };
  }
  const isUpgraded = valueAt(live, ["metadata", "annotations", LAST_APPLIED]) !== undefined;
  const own: FieldSet[] = [];
  const others = new Map<string, FieldSet>();
  for (const { manager, operation, subresource, fieldsV1 } of entries) {
    const is = (one: typeof KUBECTL): boolean => one.manager === manager && one.operation === operation;
    const fields = fieldsFrom(isObject(fieldsV1) ? fieldsV1 : {});
    const name = typeof manager === "string" ? manager : "";
    if (subresource === undefined && (is(KUBECTL) || (isUpgraded && is(CLIENT_SIDE)))) own.push(fields);
    else others.set(name, union([fields, others.get(name) ?? NO_FIELDS]));
  }
  return { own: union(own), others, rest: NO_FIELDS };
}
