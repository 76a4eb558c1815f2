import type { JsonObject } from "../../field/index.ts";
import type { EndpointsEntry } from "../model/index.ts";
import { type ExtractOptions, identityOf, itemsAt, textAt } from "../read/index.ts";

/** Who keeps an EndpointSlice: discovery.k8s.io/v1's well-known labels. */
const SERVICE_NAME = "kubernetes.io/service-name";
const MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

/**
 * What Kubernetes itself writes for any Service with a selector, whether there are Pods or not: it says nothing that
 * the workloads do not say, and there is one for each Service. In its Endpoints it writes when a Pod last changed, and since
 * 1.33 that they are its own.
 */
const CONTROLLER = "endpointslice-controller.k8s.io";
const LAST_CHANGE = "endpoints.kubernetes.io/last-change-trigger-time";
const ENDPOINTS_MANAGED_BY = "endpoints.kubernetes.io/managed-by";

/** The entry of an EndpointSlice that somebody else than Kubernetes' own controller keeps. */
export function sliceEntry(object: JsonObject, options: ExtractOptions): EndpointsEntry | undefined {
  const service = textAt(object, ["metadata", "labels", SERVICE_NAME]);
  const keeper = textAt(object, ["metadata", "labels", MANAGED_BY]);
  return service === undefined || keeper === CONTROLLER ? undefined : { ...identityOf(object, options), service };
}

/** The entry of Endpoints, which have the name of their Service, if there are any and it is not Kubernetes that keeps them. */
export function endpointsEntry(object: JsonObject, options: ExtractOptions): EndpointsEntry | undefined {
  const keeper = textAt(object, ["metadata", "labels", ENDPOINTS_MANAGED_BY]);
  const lastChange = textAt(object, ["metadata", "annotations", LAST_CHANGE]);
  if (keeper !== undefined || lastChange !== undefined || itemsAt(object, ["subsets"]).length === 0) return undefined;
  const identity = identityOf(object, options);
  return { ...identity, service: identity.name };
}
