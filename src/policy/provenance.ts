import { isObject, valueAt } from "../field/json.ts";
import type { Path } from "../field/path.ts";
import { staticDefault } from "./defaults/static.ts";
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
  readonly applied: readonly unknown[];
  readonly updated: readonly unknown[];
  readonly lastApplied: unknown;
  /** Whether the write may be none of those that the last-applied annotation speaks of. */
  readonly isOtherWrite: boolean;
}

function collectEvidence({ given, oldService }: PolicyContext): Evidence {
  const entries = valueAt(given, ["metadata", "managedFields"]);
  const fieldsOf = (operation: string): unknown[] =>
    (Array.isArray(entries) ? entries : []).flatMap((entry: unknown) =>
      isObject(entry) && entry["operation"] === operation && !isPresent(entry["subresource"])
        ? [entry["fieldsV1"]]
        : [],
    );
  const text = valueAt(given, LAST_APPLIED);
  return {
    applied: fieldsOf("Apply"),
    updated: fieldsOf("Update"),
    lastApplied: parsed(text),
    isOtherWrite: oldService !== undefined && valueAt(oldService, LAST_APPLIED) === text,
  };
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
  const { applied, updated, lastApplied, isOtherWrite } = evidence;
  if (applied.some((fields) => owns(fields, keys, given))) return "written";
  if (lastApplied !== undefined && isPresent(valueAt(lastApplied, keysIn(lastApplied, keys, given)))) return "written";
  const updatedIt = updated.some((fields) => owns(fields, keys, given));
  if (!mayBeStatic && updatedIt) return "written";
  const isSilent = applied.length + updated.length === 0;
  if (lastApplied !== undefined) return mayBeStatic && isOtherWrite && (updatedIt || isSilent) ? "unknown" : "open";
  if (updatedIt || isSilent) return "unknown";
  return "open";
}

/** Whether an entry of `managedFields` lists the value; a field without inner ones stands for all that is below it. */
export function owns(fields: unknown, keys: Keys, given: unknown): boolean {
  let found = fields;
  for (const [depth, key] of keys.entries()) {
    if (!isObject(found)) return false;
    if (depth > 0 && Object.keys(found).length === 0) return true;
    found = typeof key === "number" ? itemFields(found, portAt(given, key)) : found[`f:${key}`];
  }
  return found !== undefined;
}

interface PortKey {
  readonly port: unknown;
  readonly protocol: unknown;
}

/** The only list of a Service whose items are merged one by one is that of its ports, by port and protocol. */
function portAt(object: unknown, index: number): PortKey {
  const port = valueAt(object, ["spec", "ports", index]);
  return { port: valueAt(port, ["port"]), protocol: valueAt(port, ["protocol"]) ?? "TCP" };
}

function itemFields(fields: Readonly<Record<string, unknown>>, wanted: PortKey): unknown {
  const entry = Object.entries(fields).find(([key]) => {
    if (!key.startsWith("k:")) return false;
    try {
      const parsed: unknown = JSON.parse(key.slice(2));
      return valueAt(parsed, ["port"]) === wanted.port && (valueAt(parsed, ["protocol"]) ?? "TCP") === wanted.protocol;
    } catch {
      return false;
    }
  });
  return entry?.[1];
}

/** The same steps in another version of the object, whose ports may stand in another order. */
function keysIn(object: unknown, keys: Keys, given: unknown): Keys {
  const [spec, list, index, ...rest] = keys;
  if (spec !== "spec" || list !== "ports" || typeof index !== "number") return keys;
  const wanted = portAt(given, index);
  const ports = valueAt(object, ["spec", "ports"]);
  const at = (Array.isArray(ports) ? ports : []).findIndex((_, i) => {
    const { port, protocol } = portAt(object, i);
    return port === wanted.port && protocol === wanted.protocol;
  });
  return [spec, list, at, ...rest];
}

/** The server takes an empty text in a field with a static default for none. */
function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
