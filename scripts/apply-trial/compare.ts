import { isDeepStrictEqual } from "node:util";
import { judge } from "#src/engine/judge.ts";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { NO_POLICIES } from "#src/policy/model/types.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { type ApplyMode, mergedObject, PatchError } from "#src/service/merge/index.ts";
import type { KubernetesVersion } from "#src/service/versions/version.ts";
import type { Pair } from "./pairs.ts";

/** One apply, and what became of it. */
export interface Trial {
  readonly mode: ApplyMode;
  readonly pair: Pair;
  readonly namespace: string;
  /** The stored object before it. */
  readonly live: JsonObject;
  /** What reached mutating admission; undefined if nothing did. */
  readonly admitted: JsonObject | undefined;
  /** What kubectl printed; undefined if it succeeded. */
  readonly error: string | undefined;
}

export type Verdict =
  | {
      readonly kind: "stored alike" | "refused alike" | "refused before it is merged" | "refused by an old server only";
    }
  | { readonly kind: "different"; readonly what: string; readonly ours?: unknown; readonly theirs?: unknown };

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/**
 * What only API servers refuse that are older than the versions the engine answers for: they take a cluster IP that an
 * update leaves out for one that is to go.
 */
const OLD_REFUSALS = [/primary clusterIP can not be unset/, /primary ipFamily can not be unset/];

/** Compares one apply with what the engine makes of it. @param after the stored object after it */
export function compare(trial: Trial, after: JsonObject | undefined, version: KubernetesVersion): Verdict {
  const { mode, pair, live, namespace, admitted, error } = trial;
  const { metadata } = pair.after;
  const manifest = { ...pair.after, metadata: { ...(isObject(metadata) ? metadata : {}), namespace } };
  const object = merge(mode, live, manifest);
  if (typeof object === "string") {
    const isAlike = admitted === undefined && error !== undefined;
    return isAlike ? { kind: "refused before it is merged" } : { kind: "different", what: `we fail: ${object}` };
  }
  const answer = judge({
    operation: "update",
    object,
    oldObject: live,
    dryRun: false,
    fieldValidation: "Ignore",
    cluster: PROFILES.dual,
    version,
    ipFamilyPolicy: "server",
    policies: NO_POLICIES,
    facts: { namespace, today: "2027-01-01" },
  });
  const isSorted = mode === "server-side" && version.minor < 28;
  const [ours, theirs] = [answer.defaulted ?? object, admitted ?? live].map((one) => comparable(one, isSorted));
  if (admitted === undefined && error !== undefined) return { kind: "different", what: `refused: ${error}`, ours };
  if (!isDeepStrictEqual(ours, theirs)) return { kind: "different", what: "what is merged", ours, theirs };
  if (error !== undefined) {
    if (!answer.decision.allowed) return { kind: "refused alike" };
    if (OLD_REFUSALS.some((refusal) => refusal.test(error))) return { kind: "refused by an old server only" };
    return { kind: "different", what: `refused: ${error}`, ours };
  }
  if (!answer.decision.allowed) {
    return { kind: "different", what: `we refuse: ${answer.causes.map(({ code }) => code).join(", ")}`, ours, theirs };
  }
  const [mine, real] = [answer.stored, after].map((one) => blotted(comparable(one, isSorted), answer.allocated));
  return isDeepStrictEqual(mine, real)
    ? { kind: "stored alike" }
    : { kind: "different", what: "what is stored", ours: mine, theirs: real };
}

/** The merged object, or why there is none. */
function merge(mode: ApplyMode, live: JsonObject, manifest: JsonObject): JsonObject | string {
  const text = valueAt(live, ["metadata", "annotations", LAST_APPLIED]);
  const applied: unknown = typeof text === "string" ? JSON.parse(text) : undefined;
  try {
    return mergedObject(mode, applied, live, manifest);
  } catch (error) {
    if (error instanceof PatchError) return error.message;
    throw error;
  }
}

/** The spec and the metadata that a manifest may set. What the server writes by itself is left out. */
function comparable(object: unknown, isSorted: boolean): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(object ?? {}));
  const { spec, metadata } = isObject(copy) ? copy : {};
  const { labels = {}, annotations = {}, finalizers = [] } = isObject(metadata) ? metadata : {};
  if (isObject(annotations)) Reflect.deleteProperty(annotations, LAST_APPLIED);
  if (isSorted && isObject(spec) && Array.isArray(spec["ports"])) spec["ports"].sort(byText);
  return {
    spec,
    labels,
    annotations,
    finalizers: isSorted && Array.isArray(finalizers) ? finalizers.sort() : finalizers,
  };
}

function byText(one: unknown, other: unknown): number {
  const [a, b] = [one, other].map((port) => String(valueAt(port, ["name"])));
  return String(a) < String(b) ? -1 : 1;
}

function blotted(object: JsonObject, pointers: readonly string[]): JsonObject {
  for (const pointer of pointers) {
    const keys = pointer
      .slice(1)
      .split("/")
      .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const [parent, last] = [valueAt(object, keys.slice(0, -1)), keys.at(-1)];
    if ((isObject(parent) || Array.isArray(parent)) && last !== undefined) Reflect.set(parent, last, "allocated");
  }
  return object;
}
