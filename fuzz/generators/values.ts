import { RULES } from "#src/policy/rules/registry.ts";

/** Keys with a special meaning in JavaScript, which must be ordinary keys here. */
export const ODD_KEYS: readonly string[] = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "",
  "0",
  "length",
];

const ADDRESSES = [
  "10.96.0.10",
  "10.96.255.255",
  "fd00:10:96::10",
  "203.0.113.7",
  "010.96.0.11",
  "::ffff:10.96.0.9",
  "None",
  "none",
  "",
  "127.0.0.1",
  "169.254.169.254",
  "FD00:10:96::A",
  "::",
  "0.0.0.0",
  "1.2.3",
  "fe80::1%eth0",
  "256.1.1.1",
  "x",
];
const RANGES = [
  "10.0.0.0/8",
  " 10.0.0.0/8 ",
  "10.0.0.1/8",
  "fd00::/8",
  "0.0.0.0/0",
  "::/0",
  "010.0.0.0/8",
  "::ffff:10.0.0.0/104",
  "x",
  "",
  "1.1.1.1/33",
];
const PORTS = [80, 443, 8080, 0, -1, 65535, 65536, 30080, 32767, 10250, 2 ** 31, 1e21, 80.5, null, "80", "http"];
const NAMES = [
  "web",
  "shop",
  "a-b",
  "Web",
  "a b",
  "1",
  "",
  "x".repeat(63),
  "x".repeat(64),
  "example.com/a",
  "a/b/c",
  "kube-system",
  "-",
];
const WORDS = [
  "",
  "web",
  "true",
  "null",
  "~",
  "0x1F",
  "1e3",
  "é",
  "𝄞",
  "\ud800",
  "\u0000",
  "\u001b[31m",
  "::error::x",
  "a\nb",
  "{{ .Values.x }}",
  "%2e%2e",
];
const DATES = ["2026-11-24T00:00:00Z", "2026-11-24", "yesterday", null, "9999-12-31T23:59:59Z", "2026-02-30T00:00:00Z"];
const FLAGS = [true, false, null, "true", 0];
const POLICIES = ["Cluster", "Local", "", "Foo", "cluster", null];

/** Values to try in fields of these names; for other fields the schema has only a type. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  apiVersion: ["v1", "v2", "apps/v1", ""],
  kind: ["Service", "service", "Services", "Pod", ""],
  name: NAMES,
  generateName: ["web-", "Web-", ""],
  namespace: ["default", "team-a", "kube-system", "fairlead", ""],
  uid: ["6f1d3c1e-0000-4000-8000-000000000001", "u", ""],
  resourceVersion: ["1", "", "x"],
  creationTimestamp: DATES,
  deletionTimestamp: DATES,
  lastTransitionTime: DATES,
  time: DATES,
  finalizers: ["example.com/a", "x", "orphan", "foregroundDeletion", "service.kubernetes.io/load-balancer-cleanup"],
  type: ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName", "", "Foo", "clusterip", "Loadbalancer"],
  protocol: ["TCP", "UDP", "SCTP", "tcp", "", "HTTP"],
  appProtocol: ["http", "kubernetes.io/h2c", "", "a b", "https"],
  port: PORTS,
  targetPort: PORTS,
  nodePort: PORTS,
  healthCheckNodePort: PORTS,
  clusterIP: ADDRESSES,
  clusterIPs: ADDRESSES,
  externalIPs: ADDRESSES,
  loadBalancerIP: ADDRESSES,
  ip: ADDRESSES,
  loadBalancerSourceRanges: RANGES,
  externalName: [
    "db.example.com",
    "db.example.com.",
    "DB",
    "",
    ".",
    "169.254.169.254",
    "kubernetes.default.svc.cluster.local",
    "db.payments",
  ],
  hostname: ["lb.example.com", "", "x y"],
  ipFamilies: ["IPv4", "IPv6", "ipv4", ""],
  ipFamilyPolicy: ["SingleStack", "PreferDualStack", "RequireDualStack", "Foo", "", null],
  ipMode: ["VIP", "Proxy", "x"],
  externalTrafficPolicy: POLICIES,
  internalTrafficPolicy: POLICIES,
  trafficDistribution: ["PreferClose", "PreferSameZone", "PreferSameNode", "", "Foo"],
  loadBalancerClass: NAMES,
  sessionAffinity: ["None", "ClientIP", "", "Foo"],
  timeoutSeconds: [10, 0, -1, 86400, 86401, 10800, 60, null, "10"],
  allocateLoadBalancerNodePorts: FLAGS,
  publishNotReadyAddresses: FLAGS,
  operation: ["Apply", "Update"],
  fieldsV1: [
    {
      "f:spec": {
        "f:type": {},
        "f:sessionAffinity": {},
        "f:ports": { 'k:{"port":80,"protocol":"TCP"}': { "f:port": {} } },
      },
    },
    { "f:spec": { 'k:{"port":': {}, ".": {} } },
    "x",
    null,
  ],
};

const byField = new Map(Object.entries(VALUES));

/** The values to try in a field of that name, valid ones first. */
export function valuesOf(field: string): readonly unknown[] | undefined {
  return byField.get(field);
}

/** Labels and annotations with any keys. */
export const MAP_KEYS: readonly string[] = [
  "app",
  "team",
  "a b",
  "a/b/c",
  "example.com/app",
  "app.kubernetes.io/name",
  "fairlead.dev/protected",
  "__proto__",
  "constructor",
  "service.kubernetes.io/topology-mode",
  "service.kubernetes.io/topology-aware-hints",
  "service.beta.kubernetes.io/load-balancer-source-ranges",
  "service.beta.kubernetes.io/aws-load-balancer-scheme",
  "kubectl.kubernetes.io/last-applied-configuration",
  ...RULES.map(({ id }) => `exempt.fairlead.dev/${id}`),
];

export const MAP_VALUES: readonly unknown[] = [
  "web",
  "",
  "a b",
  "Auto",
  "10.0.0.0/8, 10.1.0.0/16",
  "true",
  "a ticket; expires 2027-01-01",
  "; expires 2026-02-30",
  "x".repeat(64),
  '{"spec":{"type":"NodePort","ports":[{"port":80}]}}',
  "{",
  1,
  null,
];

/** Values to try in any place, valid there or not. */
export const ANY: readonly unknown[] = [
  ...WORDS,
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 53,
  [],
  {},
  [null],
  [[]],
  { a: 1 },
];
