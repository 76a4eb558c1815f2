import { isObject, type JsonObject, valueAt } from "../../field/index.ts";
import { CLAIM_ANNOTATIONS } from "../claims/index.ts";
import type { Labels, PortEntry, ServiceEntry } from "../model/index.ts";
import { type ExtractOptions, identityOf, integerAt, itemsAt, labelsAt, textAt, textsAt } from "../read/index.ts";

const ANNOTATIONS: ReadonlySet<string> = new Set(CLAIM_ANNOTATIONS);

/**
 * The entry of a Service, with the defaults of core/v1 that the API server fills in for `type`, `protocol` and `targetPort`.
 * What is not of its field's type is left out.
 * @param service as JSON: a manifest, a stored object, or decoded
 * @param namespace its namespace if it names none
 */
export function serviceEntry(
  service: unknown,
  namespace: string,
  options: Pick<ExtractOptions, "isNamespaceCertain"> = {},
): ServiceEntry {
  const spec = valueAt(service, ["spec"]);
  const type = textAt(spec, ["type"]) ?? "ClusterIP";
  const isAlias = type === "ExternalName";
  // For an ExternalName, the API server keeps a selector, but nothing reads it.
  const selector = isAlias ? undefined : labelsAt(spec, ["selector"]);
  const labels = labelsAt(service, ["metadata", "labels"]);
  const externalName = isAlias ? textAt(spec, ["externalName"]) : undefined;
  const externalIPs = textsAt(spec, ["externalIPs"]);
  const loadBalancerIP = textAt(spec, ["loadBalancerIP"]);
  const loadBalancerClass = textAt(spec, ["loadBalancerClass"]);
  const healthCheckNodePort = integerAt(spec, ["healthCheckNodePort"]);
  const annotations = claimAnnotations(service);
  return {
    ...identityOf(service, { ...options, namespace }),
    type,
    isHeadless: !isAlias && (textAt(spec, ["clusterIP"]) ?? textAt(spec, ["clusterIPs", 0])) === "None",
    ports: itemsAt(spec, ["ports"]).flatMap(portEntries),
    ...(selector !== undefined && { selector }),
    ...(labels !== undefined && { labels }),
    ...(externalName !== undefined && { externalName }),
    ...(externalIPs !== undefined && { externalIPs }),
    ...(loadBalancerIP !== undefined && { loadBalancerIP }),
    ...(loadBalancerClass !== undefined && { loadBalancerClass }),
    ...(textAt(spec, ["externalTrafficPolicy"]) === "Local" && { externalTrafficPolicy: "Local" }),
    ...(isPort(healthCheckNodePort) && { healthCheckNodePort }),
    ...(valueAt(spec, ["allocateLoadBalancerNodePorts"]) === false && { allocateLoadBalancerNodePorts: false }),
    ...(annotations !== undefined && { annotations }),
  };
}

/** Those of the annotations that an inventory keeps; undefined if there are none. */
function claimAnnotations(service: unknown): Labels | undefined {
  const all = valueAt(service, ["metadata", "annotations"]);
  if (!isObject(all) || !Object.keys(all).some((key) => ANNOTATIONS.has(key))) return undefined;
  const kept = Object.entries(all).filter(
    (entry): entry is [string, string] => ANNOTATIONS.has(entry[0]) && typeof entry[1] === "string",
  );
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** The entry of a port, in a list; an empty one if it has no number, which the API server refuses. */
function portEntries(item: JsonObject): readonly PortEntry[] {
  const port = integerAt(item, ["port"]);
  if (port === undefined) return [];
  const name = textAt(item, ["name"]);
  const targetPort = textAt(item, ["targetPort"]) ?? integerAt(item, ["targetPort"]);
  const nodePort = integerAt(item, ["nodePort"]);
  return [
    {
      port,
      protocol: textAt(item, ["protocol"]) ?? "TCP",
      ...(name !== undefined && { name }),
      ...(targetPort !== undefined && targetPort !== 0 && targetPort !== port && { targetPort }),
      ...(isPort(nodePort) && { nodePort }),
    },
  ];
}

/** Whether a port is given: 0 is none. */
function isPort(value: number | undefined): value is number {
  return value !== undefined && value !== 0;
}
