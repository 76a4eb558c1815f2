import { isDeepStrictEqual } from "node:util";
import { judge } from "#src/engine/judge.ts";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { NO_POLICIES } from "#src/policy/model/types.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { type ApplyMode, type ApplyRefusal, LAST_APPLIED, mergedObject } from "#src/service/merge/index.ts";
import { type KubernetesVersion, NEWEST_KNOWN } from "#src/service/versions/version.ts";

/** One apply, and what became of it. */
export interface Trial {
  readonly mode: ApplyMode;
  readonly namespace: string;
  /** The manifest that was applied before, and the one that is applied. */
  readonly before: JsonObject;
  readonly after: JsonObject;
  /** Whether somebody else has changed the Service in between. */
  readonly isMeddled: boolean;
  /** The stored object before the apply. */
  readonly live: JsonObject;
  /** What reached mutating admission; undefined if nothing did. */
  readonly admitted?: JsonObject | undefined;
  /** What kubectl printed if it failed. */
  readonly error?: string | undefined;
}

export type Verdict =
  | {
      readonly kind: "stored alike" | "refused alike" | "refused before admission" | "refused by an old server only";
    }
  | { readonly kind: "different"; readonly what: string; readonly ours?: unknown; readonly theirs?: unknown };

/** What only API servers refuse that are older than the versions the engine answers for. */
const OLD_REFUSALS = [
  // An update that leaves out cluster IP and family is taken for one that removes them.
  /primary clusterIP can not be unset/,
  /primary ipFamily can not be unset/,
  // An update without a resource version is refused.
  /metadata.resourceVersion: .*must be specified/,
  // The gate MixedProtocolLBService.
  /may not contain more than 1 protocol when type is 'LoadBalancer'/,
];

/** Whether kubectl names the cause of a failure that the engine has found. */
function isSaid(refusal: ApplyRefusal, error: string): boolean {
  if (refusal.reason === "port-order") return error.includes("The order in patch list");
  const { conflicts } = refusal;
  // Of several fields of one item, an old server prints the first one each time; their number is right.
  return (
    error.includes(`failed with ${conflicts.length} conflict`) &&
    conflicts.every(({ manager }) => error.includes(`"${manager}"`)) &&
    conflicts.some(({ field }) => error.includes(field))
  );
}

function inNamespace(manifest: JsonObject, namespace: string): JsonObject {
  const { metadata } = manifest;
  return { ...manifest, metadata: { ...(isObject(metadata) ? metadata : {}), namespace } };
}

function withoutManagers(object: JsonObject): JsonObject {
  const { metadata } = object;
  const entries = Object.entries(isObject(metadata) ? metadata : {}).filter(([key]) => key !== "managedFields");
  return { ...object, metadata: Object.fromEntries(entries) };
}

/** Two ports of one number and protocol: the engine refuses them once they are merged, the server before. */
function isUnmergeable(error: string): boolean {
  return error.includes("duplicate entries for key");
}

/**
 * Compares one apply with what the engine makes of it.
 * @param version the server's
 * @param after the stored object after it; undefined if that is not to be compared
 */
export function compare(trial: Trial, version: KubernetesVersion, after?: JsonObject): Verdict {
  const { mode, before, isMeddled, live, namespace, admitted, error } = trial;
  const manifest = inNamespace(trial.after, namespace);
  const text = valueAt(live, ["metadata", "annotations", LAST_APPLIED]);
  const applied: unknown = typeof text === "string" ? JSON.parse(text) : undefined;
  const { object, refusal } = mergedObject(mode, applied, live, manifest);
  if (!isMeddled && refusal === undefined) {
    const guess = mergedObject(mode, inNamespace(before, namespace), withoutManagers(live), manifest);
    if (!isDeepStrictEqual(guess.object, withoutManagers(object))) {
      return {
        kind: "different",
        what: "what is merged if nobody says who owns it",
        ours: guess.object,
        theirs: object,
      };
    }
  }
  if (refusal !== undefined) {
    const isAlike = admitted === undefined && error !== undefined && (isSaid(refusal, error) || isUnmergeable(error));
    return isAlike
      ? { kind: "refused before admission" }
      : { kind: "different", what: `we refuse: ${JSON.stringify(refusal)}, kubectl: ${error ?? "nothing"}` };
  }
  const answer = judge({
    operation: "update",
    object,
    oldObject: live,
    dryRun: false,
    fieldValidation: "Ignore",
    cluster: PROFILES.dual,
    version: NEWEST_KNOWN,
    ipFamilyPolicy: "server",
    policies: NO_POLICIES,
    facts: { namespace, today: "2027-01-01" },
  });
  const compared = (one: unknown): JsonObject => comparable(one, mode, version);
  const [ours, theirs] = [answer.defaulted ?? object, admitted ?? live].map(compared);
  if (admitted === undefined && error !== undefined) {
    return isUnmergeable(error) && !answer.decision.allowed
      ? { kind: "refused alike" }
      : { kind: "different", what: `refused: ${error}`, ours };
  }
  if (!isDeepStrictEqual(ours, theirs)) return { kind: "different", what: "what is merged", ours, theirs };
  if (error !== undefined) {
    if (!answer.decision.allowed) return { kind: "refused alike" };
    if (OLD_REFUSALS.some((refusal) => refusal.test(error))) return { kind: "refused by an old server only" };
    return { kind: "different", what: `refused: ${error}`, ours };
  }
  if (!answer.decision.allowed) {
    return { kind: "different", what: `we refuse: ${answer.causes.map(({ code }) => code).join(", ")}`, ours, theirs };
  }
  if (after === undefined) return { kind: "stored alike" };
  const [mine, real] = [answer.stored, after].map((one) => {
    // Node ports were not carried over by the names of ports.
    const pointers = version.minor < 28 ? portsOf(one).map((_, i) => `/spec/ports/${i}/nodePort`) : [];
    return blotted(compared(one), [...answer.allocated, ...pointers]);
  });
  return isDeepStrictEqual(mine, real)
    ? { kind: "stored alike" }
    : { kind: "different", what: "what is stored", ours: mine, theirs: real };
}

/** Fields that an older server does not have. */
const NEWER_FIELDS = ["internalTrafficPolicy", "allocateLoadBalancerNodePorts", "trafficDistribution"];

/** The spec and the metadata that a manifest may set, without what the server writes by itself or is too old for. */
function comparable(object: unknown, mode: ApplyMode, { minor }: KubernetesVersion): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(object ?? {}));
  const { spec, metadata } = isObject(copy) ? copy : {};
  const { labels = {}, annotations = {}, finalizers = [] } = isObject(metadata) ? metadata : {};
  if (isObject(annotations)) Reflect.deleteProperty(annotations, LAST_APPLIED);
  if (isObject(spec)) {
    if (minor < 30) for (const field of NEWER_FIELDS) Reflect.deleteProperty(spec, field);
    // External IPs alone gave a Service no external traffic policy.
    if (minor < 30 && spec["type"] === "ClusterIP") Reflect.deleteProperty(spec, "externalTrafficPolicy");
    // A headless Service without a selector got new families with an update that names none.
    if (minor < 30 && spec["clusterIP"] === "None" && !hasKeys(spec["selector"])) {
      for (const field of ["ipFamilies", "ipFamilyPolicy"]) Reflect.deleteProperty(spec, field);
    }
    // A server-side apply put lists in another order.
    if (minor < 28 && mode === "server-side") spec["ports"] = portsOf(copy).toSorted(byText);
  }
  if (minor < 28 && mode === "server-side" && Array.isArray(finalizers)) finalizers.sort();
  return { spec, labels, annotations, finalizers };
}

function hasKeys(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length > 0;
}

function portsOf(service: unknown): readonly unknown[] {
  const ports = valueAt(service, ["spec", "ports"]);
  return Array.isArray(ports) ? ports : [];
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
    const isThere = (isObject(parent) || Array.isArray(parent)) && last !== undefined && last in parent;
    if (isThere) Reflect.set(parent, last, "allocated");
  }
  return object;
}
