import { isDeepStrictEqual } from "node:util";
import { judge } from "#src/engine/judge.ts";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { NO_POLICIES } from "#src/policy/model/types.ts";
import type { Run, Vector } from "./vectors.ts";

/** What the server fills in, from the most telling to the least: each is left out if the server would fill it in again. */
const FILLED_IN: readonly (readonly string[])[] = [
  ["status"],
  ["spec", "clusterIP"],
  ["spec", "clusterIPs"],
  ["spec", "ports", "nodePort"],
  ["spec", "healthCheckNodePort"],
  ["spec", "ipFamilies"],
  ["spec", "ipFamilyPolicy"],
  ["spec", "ports", "protocol"],
  ["spec", "ports", "targetPort"],
  ["spec", "type"],
  ["spec", "sessionAffinity"],
  ["spec", "sessionAffinityConfig"],
  ["spec", "internalTrafficPolicy"],
  ["spec", "externalTrafficPolicy"],
  ["spec", "allocateLoadBalancerNodePorts"],
];

/** A manifest that was applied when the Service was created, and what of the stored object it leaves to the server. */
export interface OldManifest {
  readonly manifest: JsonObject;
  /** The addresses and ports that the server allocated, as they are stored. */
  readonly allocated: ReadonlySet<unknown>;
}

/**
 * The shortest manifest that makes the server store the old object of a recorded update, but for what it allocates.
 * Undefined if there is none: the object was stored under other rules.
 * @param told allocated values that the manifest says all the same, such as those that the new manifest says
 */
export function oldManifestOf(
  { oldObject }: Vector,
  run: Run,
  told: (value: unknown) => boolean = () => false,
): OldManifest | undefined {
  if (!isObject(oldObject)) return undefined;
  let found: OldManifest | undefined;
  let manifest: JsonObject = oldObject;
  for (const field of FILLED_IN) {
    // The two fields of the first address go together.
    const fields = field[1] === "clusterIP" ? [field, ["spec", "clusterIPs"]] : [field];
    const shorter = without(manifest, fields);
    const allocated = allocatedOf(shorter, oldObject, run);
    if (allocated === undefined || [...allocated].some(told)) continue;
    manifest = shorter;
    found = { manifest, allocated };
  }
  return found;
}

/** What the server allocates for the manifest; undefined if it would store something else than `stored`. */
function allocatedOf(manifest: JsonObject, stored: JsonObject, run: Run): ReadonlySet<unknown> | undefined {
  const answer = judge({
    operation: "create",
    object: manifest,
    dryRun: true,
    fieldValidation: "Warn",
    cluster: run.cluster,
    version: run.version,
    ipFamilyPolicy: "server",
    policies: NO_POLICIES,
    facts: { namespace: "default", today: "2027-01-01" },
  });
  const pointers = answer.allocated.map((pointer) =>
    pointer
      .slice(1)
      .split("/")
      .map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
  );
  const values = pointers.map((keys) => valueAt(stored, keys));
  // `None` is no allocated address.
  if (values.includes(undefined) || values.includes("None")) return undefined;
  return isDeepStrictEqual(blotted(answer.stored, pointers), blotted(stored, pointers)) ? new Set(values) : undefined;
}

function blotted(object: unknown, pointers: readonly (readonly (string | number)[])[]): unknown {
  const copy: unknown = structuredClone(object);
  if (isObject(copy)) delete copy["status"];
  for (const keys of pointers) {
    const [parent, last] = [valueAt(copy, keys.slice(0, -1)), keys.at(-1)];
    if (Array.isArray(parent) && typeof last === "number") parent[last] = "allocated";
    else if (isObject(parent) && typeof last === "string") parent[last] = "allocated";
  }
  return copy;
}

function without(object: JsonObject, fields: readonly (readonly string[])[]): JsonObject {
  const copy = structuredClone(object);
  for (const field of fields) remove(copy, field);
  return copy;
}

function remove(value: unknown, [key, ...rest]: readonly string[]): void {
  if (Array.isArray(value)) for (const item of value) remove(item, [key ?? "", ...rest]);
  else if (isObject(value) && key !== undefined) {
    if (rest.length === 0) Reflect.deleteProperty(value, key);
    else remove(value[key], rest);
  }
}

/** Whether a text or number occurs anywhere in the value. */
export function mentions(value: unknown, one: unknown): boolean {
  if (value === one) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((item: unknown) => mentions(item, one));
}
