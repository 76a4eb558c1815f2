import fc from "fast-check";
import type { JsonObject } from "#src/field/json.ts";
import { type ClusterProfile, PROFILES } from "#src/service/cluster/cluster-profile.ts";

/** Services drawn field by field from valid and invalid values, and clusters to ask about them. */

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 2 });
const oneOf = (...values: readonly unknown[]): fc.Arbitrary<unknown> => fc.constantFrom(...values);

const ADDRESS = oneOf(
  "10.96.0.10",
  "10.96.255.255",
  "fd00:10:96::10",
  "203.0.113.7",
  "010.96.0.11",
  "::ffff:10.96.0.9",
  "None",
  "",
  "x",
  "127.0.0.1",
);
const PORT_NUMBER = oneOf(80, 443, 0, -1, 65535, 65536, 30080, 32767, 10250, null);
const WORD = oneOf("", "web", "a-b", "Web", "a b", "1", "x".repeat(64), "example.com/a", "a/b/c");

const port = fc.record(
  {
    name: WORD,
    port: PORT_NUMBER,
    targetPort: oneOf(80, 0, "http", "HTTP", "", 70000, null, "80"),
    nodePort: oneOf(30080, 30081, 0, 1, 70000, null),
    protocol: oneOf("TCP", "UDP", "SCTP", "tcp", "", null),
    appProtocol: oneOf("http", "kubernetes.io/h2c", "", "a b"),
  },
  { requiredKeys: [] },
);

const spec = fc.record(
  {
    type: oneOf("ClusterIP", "NodePort", "LoadBalancer", "ExternalName", "", "Foo", null),
    ports: fc.array(fc.oneof({ weight: 20, arbitrary: port }, { weight: 1, arbitrary: oneOf(null, 1) }), {
      maxLength: 3,
    }),
    selector: fc.oneof(
      fc.dictionary(fc.constantFrom("app", "a/b/c", "example.com/app"), fc.constantFrom("web", "", "a b"), {
        maxKeys: 2,
      }),
      oneOf(null, []),
    ),
    clusterIP: ADDRESS,
    clusterIPs: fc.array(ADDRESS, { maxLength: 3 }),
    ipFamilies: fc.array(oneOf("IPv4", "IPv6", "ipv4"), { maxLength: 3 }),
    ipFamilyPolicy: oneOf("SingleStack", "PreferDualStack", "RequireDualStack", "Foo", "", null),
    externalIPs: fc.array(ADDRESS, { maxLength: 2 }),
    externalName: oneOf("db.example.com", "db.example.com.", "DB", "", "."),
    externalTrafficPolicy: oneOf("Cluster", "Local", "", "Foo"),
    internalTrafficPolicy: oneOf("Cluster", "Local", "", "Foo", null),
    trafficDistribution: oneOf("PreferClose", "PreferSameZone", "", "Foo"),
    healthCheckNodePort: PORT_NUMBER,
    loadBalancerClass: WORD,
    loadBalancerIP: ADDRESS,
    loadBalancerSourceRanges: fc.array(oneOf("10.0.0.0/8", " 10.0.0.0/8 ", "10.0.0.1/8", "fd00::/8", "x", ""), {
      maxLength: 2,
    }),
    allocateLoadBalancerNodePorts: oneOf(true, false, null, "true"),
    publishNotReadyAddresses: oneOf(true, false, null, "yes"),
    sessionAffinity: oneOf("None", "ClientIP", "", "Foo"),
    sessionAffinityConfig: oneOf(
      {},
      { clientIP: {} },
      { clientIP: { timeoutSeconds: 10 } },
      { clientIP: { timeoutSeconds: 0 } },
      null,
    ),
    bogus: oneOf(1, null, {}),
  },
  { requiredKeys: [] },
);

const metadata = fc.record(
  {
    name: fc.oneof({ weight: 8, arbitrary: fc.constant("web") }, { weight: 1, arbitrary: WORD }),
    namespace: oneOf("default", "default", "default", "other", ""),
    generateName: oneOf("web-", "Web-", ""),
    labels: fc.dictionary(fc.constantFrom("app", "a b"), fc.constantFrom("web", "-"), { maxKeys: 2 }),
    annotations: fc.dictionary(
      fc.constantFrom(
        "a",
        "service.kubernetes.io/topology-mode",
        "service.beta.kubernetes.io/load-balancer-source-ranges",
      ),
      fc.constantFrom("Auto", "10.0.0.0/8, 10.1.0.0/16", ""),
      { maxKeys: 2 },
    ),
    finalizers: fc.array(oneOf("example.com/a", "x", "orphan", "foregroundDeletion"), { maxLength: 2 }),
    ownerReferences: fc.array(oneOf({ apiVersion: "v1", kind: "Pod", name: "p", uid: "u" }, { kind: "" }, null), {
      maxLength: 2,
    }),
    creationTimestamp: oneOf(null, "2027-01-01T00:00:00Z", "yesterday"),
  },
  { requiredKeys: ["name"] },
);

/** Any Service: some valid, most with one thing or another that is wrong. */
export const anyService: fc.Arbitrary<JsonObject> = fc
  .record({
    metadata,
    spec,
    apiVersion: maybe(oneOf("v1", "v1", "v2")),
    status: maybe(oneOf({}, null, { loadBalancer: { ingress: [{ ip: "203.0.113.9" }] } })),
  })
  .map(({ apiVersion, status, ...rest }) => ({
    ...(apiVersion === undefined ? {} : { apiVersion }),
    kind: "Service",
    ...rest,
    ...(status === undefined ? {} : { status }),
  }));

const sound = fc.record(
  {
    type: fc.constantFrom("ClusterIP", "NodePort", "LoadBalancer"),
    selector: fc.constantFrom({ app: "web" }, {}),
    clusterIP: fc.constantFrom("None", "10.96.0.10", "fd00:10:96::10"),
    ipFamilyPolicy: fc.constantFrom("SingleStack", "PreferDualStack", "RequireDualStack"),
    externalTrafficPolicy: fc.constantFrom("Cluster", "Local"),
    sessionAffinity: fc.constantFrom("None", "ClientIP"),
    allocateLoadBalancerNodePorts: fc.boolean(),
    externalIPs: fc.constantFrom(["203.0.113.7"]),
    loadBalancerSourceRanges: fc.constantFrom(["10.0.0.0/8"]),
    loadBalancerClass: fc.constant("example.com/lb"),
  },
  { requiredKeys: [] },
);

const soundPorts = fc.uniqueArray(
  fc.record(
    {
      port: fc.integer({ min: 1, max: 9999 }),
      targetPort: fc.constantFrom(8080, "http"),
      protocol: fc.constantFrom("TCP", "UDP"),
      nodePort: fc.integer({ min: 30000, max: 32767 }),
    },
    { requiredKeys: ["port"] },
  ),
  { minLength: 1, maxLength: 3, selector: ({ port: number }) => number },
);

/** A Service that is more often valid than not. */
export const soundService: fc.Arbitrary<JsonObject> = fc.tuple(sound, soundPorts).map(([drawn, ports]) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web" },
  spec: { ...drawn, ports: ports.map((one, i) => ({ name: `p${i}`, ...one })) },
}));

/** A cluster of each kind of address families. */
export const anyCluster: fc.Arbitrary<ClusterProfile> = fc.constantFrom(...Object.values(PROFILES));
