/**
 * Words with single separators: less than what is valid, but Go's `regexp` runs these in one pass. With counted repetitions
 * in them, the whole expression took as long as a call.
 */
const WORDS = "[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*";
const PREFIX = "[a-z0-9]+([-.][a-z0-9]+)*";
const DNS_LABEL = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
const LONGEST = 63;

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

const PORT: readonly string[] = [
  "has(p.port) && p.port >= 1 && p.port <= 65535",
  "(!has(p.nodePort) || p.nodePort == 0) && !has(p.appProtocol)",
  "has(p.protocol) && p.protocol in ['TCP', 'UDP', 'SCTP']",
  `(!has(p.targetPort) || (type(p.targetPort) == int ? p.targetPort >= 1 && p.targetPort <= 65535 : ${isText("p.targetPort", DNS_LABEL, 15)}))`,
  `(!has(p.name) || p.name == '' || ${isText("p.name", DNS_LABEL)})`,
];

/** Each of several ports has a name, and no other has the same, or the same number and protocol. */
const AMONG_OTHERS: readonly string[] = [
  "has(p.name) && p.name != ''",
  "object.spec.ports.exists_one(q, has(q.name) && q.name == p.name)",
  "object.spec.ports.exists_one(q, q.port == p.port && q.protocol == p.protocol)",
];

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
  `(has(object.metadata.name) && object.metadata.name != '' ? ${isText("object.metadata.name", DNS_LABEL)} : has(object.metadata.generateName))`,
  `(!has(object.metadata.generateName) || ${isText("object.metadata.generateName", `${DNS_LABEL}-?`, 50)})`,
  entries("object.metadata.labels", (key, value) => `${isLabelValue(value)} && ${isQualified(key)}`),
  entries("object.spec.selector", (key, value) => `${isLabelValue(value)} && ${isQualified(key)}`),
  // Annotations that Kubernetes reads are valid on some types only.
  entries(
    "object.metadata.annotations",
    (key, value) =>
      `size(${value}) <= 4096 && (${key} == 'kubectl.kubernetes.io/last-applied-configuration' || !${key}.contains('kubernetes.io/') && ${isQualified(key)})`,
  ),
  // Server-side apply brings entries of its own.
  `(!has(object.metadata.managedFields) || size(object.metadata.managedFields) <= 4 && object.metadata.managedFields.all(m, !has(m.subresource) && has(m.manager) && ${isText("m.manager", "[ -~]+")}))`,
  "has(object.spec.ports) && size(object.spec.ports) > 0 && size(object.spec.ports) <= 8",
  `object.spec.ports.all(p, ${PORT.join(" && ")})`,
  `(size(object.spec.ports) == 1 || object.spec.ports.all(p, ${AMONG_OTHERS.join(" && ")}))`,
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

/** Whether a text is not too long, and matches the expression from its begin to its end. */
function isText(value: string, expression: string, longest = LONGEST): string {
  return `size(${value}) <= ${longest} && ${value}.matches('^${expression}$')`;
}

function isLabelValue(value: string): string {
  return `(${value} == '' || ${isText(value, WORDS)})`;
}

function isQualified(key: string): string {
  // Not one call with a choice of expressions: only a constant one is compiled once.
  return `(${key}.contains('/') ? ${isText(key, `${PREFIX}/${WORDS}`)} : ${isText(key, WORDS)})`;
}
