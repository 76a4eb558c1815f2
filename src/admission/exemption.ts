import { equalJsonOrEmpty, valueAt } from "../field/index.ts";
import { hasSameConfiguration, isBeingDeleted } from "../service/index.ts";
import type { AdmissionRequest } from "./review/index.ts";

/** What Fairlead keeps its hands off. */
export interface Exemptions {
  readonly namespaces: readonly string[];
  /** `namespace/name` of single Services. */
  readonly services: readonly string[];
}

/** What needs no judgement: why, in words for the log, beside a label for the metrics. */
export interface Exemption {
  readonly by: "namespace" | "service" | "deletion";
  readonly reason: string;
}

/** Why the request passes untouched; undefined if it is to be judged. */
export function exemptionOf(request: AdmissionRequest, exempt: Exemptions): Exemption | undefined {
  const { namespace, name } = request;
  if (exempt.namespaces.includes(namespace)) return { by: "namespace", reason: `namespace ${namespace} is exempt` };
  const service = `${namespace}/${name}`;
  if (exempt.services.includes(service)) return { by: "service", reason: `Service ${service} is exempt` };
  if (letsGo(request)) return { by: "deletion", reason: "the Service is being deleted" };
  return undefined;
}

/**
 * Whether the update only lets go of a Service that is being deleted. Whoever takes off the last finalizer must not be
 * stopped, or the Service would stay for ever; every other change of it counts until then, and is judged like any other.
 */
function letsGo({ operation, subResource, object, oldObject }: AdmissionRequest): boolean {
  if (operation !== "UPDATE" || !isBeingDeleted(oldObject) || !hasSameConfiguration(object, oldObject)) return false;
  // What an update says of the status the API server drops; what a write of the status says it keeps.
  return subResource === "" || equalJsonOrEmpty(valueAt(object, ["status"]), valueAt(oldObject, ["status"]));
}
