import { equalJson, isObject, type JsonObject, Path, valueAt } from "../../field/index.ts";
import type { Severity } from "../model/index.ts";
import type { ApplyMode, ApplyRefusal } from "../../service/merge/index.ts";
import { type Identity, namespacesOf, type OldService, type OldServices, type Update } from "../before/index.ts";
import type { KeyPath } from "../../text/document/index.ts";
import type { UnexpectedOutcome } from "./unexpected-outcomes.ts";

/** What the way in which a manifest is applied makes of it, beside the server's answer to the object that comes of it. */
export interface ApplyFinding extends UnexpectedOutcome {
  readonly severity: Severity;
}

/** A finding about a field, by its keys. */
type FieldFinding = Omit<ApplyFinding, "path" | "about"> & { readonly keys: KeyPath };

/** A manifest, and what it is applied to. */
export interface Applied {
  readonly manifest: unknown;
  readonly identity: Identity;
  readonly mode: ApplyMode;
  /** The previous state; undefined if none is given. */
  readonly old: OldServices | undefined;
  readonly before: OldService | undefined;
  readonly update: Update | undefined;
}

/** What becomes of the manifest when it is applied. */
export function applyFindings(applied: Applied): ApplyFinding[] {
  return fieldFindings(applied).map(({ keys, ...rest }) => ({ ...rest, path: Path.of(keys), about: "key" }));
}

function fieldFindings(applied: Applied): FieldFinding[] {
  if (applied.update === undefined) return novelties(applied);
  const refusals = applied.update.refusal === undefined ? [] : refusalFindings(applied.update.refusal);
  return [...refusals, ...lostPorts(applied), ...versionConflict(applied)];
}

function refusalFindings(refusal: ApplyRefusal): FieldFinding[] {
  if (refusal.reason === "conflict") {
    return refusal.conflicts.map(({ manager, keys, field }) => ({
      severity: "error",
      rule: "apply-conflict",
      keys,
      message: `kubectl apply --server-side is refused: ${field} is owned by ${manager}, with another value`,
      fix: "leave the field out, use the stored value, or take the field over with --force-conflicts",
    }));
  }
  const { number, keys } = refusal;
  return [
    {
      severity: "error",
      rule: "apply-fails",
      keys,
      message: `kubectl apply fails: the ports with the number ${String(number)} are not next to each other, and it identifies ports by their number only`,
      fix: `list the ports with the number ${String(number)} one after the other, or use kubectl apply --server-side`,
    },
  ];
}

/** `kubectl apply` identifies ports by their number: a change of one of two that share it may lose the other. */
function lostPorts({ manifest, mode, update }: Applied): FieldFinding[] {
  if (mode !== "client" || update === undefined || update.refusal !== undefined) return [];
  const merged = Map.groupBy(portsOf(update.request.object), (port) => port["port"]);
  return portsOf(manifest).flatMap((port, i) => {
    if (merged.get(port["port"])?.some((one) => isStored(port, one)) === true) return [];
    const name = `${String(port["port"])}/${protocolOf(port)}`;
    return [
      {
        severity: "warning",
        rule: "port-lost",
        keys: ["spec", "ports", i],
        message: `kubectl apply loses or changes port ${name}: it identifies ports by their number only, and several have this number, here or in the stored Service`,
        fix: "use kubectl apply --server-side or kubectl replace",
      },
    ];
  });
}

function portsOf(service: unknown): JsonObject[] {
  const ports = valueAt(service, ["spec", "ports"]);
  return Array.isArray(ports) ? ports.filter(isObject) : [];
}

function protocolOf(port: JsonObject): string {
  return typeof port["protocol"] === "string" ? port["protocol"] : "TCP";
}

/** Whether a merged port has everything that the manifest says of one. */
function isStored(port: JsonObject, merged: JsonObject): boolean {
  return (
    protocolOf(port) === protocolOf(merged) &&
    Object.entries(port).every(([field, value]) => value === null || equalJson(value, merged[field]))
  );
}

const VERSION = ["metadata", "resourceVersion"];

/** An update with a resource version is refused if another one is stored. Tried on a real API server, with each command. */
function versionConflict({ manifest, before }: Applied): FieldFinding[] {
  const [given, stored] = [
    valueAt(manifest, VERSION),
    before?.isStored === true ? valueAt(before.object, VERSION) : undefined,
  ];
  if (typeof given !== "string" || given === "" || given === stored) return [];
  // The engine compares two numbers.
  if (typeof stored === "string" && /^\d+$/.test(stored)) return [];
  return [
    {
      severity: "error",
      rule: "resource-version-conflict",
      keys: VERSION,
      message:
        typeof stored === "string"
          ? `resourceVersion is "${given}", and "${stored}" is stored: the update is refused as a conflict`
          : `resourceVersion is "${given}": the update is refused as a conflict, unless this is the very version that is stored`,
      fix: "leave resourceVersion out",
    },
  ];
}

/** Why a Service is judged as a new one, if the author may think of another as the same. */
function novelties({ manifest, identity, old }: Applied): FieldFinding[] {
  if (old === undefined || old.size === 0) return [];
  const [name, generateName] = ["name", "generateName"].map((key) => valueAt(manifest, ["metadata", key]));
  if (name === undefined && typeof generateName === "string") {
    return [
      {
        severity: "note",
        rule: "judged-as-new",
        keys: ["metadata", "generateName"],
        message: "judged as a new Service: each create generates another name (kubectl apply refuses a generated name)",
        fix: "give the Service a name if it is to be updated",
      },
    ];
  }
  const elsewhere = namespacesOf(old, identity.name);
  if (elsewhere.length === 0) return [];
  return [
    {
      severity: "note",
      rule: "judged-as-new",
      keys: ["metadata", "name"],
      message: `judged as a new Service: the one of this name in the state before is in namespace ${elsewhere.slice(0, 3).join(", ")}, not in ${identity.namespace}`,
      fix: "if the Service moves, delete the old one: an apply leaves it where it is",
    },
  ];
}
