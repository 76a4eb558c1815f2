import { isObject, valueAt } from "../field/json.ts";
import type { AdmissionRequest } from "./review.ts";

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
  // Whoever takes off the last finalizer must not be stopped: the Service would stay for ever.
  if (request.operation === "UPDATE" && isObject(request.object) && isBeingDeleted(request.oldObject)) {
    return { by: "deletion", reason: "the Service is being deleted" };
  }
  return undefined;
}

function isBeingDeleted(stored: unknown): boolean {
  return typeof valueAt(stored, ["metadata", "deletionTimestamp"]) === "string";
}
