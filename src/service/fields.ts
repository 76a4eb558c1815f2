import type { Code } from "./rules.ts";
import {
  DEFAULT_AFFINITY_TIMEOUT,
  IP_FAMILIES,
  IP_FAMILY_POLICIES,
  IP_MODES,
  NEWER_TRAFFIC_DISTRIBUTIONS,
  PROTOCOLS,
  SESSION_AFFINITIES,
  TRAFFIC_POLICIES,
  TYPES,
} from "./values.ts";
import type { Feature } from "./version.ts";

/** What there is to say of one field: `fairlead explain` and docs/service.md are made of it. */
export interface FieldHelp {
  /** What it is for. */
  readonly purpose: string;
  /** What it is where the user leaves it out. */
  readonly default?: string;
  /** The values it can have. */
  readonly values?: readonly string[];
  /** The rules that it is held to. */
  readonly rules?: readonly Code[];
  /** What the server accepts with a warning. */
  readonly warnings?: readonly Code[];
  /** What takes it away again. */
  readonly wiped?: string;
  /** The feature that it came with. */
  readonly since?: Feature;
}

/** Metadata that the server writes itself: to be left out of manifests. */
const SERVERS_OWN: FieldHelp = { purpose: "Written by the API server; leave it out of manifests.", rules: ["immutable"] };

const METADATA_FIELDS = {
  apiVersion: { purpose: "The version of the API: v1.", default: "taken from the request", rules: ["wrong-kind"] },
  kind: { purpose: "The kind of the object: Service.", default: "taken from the request", rules: ["wrong-kind"] },
  metadata: { purpose: "Name, labels and annotations, as on every object." },
  "metadata.name": {
    purpose: "The Service's name, which is its DNS name within the namespace.",
    rules: ["name-required", "name-format", "immutable", "wrong-place"],
  },
  "metadata.generateName": { purpose: "A prefix that the server makes a unique name of, where there is no name.", rules: ["name-format"] },
  "metadata.namespace": {
    purpose: "The namespace that it lives in.",
    default: "the namespace of the request",
    rules: ["namespace-format", "immutable", "wrong-place"],
  },
  "metadata.labels": { purpose: "Short key and value pairs to select objects by.", rules: ["label-key", "label-value"] },
  "metadata.annotations": {
    purpose: "Notes for programs: clouds read most of their load balancer settings here.",
    rules: ["annotation-key", "annotations-too-long", "topology-annotations-differ", "only-load-balancer", "cidr-format"],
    warnings: ["topology-hints-deprecated"],
  },
  "metadata.finalizers": {
    purpose: "Who must agree before the object is gone.",
    rules: ["finalizer-format", "finalizer-unqualified", "finalizers-conflict", "finalizer-while-deleted"],
  },
  "metadata.ownerReferences": {
    purpose: "The objects that it goes away with.",
    rules: ["owner-api-version", "owner-field-empty", "owner-forbidden", "two-controllers"],
  },
  "metadata.ownerReferences[].apiVersion": { purpose: "The owner's API version.", rules: ["owner-api-version"] },
  "metadata.ownerReferences[].kind": { purpose: "The owner's kind.", rules: ["owner-field-empty"] },
  "metadata.ownerReferences[].name": { purpose: "The owner's name.", rules: ["owner-field-empty"] },
  "metadata.ownerReferences[].uid": { purpose: "The owner's uid.", rules: ["owner-field-empty"] },
  "metadata.ownerReferences[].controller": { purpose: "Whether this owner manages the object.", rules: ["two-controllers"] },
  "metadata.ownerReferences[].blockOwnerDeletion": { purpose: "Whether the owner waits for this object to be gone." },
  "metadata.uid": SERVERS_OWN,
  "metadata.resourceVersion": { purpose: "The version of the object that an update is based on; leave it out of manifests.", rules: ["resource-version-on-create"] },
  "metadata.generation": { purpose: "Counted by the API server; leave it out of manifests.", rules: ["negative"] },
  "metadata.selfLink": { purpose: "No longer used." },
  "metadata.creationTimestamp": { ...SERVERS_OWN, rules: ["wrong-time"] },
  "metadata.deletionTimestamp": { ...SERVERS_OWN, rules: ["immutable", "wrong-time"] },
  "metadata.deletionGracePeriodSeconds": SERVERS_OWN,
  "metadata.managedFields": { purpose: "Who wrote which field, kept by the API server; leave it out of manifests." },
} as const satisfies Record<string, FieldHelp>;

const SPEC_FIELDS = {
  spec: { purpose: "What the Service is to be." },
  "spec.type": {
    purpose:
      "Who can reach it: from inside by a virtual address (ClusterIP), from outside by node ports too (NodePort), " +
      "by a load balancer on top of these (LoadBalancer), or nobody: it is only a DNS alias (ExternalName).",
    default: "ClusterIP",
    values: TYPES,
    rules: ["unsupported-value", "headless-type"],
  },
  "spec.selector": {
    purpose: "Which Pods serve. Empty or absent: someone else manages the endpoints. Without effect for ExternalName.",
    rules: ["label-key", "label-value"],
  },
  "spec.ports": {
    purpose: "The ports that it is reached at.",
    rules: ["ports-required", "duplicate-port", "kubelet-port"],
  },
  "spec.ports[].name": {
    purpose: "The port's name, part of its DNS SRV record; other objects refer to it.",
    rules: ["port-name-required", "port-name-format", "duplicate-port-name"],
  },
  "spec.ports[].protocol": { purpose: "The transport protocol.", default: "TCP", values: PROTOCOLS, rules: ["unsupported-value"] },
  "spec.ports[].appProtocol": {
    purpose:
      "A hint to meshes and load balancers: IANA names, kubernetes.io/h2c, kubernetes.io/ws, kubernetes.io/wss, or a name with your own prefix.",
    rules: ["app-protocol-format"],
  },
  "spec.ports[].port": { purpose: "The number that clients use.", rules: ["port-range", "not-int32", "wrong-type"] },
  "spec.ports[].targetPort": {
    purpose:
      "Where the Pods listen: a number, or the name of a container port. A headless Service ignores it; there it should be left out or equal port.",
    default: "the value of port",
    rules: ["port-range", "target-port-name", "not-int32", "wrong-type"],
  },
  "spec.ports[].nodePort": {
    purpose: "The port that every node opens.",
    default: "for NodePort, and for LoadBalancer unless allocateLoadBalancerNodePorts is false, one that the server picks",
    rules: ["node-port-cluster-ip", "node-port-out-of-range", "node-port-taken", "duplicate-node-port"],
    wiped: "when the type becomes ClusterIP or ExternalName and no node port was added",
  },
  "spec.clusterIP": {
    purpose: "The first virtual address. None makes the Service headless: DNS answers with the Pods themselves.",
    default: "an address that the server picks from the service ranges; none for ExternalName",
    rules: ["cluster-ips-alone", "cluster-ips-differ"],
    wiped: "when the type becomes ExternalName and it was not changed",
  },
  "spec.clusterIPs": {
    purpose: "All virtual addresses, one of each family. The first one is for life.",
    default: "clusterIP, and with a dual-stack policy one of the other family",
    rules: [
      "ip-format",
      "ip-leading-zeros",
      "ip-mapped",
      "cluster-ips-required",
      "none-not-alone",
      "too-many-cluster-ips",
      "cluster-ips-one-family",
      "cluster-ips-unreadable",
      "cluster-ip-family",
      "address-out-of-range",
      "address-taken",
      "address-without-name",
      "address-family-not-in-cluster",
      "not-for-external-name",
      "primary-unset",
      "immutable",
    ],
    warnings: ["address-nonstandard", "address-not-canonical"],
    wiped: "when the type becomes ExternalName and they were not changed; the second one by saying SingleStack",
    since: "dualStack",
  },
  "spec.ipFamilies": {
    purpose: "The families of the addresses, in their order. The first family is for life.",
    default: "those of clusterIPs, else the cluster's primary family; with a dual-stack policy the other one too",
    values: IP_FAMILIES,
    rules: ["unsupported-value", "duplicate-family", "family-not-in-cluster", "not-for-external-name", "primary-unset", "immutable"],
    wiped: "when the type becomes ExternalName and they were not changed; the second one by saying SingleStack",
    since: "dualStack",
  },
  "spec.ipFamilyPolicy": {
    purpose: "Whether it has addresses of one family or of both, and whether both are a must.",
    default: "RequireDualStack for a headless Service without selector, SingleStack otherwise; on update the stored one",
    values: IP_FAMILY_POLICIES,
    rules: [
      "unsupported-value",
      "single-stack-with-two",
      "single-stack-cluster",
      "downgrade-without-single-stack",
      "not-for-external-name",
    ],
    wiped: "when the type becomes ExternalName and it was not changed",
    since: "dualStack",
  },
  "spec.externalIPs": {
    purpose: "Addresses that reach a node by the user's own routing; nobody checks whose they are.",
    rules: ["ip-format", "ip-leading-zeros", "ip-mapped", "ip-special"],
    warnings: ["external-ips-deprecated", "ignored-field", "address-nonstandard", "address-not-canonical"],
  },
  "spec.externalName": {
    purpose: "For type ExternalName: the DNS name that it is an alias for. One trailing dot is fine.",
    rules: ["external-name-required", "external-name-format"],
    warnings: ["ignored-field"],
  },
  "spec.externalTrafficPolicy": {
    purpose:
      "Local keeps the client's address and drops traffic on nodes without an endpoint; Cluster spreads it and hides the address. " +
      "Traffic from inside the cluster to an external or load balancer address is always treated as Cluster.",
    default: "Cluster, where the Service can be reached from outside",
    values: TRAFFIC_POLICIES,
    rules: ["unsupported-value", "external-policy-not-reachable"],
    wiped: "when the Service can no longer be reached from outside and it was not changed",
  },
  "spec.internalTrafficPolicy": {
    purpose: "Local keeps traffic from inside the cluster on its node, with no fallback.",
    default: "Cluster, but for ExternalName",
    values: TRAFFIC_POLICIES,
    rules: ["unsupported-value"],
    wiped: "never stored for ExternalName",
    since: "internalTrafficPolicy",
  },
  "spec.trafficDistribution": {
    purpose: "A preference for near endpoints, with fallback. PreferSameZone and PreferSameNode came with 1.34.",
    values: NEWER_TRAFFIC_DISTRIBUTIONS,
    rules: ["unsupported-value"],
    warnings: ["prefer-close-deprecated"],
    since: "trafficDistribution",
  },
  "spec.healthCheckNodePort": {
    purpose: "Where a load balancer asks a node whether it has endpoints.",
    default: "for LoadBalancer with externalTrafficPolicy Local, one that the server picks",
    rules: ["health-check-port-unused", "port-range", "health-check-port-immutable"],
    wiped: "when the type is no longer LoadBalancer or the policy no longer Local, and it was not changed",
  },
  "spec.loadBalancerClass": {
    purpose:
      "Which implementation serves the load balancer; names without a prefix are for end users. Default implementations leave Services with a class alone.",
    rules: ["load-balancer-class-format", "only-load-balancer", "immutable"],
    wiped: "when the type is no longer LoadBalancer and it was not changed",
    since: "loadBalancerClass",
  },
  "spec.loadBalancerIP": {
    purpose: "Deprecated since 1.24: it means different things to different clouds and knows no dual stack; use the cloud's annotations.",
    warnings: ["ignored-field", "address-nonstandard", "address-not-canonical"],
  },
  "spec.loadBalancerSourceRanges": {
    purpose: "Who may use the load balancer, where the cloud supports it.",
    rules: ["only-load-balancer", "cidr-format", "cidr-leading-zeros", "cidr-mapped", "cidr-host-bits"],
    warnings: ["cidr-ambiguous", "address-nonstandard", "address-not-canonical"],
  },
  "spec.allocateLoadBalancerNodePorts": {
    purpose: "False for load balancers that reach Pods directly: then no node ports are given. Ports given already stay.",
    default: "true for LoadBalancer",
    rules: ["only-load-balancer"],
    wiped: "when the type is no longer LoadBalancer and it was not changed",
    since: "allocateLoadBalancerNodePorts",
  },
  "spec.publishNotReadyAddresses": {
    purpose: "Whether DNS names Pods before they are ready: for the peers of a StatefulSet that find each other by it.",
    default: "false",
  },
  "spec.sessionAffinity": {
    purpose: "ClientIP sends the same client to the same Pod, for timeoutSeconds after its last packet.",
    default: "None",
    values: SESSION_AFFINITIES,
    rules: ["unsupported-value"],
    warnings: ["ignored-field"],
  },
  "spec.sessionAffinityConfig": { purpose: "The details of the affinity.", wiped: "when the affinity is None" },
  "spec.sessionAffinityConfig.clientIP": { purpose: "The details of the affinity by client address." },
  "spec.sessionAffinityConfig.clientIP.timeoutSeconds": {
    purpose: "How long the same client keeps its Pod after its last packet, in seconds.",
    default: `${DEFAULT_AFFINITY_TIMEOUT} (three hours), where the affinity is ClientIP`,
    rules: ["affinity-timeout-range"],
  },
} as const satisfies Record<string, FieldHelp>;

const STATUS_FIELDS = {
  status: { purpose: "What has become of it; emptied when the Service is created." },
  "status.loadBalancer": { purpose: "What the load balancer gave." },
  "status.loadBalancer.ingress": {
    purpose: "Where the load balancer is reached.",
    rules: ["status-only-load-balancer"],
    wiped: "when the type is no longer LoadBalancer",
  },
  "status.loadBalancer.ingress[].ip": {
    purpose: "Its address, in most networks.",
    rules: ["ip-format", "ip-leading-zeros", "ip-mapped"],
  },
  "status.loadBalancer.ingress[].hostname": { purpose: "Its host name, on clouds that give names.", rules: ["hostname-format", "hostname-is-ip"] },
  "status.loadBalancer.ingress[].ipMode": {
    purpose: "Proxy when the balancer ends the connection itself, VIP when packets arrive with its address.",
    default: "VIP, where ip is set",
    values: IP_MODES,
    rules: ["unsupported-value", "ip-mode-without-ip"],
    since: "ipMode",
  },
  "status.loadBalancer.ingress[].ports": { purpose: "The state of each port; one entry for each port of the Service." },
  "status.loadBalancer.ingress[].ports[].port": { purpose: "The port's number." },
  "status.loadBalancer.ingress[].ports[].protocol": { purpose: "The port's protocol.", values: PROTOCOLS },
  "status.loadBalancer.ingress[].ports[].error": { purpose: "Why the port does not work: a CamelCase word, or a name with a prefix." },
  "status.conditions": { purpose: "The state in the usual form of conditions; the server looks at their JSON types only." },
  "status.conditions[].type": { purpose: "What the condition is about." },
  "status.conditions[].status": { purpose: "True, False or Unknown." },
  "status.conditions[].observedGeneration": { purpose: "The generation of the object that it was seen at." },
  "status.conditions[].lastTransitionTime": { purpose: "When the status last changed.", rules: ["wrong-time"] },
  "status.conditions[].reason": { purpose: "Why, in one word." },
  "status.conditions[].message": { purpose: "Why, in a sentence." },
} as const satisfies Record<string, FieldHelp>;

/** Every field of a Service, by its path; `[]` stands for any item of a list. */
export const FIELDS: Readonly<Record<string, FieldHelp>> = { ...METADATA_FIELDS, ...SPEC_FIELDS, ...STATUS_FIELDS };
