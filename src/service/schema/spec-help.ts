import {
  IP_FAMILIES,
  IP_FAMILY_POLICIES,
  NEWER_TRAFFIC_DISTRIBUTIONS,
  PROTOCOLS,
  SESSION_AFFINITIES,
  TRAFFIC_POLICIES,
  TYPES,
} from "./enum-values.ts";
import type { FieldHelp } from "./help.ts";
import { defaultText } from "./static-defaults.ts";

/** The help for the fields of `spec`. */
export const SPEC_FIELDS = {
  spec: { purpose: "The desired state of the Service." },
  "spec.type": {
    purpose:
      "How the Service can be reached: from inside the cluster by a virtual address (ClusterIP), from outside by node ports too (NodePort), " +
      "by a load balancer on top of these (LoadBalancer), or not at all: it is only a DNS alias (ExternalName).",
    default: defaultText("spec.type"),
    values: TYPES,
    rules: ["unsupported-value", "headless-type"],
  },
  "spec.selector": {
    purpose:
      "The labels of the Pods that receive the traffic. If it is empty or absent, the endpoints are managed by someone else. Ignored for ExternalName.",
    rules: ["label-key", "label-value"],
  },
  "spec.ports": {
    purpose: "The ports of the Service.",
    rules: ["ports-required", "duplicate-port", "kubelet-port"],
  },
  "spec.ports[].name": {
    purpose: "The port's name, part of its DNS SRV record; other objects refer to it.",
    rules: ["port-name-required", "port-name-format", "duplicate-port-name"],
  },
  "spec.ports[].protocol": {
    purpose: "The transport protocol.",
    default: defaultText("spec.ports[].protocol"),
    values: PROTOCOLS,
    rules: ["unsupported-value"],
  },
  "spec.ports[].appProtocol": {
    purpose:
      "A hint for meshes and load balancers: an IANA name, kubernetes.io/h2c, kubernetes.io/ws, kubernetes.io/wss, or a name with your own prefix.",
    rules: ["app-protocol-format"],
  },
  "spec.ports[].port": { purpose: "The number that clients use.", rules: ["port-range", "not-int32", "wrong-type"] },
  "spec.ports[].targetPort": {
    purpose:
      "Where the Pods listen: a number, or the name of a container port. With a headless Service, clients connect to the Pods directly: only EndpointSlices and SRV records contain it.",
    default: "the value of port",
    rules: ["port-range", "target-port-name", "not-int32", "wrong-type"],
  },
  "spec.ports[].nodePort": {
    purpose: "The port that is open on every node.",
    default:
      "for NodePort, and for LoadBalancer unless allocateLoadBalancerNodePorts is false, a port that the server allocates",
    rules: [
      "node-port-cluster-ip",
      "node-port-out-of-range",
      "node-port-taken",
      "duplicate-node-port",
      "node-port-collides",
    ],
    wiped: "when the type becomes ClusterIP or ExternalName and no node port was added",
  },
  "spec.clusterIP": {
    purpose: "The first virtual address. None makes the Service headless: DNS answers with the addresses of the Pods.",
    default: "an address that the server allocates from the service ranges; none for ExternalName",
    rules: ["cluster-ips-alone", "cluster-ips-differ"],
    wiped: "when the type becomes ExternalName and it was not changed",
  },
  "spec.clusterIPs": {
    purpose: "All virtual addresses, at most one of each family. The first one cannot change.",
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
    warnings: ["address-nonstandard", "address-unreadable", "address-not-canonical"],
    wiped:
      "when the type becomes ExternalName and they were not changed; the second one when ipFamilyPolicy becomes SingleStack",
    since: "dualStack",
  },
  "spec.ipFamilies": {
    purpose: "The families of the addresses, in the same order. The first family cannot change.",
    default:
      "the families of clusterIPs, otherwise the cluster's primary family; with a dual-stack policy the other one too",
    values: IP_FAMILIES,
    rules: [
      "unsupported-value",
      "duplicate-family",
      "family-not-in-cluster",
      "second-family-lacking",
      "not-for-external-name",
      "primary-unset",
      "immutable",
      "primary-family-immutable",
    ],
    wiped:
      "when the type becomes ExternalName and they were not changed; the second one when ipFamilyPolicy becomes SingleStack",
    since: "dualStack",
  },
  "spec.ipFamilyPolicy": {
    purpose: "Whether the Service has addresses of one family or of both, and whether both are required.",
    default:
      "RequireDualStack for a headless Service without selector, SingleStack otherwise; on update the stored value",
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
    purpose: "Addresses that the user routes to a node; nobody checks whom they belong to.",
    rules: ["ip-format", "ip-leading-zeros", "ip-mapped", "ip-special"],
    warnings: ["external-ips-deprecated", "ignored-field", "address-nonstandard", "address-unreadable", "address-not-canonical"],
  },
  "spec.externalName": {
    purpose: "The DNS name that the Service is an alias for, with type ExternalName. One trailing dot is allowed.",
    rules: ["external-name-required", "external-name-format"],
    warnings: ["ignored-field"],
  },
  "spec.externalTrafficPolicy": {
    purpose:
      "Local keeps the client's address and drops traffic on nodes without an endpoint; Cluster spreads it and hides the address. " +
      "Traffic from inside the cluster to an external or load balancer address is always treated as Cluster.",
    default: defaultText("spec.externalTrafficPolicy"),
    values: TRAFFIC_POLICIES,
    rules: ["unsupported-value", "external-policy-not-reachable"],
    wiped: "when the Service can no longer be reached from outside and it was not changed",
  },
  "spec.internalTrafficPolicy": {
    purpose: "Local keeps traffic from inside the cluster on its node, with no fallback.",
    default: defaultText("spec.internalTrafficPolicy"),
    values: TRAFFIC_POLICIES,
    rules: ["unsupported-value"],
    wiped: "never stored for ExternalName",
    since: "internalTrafficPolicy",
  },
  "spec.trafficDistribution": {
    purpose:
      "A preference for nearby endpoints, with fallback to others. PreferSameZone and PreferSameNode came with 1.34.",
    values: NEWER_TRAFFIC_DISTRIBUTIONS,
    rules: ["unsupported-value"],
    warnings: ["prefer-close-deprecated"],
    since: "trafficDistribution",
  },
  "spec.healthCheckNodePort": {
    purpose: "The port where a load balancer checks whether a node has endpoints.",
    default: "for LoadBalancer with externalTrafficPolicy Local, a port that the server allocates",
    rules: ["health-check-port-unused", "health-check-port-unavailable", "port-range", "health-check-port-immutable"],
    wiped: "when the type is no longer LoadBalancer or the policy no longer Local, and it was not changed",
  },
  "spec.loadBalancerClass": {
    purpose:
      "Which implementation serves the load balancer; names without a prefix are for end users. Default implementations ignore Services with a class.",
    rules: ["load-balancer-class-format", "only-load-balancer", "immutable"],
    wiped: "when the type is no longer LoadBalancer and it was not changed",
    since: "loadBalancerClass",
  },
  "spec.loadBalancerIP": {
    purpose:
      "Deprecated since 1.24: its meaning differs between clouds, and it does not support dual stack; use the cloud's annotations.",
    warnings: ["ignored-field", "address-nonstandard", "address-unreadable", "address-not-canonical"],
  },
  "spec.loadBalancerSourceRanges": {
    purpose: "The client address ranges that may use the load balancer, if the cloud supports it.",
    rules: ["only-load-balancer", "cidr-format", "cidr-in-list-format", "cidr-leading-zeros", "cidr-mapped", "cidr-host-bits"],
    warnings: ["cidr-ambiguous", "address-nonstandard", "address-unreadable", "address-not-canonical"],
  },
  "spec.allocateLoadBalancerNodePorts": {
    purpose:
      "False for load balancers that reach Pods directly: then no node ports are allocated. Ports that are already allocated stay.",
    default: defaultText("spec.allocateLoadBalancerNodePorts"),
    rules: ["only-load-balancer"],
    wiped: "when the type is no longer LoadBalancer and it was not changed",
    since: "allocateLoadBalancerNodePorts",
  },
  "spec.publishNotReadyAddresses": {
    purpose:
      "Whether DNS includes Pods before they are ready: for the peers of a StatefulSet that find each other by DNS.",
    default: "false",
  },
  "spec.sessionAffinity": {
    purpose: "ClientIP sends the same client to the same Pod, for timeoutSeconds after its last packet.",
    default: defaultText("spec.sessionAffinity"),
    values: SESSION_AFFINITIES,
    rules: ["unsupported-value"],
    warnings: ["ignored-field"],
  },
  "spec.sessionAffinityConfig": { purpose: "The details of the affinity.", wiped: "when the affinity is None" },
  "spec.sessionAffinityConfig.clientIP": { purpose: "The details of the affinity by client address." },
  "spec.sessionAffinityConfig.clientIP.timeoutSeconds": {
    purpose: "How long the same client keeps its Pod after its last packet, in seconds.",
    default: defaultText("spec.sessionAffinityConfig.clientIP.timeoutSeconds"),
    rules: ["affinity-timeout-range"],
  },
} as const satisfies Record<string, FieldHelp>;
