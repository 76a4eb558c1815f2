import { Path } from "#src/field/path.ts";
import type { Finding } from "#src/service/findings/finding.ts";
import type { Code } from "#src/service/messages/messages.ts";

/** One example of every fact that the engine can state. */
export const EXAMPLES: Readonly<Record<Code, Omit<Finding, "code">>> = {
  "wrong-kind": { path: Path.root.child("apiVersion"), found: "v2", facts: { want: "v1" } },
  "wrong-type": { path: Path.root.child("spec").child("selector").key("app"), found: true, facts: { want: "string" } },
  "wrong-time": { path: Path.root.child("metadata").child("creationTimestamp"), found: "yesterday" },
  "not-int32": { path: Path.root.child("spec").child("ports").index(0).child("port"), found: 2147483648 },
  "unknown-field": {
    path: Path.root.child("spec").child("ports").index(0).child("nodeport"),
    facts: { known: ["name", "protocol", "appProtocol", "port", "targetPort", "nodePort"] },
  },
  "duplicate-field": { path: Path.root.child("spec").child("ports").index(1).child("name") },
  "wrong-place": { path: Path.root.child("metadata").child("namespace"), found: "other", facts: { want: "default" } },
  "name-required": { path: Path.root.child("metadata").child("name") },
  "name-format": {
    path: Path.root.child("metadata").child("name"),
    found: "Web_Front",
    facts: { startsWith: "a letter or digit" },
  },
  "namespace-format": { path: Path.root.child("metadata").child("namespace"), found: "Team A" },
  negative: { path: Path.root.child("metadata").child("generation"), found: -1 },
  "resource-version-on-create": { path: Path.root.child("metadata").child("resourceVersion"), found: "4711" },
  "label-key": { path: Path.root.child("metadata").child("labels").key("a/b/c"), found: "a/b/c" },
  "label-value": { path: Path.root.child("metadata").child("labels").key("a"), found: "-x" },
  "annotation-key": { path: Path.root.child("metadata").child("annotations").key("a b"), found: "a b" },
  "annotations-too-long": {
    path: Path.root.child("metadata").child("annotations"),
    found: 262146,
    facts: { max: 262144 },
  },
  "topology-annotations-differ": {
    path: Path.root.child("metadata").child("annotations").key("service.kubernetes.io/topology-mode"),
    found: "Auto",
    facts: { other: "disabled" },
  },
  "owner-api-version": {
    path: Path.root.child("metadata").child("ownerReferences").index(0).child("apiVersion"),
    found: "",
  },
  "owner-field-empty": { path: Path.root.child("metadata").child("ownerReferences").index(0).child("kind"), found: "" },
  "owner-forbidden": { path: Path.root.child("metadata").child("ownerReferences").index(0), found: "Event" },
  "two-controllers": { path: Path.root.child("metadata").child("ownerReferences"), found: ["a", "b"] },
  "name-in-path": { path: Path.root.child("metadata").child("generateName"), found: "web/" },
  "finalizer-format": { path: Path.root.child("metadata").child("finalizers").index(0), found: "bad finalizer" },
  "finalizer-unqualified": {
    path: Path.root.child("metadata").child("finalizers").index(0),
    found: "f",
    facts: { allowed: ["kubernetes", "orphan", "foregroundDeletion"] },
  },
  "finalizers-conflict": {
    path: Path.root.child("metadata").child("finalizers"),
    found: ["foregroundDeletion", "orphan"],
  },
  "finalizer-while-deleted": { path: Path.root.child("metadata").child("finalizers"), found: ["example.com/late"] },
  "unsupported-value": {
    path: Path.root.child("spec").child("type"),
    found: "Nodeport",
    facts: { allowed: ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"] },
  },
  "ports-required": { path: Path.root.child("spec").child("ports") },
  "port-name-required": { path: Path.root.child("spec").child("ports").index(0).child("name") },
  "port-name-format": { path: Path.root.child("spec").child("ports").index(0).child("name"), found: "HTTP_Web" },
  "duplicate-port-name": { path: Path.root.child("spec").child("ports").index(1).child("name"), found: "a" },
  "duplicate-port": { path: Path.root.child("spec").child("ports").index(1), found: 80, facts: { other: "TCP" } },
  "duplicate-node-port": {
    path: Path.root.child("spec").child("ports").index(1).child("nodePort"),
    found: 30080,
    facts: { other: "TCP" },
  },
  "port-range": {
    path: Path.root.child("spec").child("healthCheckNodePort"),
    found: 70000,
    facts: { min: 1, max: 65535 },
  },
  "target-port-name": { path: Path.root.child("spec").child("ports").index(0).child("targetPort"), found: "HTTP" },
  "app-protocol-format": { path: Path.root.child("spec").child("ports").index(0).child("appProtocol"), found: "/x" },
  "node-port-cluster-ip": { path: Path.root.child("spec").child("ports").index(0).child("nodePort"), found: 30080 },
  "kubelet-port": { path: Path.root.child("spec").child("ports").index(0), found: 10250 },
  "external-name-required": { path: Path.root.child("spec").child("externalName") },
  "external-name-format": { path: Path.root.child("spec").child("externalName"), found: "DB.example.com" },
  "affinity-timeout-range": {
    path: Path.root.child("spec").child("sessionAffinityConfig").child("clientIP").child("timeoutSeconds"),
    found: 0,
    facts: { min: 1, max: 86400 },
  },
  "only-load-balancer": {
    path: Path.root.child("spec").child("loadBalancerSourceRanges"),
    found: ["10.0.0.0/8"],
    facts: { type: "ClusterIP" },
  },
  "load-balancer-class-format": { path: Path.root.child("spec").child("loadBalancerClass"), found: "/x" },
  "external-policy-not-reachable": {
    path: Path.root.child("spec").child("externalTrafficPolicy"),
    found: "Local",
    facts: { type: "ClusterIP" },
  },
  "health-check-port-unused": {
    path: Path.root.child("spec").child("healthCheckNodePort"),
    found: 31000,
    facts: { type: "LoadBalancer" },
  },
  "node-port-out-of-range": {
    path: Path.root.child("spec").child("ports").index(0).child("nodePort"),
    found: 29999,
    facts: { min: 30000, max: 32767 },
  },
  "node-port-taken": { path: Path.root.child("spec").child("ports").index(1).child("nodePort"), found: 30001 },
  "node-port-collides": {
    path: Path.root.child("spec").child("ports").index(1),
    found: 30080,
    facts: { other: "TCP" },
  },
  "health-check-port-unavailable": {
    path: Path.root.child("spec").child("healthCheckNodePort"),
    found: 29999,
    facts: { min: 30000, max: 32767 },
  },
  "status-only-load-balancer": {
    path: Path.root.child("status").child("loadBalancer").child("ingress"),
    found: [{}],
    facts: { type: "ClusterIP" },
  },
  "ip-mode-required": {
    path: Path.root.child("status").child("loadBalancer").child("ingress").index(0).child("ipMode"),
    facts: { allowed: ["VIP", "Proxy"] },
  },
  "ip-mode-without-ip": {
    path: Path.root.child("status").child("loadBalancer").child("ingress").index(0).child("ipMode"),
    found: "VIP",
  },
  "hostname-format": {
    path: Path.root.child("status").child("loadBalancer").child("ingress").index(0).child("hostname"),
    found: "Bad_Host",
  },
  "hostname-is-ip": {
    path: Path.root.child("status").child("loadBalancer").child("ingress").index(0).child("hostname"),
    found: "1.2.3.4",
  },
  "ip-format": { path: Path.root.child("spec").child("externalIPs").index(0), found: "203.0.113.256" },
  "ip-leading-zeros": { path: Path.root.child("spec").child("externalIPs").index(0), found: "203.0.113.010" },
  "ip-mapped": { path: Path.root.child("spec").child("clusterIPs").index(0), found: "::ffff:10.96.3.3" },
  "ip-special": {
    path: Path.root.child("spec").child("externalIPs").index(0),
    found: "::",
    facts: { use: "unspecified" },
  },
  "cidr-format": { path: Path.root.child("spec").child("loadBalancerSourceRanges").index(0), found: "203.0.113.7" },
  "cidr-in-list-format": {
    path: Path.root.child("spec").child("loadBalancerSourceRanges").index(0),
    found: "203.0.113.7",
  },
  "cidr-leading-zeros": {
    path: Path.root.child("spec").child("loadBalancerSourceRanges").index(0),
    found: "010.0.0.0/8",
  },
  "cidr-mapped": {
    path: Path.root.child("spec").child("loadBalancerSourceRanges").index(0),
    found: "::ffff:10.0.0.0/104",
  },
  "cidr-host-bits": {
    path: Path.root.child("spec").child("loadBalancerSourceRanges").index(0),
    found: "10.0.0.1/8",
    facts: { allowed: ["10.0.0.1/32", "10.0.0.0/8"] },
  },
  "none-not-alone": { path: Path.root.child("spec").child("clusterIPs"), found: ["None", "10.96.7.8"] },
  "too-many-cluster-ips": {
    path: Path.root.child("spec").child("clusterIPs"),
    found: ["10.96.7.8", "fd00:10:96::78", "10.96.7.9"],
  },
  "cluster-ips-one-family": { path: Path.root.child("spec").child("clusterIPs"), found: ["10.96.7.8", "None"] },
  "cluster-ip-family": {
    path: Path.root.child("spec").child("clusterIPs").index(0),
    found: "fd00::1",
    facts: { allowed: ["IPv4"], other: "spec.ipFamilies[0]" },
  },
  "cluster-ips-alone": {
    path: Path.root.child("spec").child("clusterIPs"),
    found: ["10.96.7.8"],
    facts: { other: "10.96.7.8" },
  },
  "cluster-ips-required": { path: Path.root.child("spec").child("clusterIPs") },
  "cluster-ips-differ": {
    path: Path.root.child("spec").child("clusterIPs"),
    found: ["10.96.7.9"],
    facts: { other: "10.96.7.8" },
  },
  "headless-type": {
    path: Path.root.child("spec").child("clusterIPs").index(0),
    found: "None",
    facts: { type: "NodePort" },
  },
  "not-for-external-name": { path: Path.root.child("spec").child("clusterIPs"), found: ["10.96.7.8"] },
  "duplicate-family": { path: Path.root.child("spec").child("ipFamilies").index(1), found: "IPv4" },
  "single-stack-with-two": {
    path: Path.root.child("spec").child("ipFamilyPolicy"),
    facts: { other: "spec.ipFamilies" },
  },
  "single-stack-cluster": {
    path: Path.root.child("spec").child("ipFamilyPolicy"),
    found: "RequireDualStack",
    facts: { allowed: ["IPv6"] },
  },
  "family-not-in-cluster": {
    path: Path.root.child("spec").child("ipFamilies").index(0),
    found: "IPv4",
    facts: { allowed: ["IPv6"] },
  },
  "address-family-not-in-cluster": {
    path: Path.root.child("spec").child("clusterIPs").index(0),
    found: "fd00::1",
    facts: { allowed: ["IPv4"] },
  },
  "address-out-of-range": {
    path: Path.root.child("spec").child("clusterIPs"),
    found: "10.97.0.5",
    facts: { allowed: ["10.96.0.0/16", "fd00:10:96::/112"] },
  },
  "second-family-lacking": {
    path: Path.root.child("spec").child("ipFamilies").index(1),
    found: "IPv6",
    facts: { allowed: ["IPv4"] },
  },
  "address-without-name": { path: Path.root.child("spec").child("clusterIPs") },
  "cluster-ips-unreadable": { path: Path.root.child("spec").child("clusterIPs"), found: ["10.96.7.8", "None"] },
  "address-taken": {
    path: Path.root.child("spec").child("clusterIPs"),
    found: "10.96.0.1",
    facts: { allowed: ["10.96.0.0/16"] },
  },
  immutable: {
    path: Path.root.child("spec").child("loadBalancerClass"),
    found: "example.com/b",
    facts: { other: "example.com/a" },
  },
  "primary-family-immutable": {
    path: Path.root.child("spec").child("ipFamilies").index(0),
    found: "IPv6",
    facts: { other: "IPv4 (10.96.7.8)", want: "IPv4" },
  },
  "health-check-port-immutable": {
    path: Path.root.child("spec").child("healthCheckNodePort"),
    found: 31000,
    facts: { other: "30289" },
  },
  "primary-unset": {
    path: Path.root.child("spec").child("clusterIPs").index(0),
    found: [],
    facts: { other: "10.96.7.8" },
  },
  "downgrade-without-single-stack": {
    path: Path.root.child("spec").child("ipFamilyPolicy"),
    found: "PreferDualStack",
    facts: { other: "spec.clusterIPs" },
  },
  "duplicate-owner": { path: Path.root.child("metadata").child("ownerReferences"), found: ["web"] },
  "topology-hints-deprecated": {
    path: Path.root.child("metadata").child("annotations").key("service.kubernetes.io/topology-aware-hints"),
    found: "Auto",
  },
  "external-ips-deprecated": { path: Path.root.child("spec").child("externalIPs"), found: ["10.96.0.1"] },
  "prefer-close-deprecated": { path: Path.root.child("spec").child("trafficDistribution"), found: "PreferClose" },
  "ignored-field": {
    path: Path.root.child("spec").child("externalName"),
    found: "db.example.com",
    facts: { because: "spec.type is not ExternalName" },
  },
  "address-unreadable": {
    path: Path.root.child("spec").child("loadBalancerSourceRanges").index(0),
    found: " 10.0.0.0/8",
  },
  "address-nonstandard": {
    path: Path.root.child("spec").child("loadBalancerSourceRanges").index(0),
    found: "010.0.0.0/8",
    facts: { other: "10.0.0.0/8" },
  },
  "address-not-canonical": {
    path: Path.root.child("spec").child("clusterIPs").index(0),
    found: "FD00:10:96::7B",
    facts: { other: "fd00:10:96::7b" },
  },
  "cidr-ambiguous": {
    path: Path.root.child("spec").child("loadBalancerSourceRanges").index(0),
    found: "10.0.0.1/8",
    facts: { allowed: ["10.0.0.1/32", "10.0.0.0/8"] },
  },
};
