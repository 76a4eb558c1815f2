import type { JsonObject } from "../../field/index.ts";
import type { ReferenceEntry, ReferenceTarget } from "../model/index.ts";
import { type Found, referrerOf, textAt } from "./finders/index.ts";

/** How an object is placed if it does not say so itself. */
interface PlaceOptions {
  /** The namespace of manifests without one. */
  readonly namespace: string;
}

/**
 * Where an object names Services: each place once, in the order of the fields. Nothing for kinds that name none. What is not of
 * the right type is passed over: the API server refuses it.
 */
export function referencesIn(object: JsonObject, options: PlaceOptions): readonly ReferenceEntry[] {
  const group = groupOf(object);
  const kind = textAt(object, ["kind"]) ?? "";
  const referrer = referrerOf(group, kind);
  if (referrer === undefined) return [];
  const written = textAt(object, ["metadata", "namespace"]);
  const isOpen = written === undefined && referrer.isClusterScoped !== true;
  const namespace = referrer.isClusterScoped === true ? "" : (written ?? options.namespace);
  const name = textAt(object, ["metadata", "name"]) ?? textAt(object, ["metadata", "generateName"]) ?? "";
  const own = { namespace, name, ...(isOpen && { isNamespaceOpen: true as const }), group, kind };
  return Array.from(referrer.find(object), ({ to, ...found }) => ({
    ...own,
    ...found,
    target: targetOf(to, namespace),
  }));
}

function targetOf(to: Found["to"], own: string): ReferenceTarget {
  if ("service" in to) return { namespace: to.namespace ?? own, service: to.service };
  const { selector, namespaces } = to;
  if (namespaces === "any") return { selector, namespaces: undefined };
  return { selector, namespaces: namespaces === "own" ? [own] : namespaces };
}

/** The API group of an object: empty for the core. */
export function groupOf(object: JsonObject): string {
  const version = textAt(object, ["apiVersion"]) ?? "";
  const slash = version.indexOf("/");
  return slash === -1 ? "" : version.slice(0, slash);
}
