import type { JsonObject } from "../../field/index.ts";
import type { ReferenceEntry, ReferenceTarget } from "../model/index.ts";
import { type ExtractOptions, identityOf, typeOf } from "../read/index.ts";
import { type Found, referrerOf } from "./finders/index.ts";

/**
 * Where an object names Services: each place once, in the order of the fields. Nothing for kinds that name none. What is not of
 * the right type is passed over: the API server refuses it.
 */
export function referencesIn(object: JsonObject, options: ExtractOptions): readonly ReferenceEntry[] {
  const type = typeOf(object);
  if (type === undefined) return [];
  const referrer = referrerOf(type);
  if (referrer === undefined) return [];
  const identity = identityOf(object, options);
  const own = referrer.isClusterScoped === true ? { namespace: "", name: identity.name } : identity;
  return [...referrer.find(object)]
    .filter(({ to }) => isNameable(to))
    .map(({ to, ...found }) => ({
      ...own,
      ...type,
      ...found,
      // What the API server calls has to name a namespace: where it does not, kustomize adds that of the set.
      target: targetOf(to, identity.namespace),
    }));
}

/** A DNS label, which the names of Services and of namespaces are. */
const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

/** Whether there can be such a Service: if not, the name is a placeholder, as kustomize and scripts fill them in. */
function isNameable(to: Found["to"]): boolean {
  if (!("service" in to)) return true;
  return LABEL.test(to.service) && (to.namespace === undefined || LABEL.test(to.namespace));
}

function targetOf(to: Found["to"], own: string): ReferenceTarget {
  if ("service" in to) return { namespace: to.namespace ?? own, service: to.service };
  const { selector, namespaces } = to;
  if (namespaces === "any") return { selector, namespaces: undefined };
  return { selector, namespaces: namespaces === "own" ? [own] : namespaces };
}
