import { type JsonObject, valueAt } from "../../field/index.ts";
import type { QuotaEntry } from "../model/index.ts";
import { type ExtractOptions, identityOf, itemsAt } from "../read/index.ts";
import { wholeQuantity } from "./quantity.ts";

/**
 * The entry of a ResourceQuota by `spec.hard`; undefined if it limits no Services. One with scopes counts Pods alone:
 * the API server's quota for Services knows no scope.
 */
export function quotaEntry(object: JsonObject, options: ExtractOptions): QuotaEntry | undefined {
  const scopes = valueAt(object, ["spec", "scopes"]);
  if (Array.isArray(scopes) && scopes.length > 0) return undefined;
  if (itemsAt(object, ["spec", "scopeSelector", "matchExpressions"]).length > 0) return undefined;
  const services = least(limitOf(object, "services"), limitOf(object, "count/services"));
  const loadBalancers = limitOf(object, "services.loadbalancers");
  const nodePorts = limitOf(object, "services.nodeports");
  if (services === undefined && loadBalancers === undefined && nodePorts === undefined) return undefined;
  return {
    ...identityOf(object, options),
    ...(services !== undefined && { services }),
    ...(loadBalancers !== undefined && { loadBalancers }),
    ...(nodePorts !== undefined && { nodePorts }),
  };
}

function limitOf(object: JsonObject, resource: string): number | undefined {
  return wholeQuantity(valueAt(object, ["spec", "hard", resource]));
}

/** Each of two limits holds: the smaller one is what counts. */
function least(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined) return other;
  return other === undefined ? one : Math.min(one, other);
}
