import { isObject, valueAt } from "../field/json.ts";
import type { Path } from "../field/path.ts";
import { staticDefault } from "../service/static-defaults.ts";
import { Owned, portKeyOf, portKeyText } from "./owned.ts";
import type { PolicyContext, RequestFacts } from "./types.ts";

/** Whether somebody wrote a value, the API server put it in, or nobody can tell. */
export type Provenance = "written" | "open" | "unknown";

type Keys = readonly (string | number)[];

const LAST_APPLIED = ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"];

/**
 * A function that tells who a value in the given object is from.
 *
 * In a manifest, what is there was written. In an object that came through the API server, the static defaults are in
 * already, and `managedFields` entries with the operation `Update` list them among what the client sent: the server
 * computes those after defaulting. Entries with the operation `Apply` (server-side apply) list what was written and no
 * more; so does the last-applied annotation of a client-side apply, unless the write is another one (an edit, a patch),
 * which leaves that annotation as it was. A value other than the static default was written by somebody in any case.
 */
export function provenances(context: PolicyContext): (path: Path) => Provenance {
  const { given, facts } = context;
  if (isManifest(facts)) {
    return (path) => (isPresent(valueAt(given, path.keys())) ? "written" : "open");
  }
  let evidence: Evidence | undefined;
  return (path) => {
    const keys = path.keys();
    const value = valueAt(given, keys);
    if (!isPresent(value)) return "open";
    const standard = staticDefault(path, given);
    if (standard !== undefined && standard !== value) return "written";
    evidence ??= collectEvidence(context);
    return weigh(evidence, keys, given, standard !== undefined);
  };
}

/** Whether the object is a manifest as its author wrote it. */
export function isManifest({ origin, user }: RequestFacts): boolean {
  return (origin ?? (user === undefined ? "manifest" : "server")) === "manifest";
}

/** What the object says about who wrote what. */
interface Evidence {
  readonly applied: Owned;
  readonly updated: Owned;
  /** Whether there are no entries of either kind. */
  readonly isSilent: boolean;
  readonly lastApplied: unknown;
  /** The positions of its ports. */
  readonly lastPorts: ReadonlyMap<string, number>;
  /** Whether the write may be none of those that the last-applied annotation speaks of. */
  readonly isOtherWrite: boolean;
}

function collectEvidence({ given, oldService }: PolicyContext): Evidence {
  const applied = managedFields(given, "Apply");
  const updated = managedFields(given, "Update");
  const text = valueAt(given, LAST_APPLIED);
  const lastApplied = parsed(text);
  return {
    applied: new Owned(applied),
    updated: new Owned(updated),
    isSilent: applied.length + updated.length === 0,
    lastApplied,
    lastPorts: portPositions(lastApplied),
    isOtherWrite: oldService !== undefined && valueAt(oldService, LAST_APPLIED) === text,
  };
}

/** What the entries of that operation list, but for those of a subresource. */
function managedFields(given: unknown, operation: string): readonly unknown[] {
  const entries = valueAt(given, ["metadata", "managedFields"]);
  return (Array.isArray(entries) ? entries : []).flatMap((entry: unknown) =>
    isObject(entry) && entry["operation"] === operation && !isPresent(entry["subresource"]) ? [entry["fieldsV1"]] : [],
  );
}

function parsed(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // Anybody may write this annotation; one that cannot be read tells nothing.
    return undefined;
  }
}

function weigh(evidence: Evidence, keys: Keys, given: unknown, mayBeStatic: boolean): Provenance {
  const { applied, updated, isSilent, lastApplied, isOtherWrite } = evidence;
  if (applied.owns(keys, given)) return "written";
  if (lastApplied !== undefined && isPresent(valueAt(lastApplied, keysIn(evidence, keys, given)))) return "written";
  const updatedIt = updated.owns(keys, given);
  if (!mayBeStatic && updatedIt) return "written";
  if (lastApplied !== undefined) return mayBeStatic && isOtherWrite && (updatedIt || isSilent) ? "unknown" : "open";
  if (updatedIt || isSilent) return "unknown";
  return "open";
}

/** The same steps in the last applied version of the object, whose ports may stand in another order. */
function keysIn({ lastPorts }: Evidence, keys: Keys, given: unknown): Keys {
  const [spec, list, index, ...rest] = keys;
  if (spec !== "spec" || list !== "ports" || typeof index !== "number") return keys;
  const wanted = portKeyText(portKeyOf(valueAt(given, ["spec", "ports", index])));
  return [spec, list, (wanted === undefined ? undefined : lastPorts.get(wanted)) ?? -1, ...rest];
}

/** Where each port stands; of two that are the same the first counts. */
function portPositions(object: unknown): ReadonlyMap<string, number> {
  const ports = valueAt(object, ["spec", "ports"]);
  const positions = new Map<string, number>();
  for (const [index, port] of (Array.isArray(ports) ? ports : []).entries()) {
    const key = portKeyText(portKeyOf(port));
    if (key !== undefined && !positions.has(key)) positions.set(key, index);
  }
  return positions;
}

/** Whether the port at this position is listed under its protocol by somebody's server-side apply. */
export function isServerSideApplied(given: unknown): (keys: Keys) => boolean {
  let applied: Owned | undefined;
  return (keys) => {
    applied ??= new Owned(managedFields(given, "Apply"));
    return applied.owns(keys, given);
  };
}

/** The server takes an empty text in a field with a static default for none. */
function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
