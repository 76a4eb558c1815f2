import { equalJsonOrEmpty, valueAt } from "../field/index.ts";
import { hasSameConfiguration, isBeingDeleted } from "../service/index.ts";
import type { AdmissionRequest } from "./review/index.ts";

/** The namespaces and Services that are exempt from judgement. */
export interface Exemptions {
  readonly namespaces: readonly string[];
  /** `namespace/name` of single Services. */
  readonly services: readonly string[];
}

/** Why a request is not judged: a label for the metrics, and the reason in words for the log. */
export interface Exemption {
  readonly by: "namespace" | "service" | "deletion";
  readonly reason: string;
}

/** The exemption that applies to the request; undefined if it is to be judged. */
export function exemptionOf(request: AdmissionRequest, exempt: Exemptions): Exemption | undefined {
  const { namespace, name } = request;
  if (exempt.namespaces.includes(namespace)) return { by: "namespace", reason: `namespace ${namespace} is exempt` };
  if (exempt.services.length > 0 && exempt.services.includes(`${namespace}/${name}`))
    return { by: "service", reason: `Service ${namespace}/${name} is exempt` };
  if (onlyCompletesDeletion(request)) return { by: "deletion", reason: "the Service is being deleted" };
  return undefined;
}

/**
 * Whether the update only completes the deletion of a Service, as the removal of its last finalizer does. It must not
 * be denied, or the Service could never be deleted. Any other change still takes effect until then, and is judged.
 */
function onlyCompletesDeletion({ operation, subResource, object, oldObject }: AdmissionRequest): boolean {
  if (operation !== "UPDATE" || !isBeingDeleted(oldObject) || !hasSameConfiguration(object, oldObject)) return false;
  // On an update the API server drops changes of the status; on a write of the status it keeps them.
  return subResource === "" || equalJsonOrEmpty(valueAt(object, ["status"]), valueAt(oldObject, ["status"]));
}
