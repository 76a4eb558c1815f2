import { isObject, type Path, valueAt } from "../../field/index.ts";
import { staticDefault } from "../../service/schema/index.ts";
import { FieldOwnership, portKeyOf, portKeyText } from "./field-ownership.ts";
import type { PolicyContext, RequestFacts } from "./types.ts";

/**
 * Where a value comes from: an author wrote it (`written`), nobody did and the API server may have set it (`open`), or
 * neither can be ruled out (`unknown`).
 */
export type Provenance = "written" | "open" | "unknown";

type Keys = readonly (string | number)[];

const LAST_APPLIED = ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"];

/**
 * Returns a function that determines the provenance of a value in `context.given`.
 *
 * In a manifest, every value present was written. An object that came through the API server already contains the
 * static defaults, and `managedFields` entries with the operation `Update` list them among the client's fields, because
 * the server computes those entries after defaulting. Entries with the operation `Apply` (server-side apply) list
 * exactly what was written. So does the last-applied annotation of a client-side apply, unless the current write is a
 * different one (an edit, a patch), which leaves that annotation unchanged. A value that differs from the static
 * default was written in any case.
 */
export function compileProvenance(context: PolicyContext): (path: Path) => Provenance {
  const { given, facts } = context;
  if (isManifest(facts)) {
    return (path) => (isPresent(valueAt(given, path.keys())) ? "written" : "open");
  }
  let evidence: Evidence | undefined;
  return (path) => {
    const keys = path.keys();
    const value = valueAt(given, keys);
    if (!isPresent(value)) return "open";
    const defaultValue = staticDefault(path, given);
    if (defaultValue !== undefined && defaultValue !== value) return "written";
    evidence ??= collectEvidence(context);
    return provenanceFrom(evidence, keys, given, defaultValue !== undefined);
  };
}

/** Whether the object is a manifest as its author wrote it. */
export function isManifest({ origin, user }: RequestFacts): boolean {
  return (origin ?? (user === undefined ? "manifest" : "server")) === "manifest";
}

/** The evidence in the object about who wrote its values. */
interface Evidence {
  readonly applied: FieldOwnership;
  readonly updated: FieldOwnership;
  /** Whether `managedFields` has no entries of either operation. */
  readonly hasNoEntries: boolean;
  readonly lastApplied: unknown;
  /** The index of each port in `lastApplied`, by merge key. */
  readonly lastPorts: ReadonlyMap<string, number>;
  /** Whether this write may be other than the client-side apply that set the last-applied annotation. */
  readonly isOtherWrite: boolean;
}

function collectEvidence({ given, oldService }: PolicyContext): Evidence {
  const applied = managedFields(given, "Apply");
  const updated = managedFields(given, "Update");
  const text = valueAt(given, LAST_APPLIED);
  const lastApplied = parseObject(text);
  return {
    applied: new FieldOwnership(applied),
    updated: new FieldOwnership(updated),
    hasNoEntries: applied.length + updated.length === 0,
    lastApplied,
    lastPorts: portPositions(lastApplied),
    isOtherWrite: oldService !== undefined && valueAt(oldService, LAST_APPLIED) === text,
  };
}

/** The `fieldsV1` of the entries with this operation, except entries of a subresource. */
function managedFields(object: unknown, operation: string): readonly unknown[] {
  const entries = valueAt(object, ["metadata", "managedFields"]);
  return (Array.isArray(entries) ? entries : []).flatMap((entry: unknown) =>
    isObject(entry) && entry["operation"] === operation && !isPresent(entry["subresource"]) ? [entry["fieldsV1"]] : [],
  );
}

function parseObject(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // Any client can write this annotation: an invalid value is ignored.
    return undefined;
  }
}

function provenanceFrom(evidence: Evidence, keys: Keys, object: unknown, mayBeStatic: boolean): Provenance {
  const { applied, updated, hasNoEntries, lastApplied, isOtherWrite } = evidence;
  if (applied.owns(keys, object)) return "written";
  if (lastApplied !== undefined && isPresent(valueAt(lastApplied, lastAppliedKeys(evidence, keys, object))))
    return "written";
  const isInUpdate = updated.owns(keys, object);
  if (!mayBeStatic && isInUpdate) return "written";
  if (lastApplied !== undefined)
    return mayBeStatic && isOtherWrite && (isInUpdate || hasNoEntries) ? "unknown" : "open";
  if (isInUpdate || hasNoEntries) return "unknown";
  return "open";
}

/** The same keys in the last-applied object, whose ports may be in another order. */
function lastAppliedKeys({ lastPorts }: Evidence, keys: Keys, object: unknown): Keys {
  const [spec, list, index, ...rest] = keys;
  if (spec !== "spec" || list !== "ports" || typeof index !== "number") return keys;
  const portKey = portKeyText(portKeyOf(valueAt(object, ["spec", "ports", index])));
  return [spec, list, (portKey === undefined ? undefined : lastPorts.get(portKey)) ?? -1, ...rest];
}

/** The index of each port by merge key; of two ports with the same key the first counts. */
function portPositions(object: unknown): ReadonlyMap<string, number> {
  const ports = valueAt(object, ["spec", "ports"]);
  const positions = new Map<string, number>();
  for (const [index, port] of (Array.isArray(ports) ? ports : []).entries()) {
    const key = portKeyText(portKeyOf(port));
    if (key !== undefined && !positions.has(key)) positions.set(key, index);
  }
  return positions;
}

/** Returns a function that says whether a server-side apply owns the value at these keys; ports match by merge key. */
export function isServerSideApplied(object: unknown): (keys: Keys) => boolean {
  let applied: FieldOwnership | undefined;
  return (keys) => {
    applied ??= new FieldOwnership(managedFields(object, "Apply"));
    return applied.owns(keys, object);
  };
}

/** The API server treats an empty string in a field with a static default as absent. */
function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
