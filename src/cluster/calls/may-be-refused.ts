const QUALIFIED =
  "^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";
const LABEL_VALUE = "^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$";
const PORT_NAME = "^[a-z]([-a-z0-9]{0,13}[a-z0-9])?$";
const TARGET_PORT_NAME = "^[a-z][a-z0-9]{0,14}$";

/** What is only valid on some types, with other fields or in some clusters: a plain Service has none of it. */
const ABSENT = {
  metadata: ["ownerReferences", "finalizers", "resourceVersion", "uid", "selfLink", "deletionTimestamp"],
  spec: [
    "clusterIP",
    "clusterIPs",
    "ipFamilies",
    "ipFamilyPolicy",
    "externalIPs",
    "externalName",
    "loadBalancerIP",
    "loadBalancerClass",
    "loadBalancerSourceRanges",
    "healthCheckNodePort",
    "sessionAffinityConfig",
    "trafficDistribution",
  ],
} as const;

const absent = Object.entries(ABSENT).flatMap(([part, names]) => names.map((name) => `!has(object.${part}.${name})`));

/** The conditions on a plain Service, in an order in which each may rely on those before it. */
const PLAIN: readonly string[] = [
  ...absent,
  "has(object.spec.type) && object.spec.type in ['ClusterIP', 'NodePort', 'LoadBalancer']",
  "has(object.spec.sessionAffinity) && object.spec.sessionAffinity == 'None'",
  oneOf("object.spec.internalTrafficPolicy", ["Cluster", "Local"]),
  "(!has(object.spec.externalTrafficPolicy) || object.spec.type != 'ClusterIP')",
  oneOf("object.spec.externalTrafficPolicy", ["Cluster"]),
  "(!has(object.spec.allocateLoadBalancerNodePorts) || object.spec.type == 'LoadBalancer')",
  // The name, or that from which the API server makes one.
  "(has(object.metadata.name) && object.metadata.name != '' ? object.metadata.name.matches('^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$') : has(object.metadata.generateName) && object.metadata.generateName.matches('^[a-z][-a-z0-9]{0,50}$'))",
  "(!has(object.metadata.generateName) || object.metadata.generateName.matches('^[a-z][-a-z0-9]{0,50}$'))",
  entries("object.metadata.labels", (key, value) => `${matches(value, LABEL_VALUE)} && ${qualified(key)}`),
  entries("object.spec.selector", (key, value) => `${matches(value, LABEL_VALUE)} && ${qualified(key)}`),
  // Annotations that Kubernetes reads are valid on some types only.
  entries(
    "object.metadata.annotations",
    (key, value) =>
      `size(${value}) <= 4096 && ${qualified(key)} && !${key}.contains('kubernetes.io/') || ${key} == 'kubectl.kubernetes.io/last-applied-configuration' && size(${value}) <= 4096`,
  ),
  // Server-side apply brings entries of its own.
  "(!has(object.metadata.managedFields) || size(object.metadata.managedFields) <= 4 && object.metadata.managedFields.all(m, !has(m.subresource) && has(m.manager) && m.manager.matches('^[ -~]{1,128}$')))",
  "has(object.spec.ports) && size(object.spec.ports) > 0 && size(object.spec.ports) <= 8",
  "object.spec.ports.all(p, has(p.port) && p.port >= 1 && p.port <= 65535 && (!has(p.nodePort) || p.nodePort == 0) && !has(p.appProtocol))",
  "object.spec.ports.all(p, has(p.protocol) && p.protocol in ['TCP', 'UDP', 'SCTP'])",
  `object.spec.ports.all(p, !has(p.targetPort) || (type(p.targetPort) == int ? p.targetPort >= 1 && p.targetPort <= 65535 : ${matches("p.targetPort", TARGET_PORT_NAME)}))`,
  `object.spec.ports.all(p, has(p.name) && p.name != '' ? ${matches("p.name", PORT_NAME)} : size(object.spec.ports) == 1)`,
  "object.spec.ports.all(p, object.spec.ports.exists_one(q, q.port == p.port && q.protocol == p.protocol))",
  "(size(object.spec.ports) == 1 || object.spec.ports.all(p, object.spec.ports.exists_one(q, q.name == p.name)))",
];

/**
 * When the API server may refuse a new Service, as a CEL expression over the object as mutating admission sees it: not
 * for a plain Service, of which every value is seen to be valid. It errs on one side only: a Service that is refused is
 * never plain, so that no hint is lost (`test/cluster/calls` asks it all recorded questions). It is evaluated at each
 * create: lists are bounded before anything looks at their items.
 */
export const MAY_BE_REFUSED = `!(${PLAIN.join(" && ")})`;

function oneOf(path: string, values: readonly string[]): string {
  return `(!has(${path}) || ${path} in [${values.map((value) => `'${value}'`).join(", ")}])`;
}

/** A condition on each entry of a map that may be absent, and has few entries. */
function entries(path: string, condition: (key: string, value: string) => string): string {
  return `(!has(${path}) || size(${path}) <= 16 && ${path}.all(k, ${condition("k", `${path}[k]`)}))`;
}

function matches(value: string, expression: string): string {
  return `${value}.matches('${expression}')`;
}

function qualified(key: string): string {
  return `size(${key}) <= 253 && ${matches(key, QUALIFIED)}`;
}
