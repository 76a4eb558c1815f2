import { valueAt } from "../../field/json.ts";
import type { Path } from "../../field/path.ts";
import { DEFAULT_AFFINITY_TIMEOUT } from "../../service/values.ts";

/** The API server's own static defaults by path, list positions left out: what nobody need have written. */
const STATIC_DEFAULTS: Readonly<Record<string, unknown>> = {
  "spec.type": "ClusterIP",
  "spec.sessionAffinity": "None",
  "spec.sessionAffinityConfig.clientIP.timeoutSeconds": DEFAULT_AFFINITY_TIMEOUT,
  "spec.externalTrafficPolicy": "Cluster",
  "spec.internalTrafficPolicy": "Cluster",
  "spec.allocateLoadBalancerNodePorts": true,
  "spec.ports.protocol": "TCP",
};

/** The value that the API server puts at this path if nobody else does; undefined if it puts none there by itself. */
export function staticDefault(path: Path, object: unknown): unknown {
  const name = path
    .segments()
    .flatMap((step) => (step.kind === "index" ? [] : [step.name]))
    .join(".");
  if (name === "spec.ports.targetPort") return valueAt(object, [...path.keys().slice(0, -1), "port"]);
  return STATIC_DEFAULTS[name];
}
