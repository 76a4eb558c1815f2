import fc from "fast-check";
import { isObject, type JsonObject } from "#src/field/json.ts";

/** Services that the API server mostly accepts, with values that rules look at. */

const some = <T>(value: fc.Arbitrary<T>, freq = 2): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq });
const pick = fc.constantFrom;

const YES_AND_NO = pick("true", "false", "", "internal", "internet-facing", "Internal", "1", " no ", "private");
const ANNOTATIONS = fc.dictionary(
  pick(
    "team",
    "tier",
    "example.com/cost-centre",
    "platform.example.com/zone",
    "service.beta.kubernetes.io/aws-load-balancer-scheme",
    "service.beta.kubernetes.io/aws-load-balancer-internal",
    "service.beta.kubernetes.io/azure-load-balancer-internal",
    "networking.gke.io/load-balancer-type",
    "cloud.google.com/load-balancer-type",
    "service.kubernetes.io/topology-mode",
    "service.alpha.kubernetes.io/tolerate-unready-endpoints",
  ),
  fc.oneof(YES_AND_NO, pick("gold", "4711", "é\u{1F600}", "a\nb", "x".repeat(5000))),
  { maxKeys: 3 },
);
const EXEMPTIONS = fc.dictionary(
  pick("exempt.fairlead.dev/named-ports", "exempt.fairlead.dev/own", "exempt.fairlead.dev/node-ports-forbidden"),
  pick("a ticket", "", " ", "a ticket; expires 2020-01-01", "; expires 2030-01-01", "a;b", "ticket 1 "),
  { maxKeys: 2 },
);
const RANGES = fc.array(
  pick(
    "10.0.0.0/8",
    "203.0.113.0/24",
    "0.0.0.0/0",
    "::/0",
    "fd00::/8",
    "2001:db8::/32",
    "10.0.0.0/7",
    "010.0.0.0/8",
    "::ffff:10.0.0.0/104",
  ),
  { minLength: 1, maxLength: 3 },
);
const LABELS = fc.dictionary(
  pick("team", "tier", "app", "fairlead.dev/protected", "platform.example.com/zone"),
  pick("shop", "true", "gold", "", "silver"),
  { maxKeys: 3 },
);
const SELECTOR = fc.dictionary(
  pick("app", "env", "tier", "pod-template-hash", "controller-uid", "team"),
  pick("shop", "prod", ""),
  { maxKeys: 3 },
);
const HOSTS = pick(
  "db.example.com",
  "db.example.com.",
  "go.dev",
  "go.dev.",
  "localhost",
  "a.localhost",
  "db.payments.svc.cluster.local",
  "db.payments.svc",
  "db.payments",
  "db",
  "db.corp",
  "db.xn--p1ai",
  "10.0.0.1.nip.io",
  "a-169-254-169-254.example.com",
  "a-127-0-0-1.example.com",
  "0-0-0-0.example.com",
  "a9fea9fe.example.com",
  "0x7f000001.example.com",
  "2130706433.example.com",
  "12130706433.example.com",
  "fd00-ec2--254.example.com",
  "0--1.example.com",
  "0--2.example.com",
  "0--ffff-a9fe-a9fe.example.com",
  "0--ffff-7f00-1.example.com",
  "168.063.129.016.example.com",
  "a.192.0.0.192.com",
  "192.0.2.7",
  "127.1",
  "0x7f.1",
  "metadata.google.internal",
  "instance-data.example.com",
  "badexample.com",
  "DB.Example.COM",
  "127.256.0.1.example.com",
);

const PORTS = fc.uniqueArray(
  fc.record(
    {
      port: pick(22, 53, 80, 443, 8080, 5432),
      targetPort: pick(80, 8080, "http", 5432),
      protocol: pick("TCP", "UDP", "SCTP"),
      nodePort: pick(30000, 30080, 30085, 30086, 31000, 32767),
      appProtocol: pick(
        "http",
        "https",
        "h2c",
        "HTTP",
        "kubernetes.io/h2c",
        "kubernetes.io/wss",
        "a--b",
        "grpc",
        "1",
        "x".repeat(16),
      ),
    },
    { requiredKeys: ["port"] },
  ),
  { minLength: 1, maxLength: 4, selector: ({ port, protocol = "TCP" }) => `${port} ${protocol}` },
);
const PORT_NAMES = fc.shuffledSubarray(
  ["http", "https", "grpc-api", "web", "tls-a", "http2", "http-", "db"].filter((name) => !name.endsWith("-")),
  {
    minLength: 4,
    maxLength: 4,
  },
);

const SPEC = fc.record(
  {
    type: pick("ClusterIP", "NodePort", "LoadBalancer", "LoadBalancer", "ExternalName"),
    selector: SELECTOR,
    clusterIP: pick("None", "10.96.0.77"),
    ipFamilyPolicy: pick("SingleStack", "PreferDualStack"),
    externalIPs: fc.array(
      pick("198.51.100.7", "203.0.113.7", "198.051.100.007", "::ffff:198.51.100.9", "2001:db8::1", "2001:DB8::0:1"),
      { minLength: 1, maxLength: 2 },
    ),
    externalName: HOSTS,
    externalTrafficPolicy: pick("Cluster", "Local"),
    internalTrafficPolicy: pick("Cluster", "Local"),
    trafficDistribution: pick("PreferClose"),
    healthCheckNodePort: pick(30010, 31999),
    loadBalancerClass: pick(
      "example.com/a",
      "example.org/a",
      "service.k8s.aws/nlb",
      "networking.gke.io/l4-regional-internal",
      "networking.gke.io/l4-regional-external",
    ),
    loadBalancerIP: pick("203.0.113.7"),
    loadBalancerSourceRanges: RANGES,
    allocateLoadBalancerNodePorts: fc.boolean(),
    publishNotReadyAddresses: fc.boolean(),
    sessionAffinity: pick("None", "ClientIP"),
  },
  { requiredKeys: ["type"] },
);

/** Fields that only some types of Service have: left out of others, so that most are accepted. */
function fitting(spec: JsonObject): JsonObject {
  const left: JsonObject = { ...spec };
  const drop = (...names: readonly string[]): void => {
    for (const name of names) Reflect.deleteProperty(left, name);
  };
  const { type } = spec;
  if (type !== "LoadBalancer")
    drop(
      "loadBalancerClass",
      "loadBalancerIP",
      "loadBalancerSourceRanges",
      "allocateLoadBalancerNodePorts",
      "healthCheckNodePort",
    );
  if (type !== "LoadBalancer" || spec["externalTrafficPolicy"] !== "Local") drop("healthCheckNodePort");
  if (type !== "LoadBalancer" && type !== "NodePort") drop("externalTrafficPolicy");
  if (type !== "ExternalName") drop("externalName");
  else drop("clusterIP", "ipFamilyPolicy", "internalTrafficPolicy", "externalIPs");
  if (type !== "ClusterIP" && left["clusterIP"] === "None") drop("clusterIP");
  if (left["clusterIP"] !== undefined) drop("ipFamilyPolicy");
  return left;
}

function withPorts(
  spec: JsonObject,
  ports: readonly JsonObject[],
  names: readonly string[],
  named: boolean,
): JsonObject {
  const { type } = spec;
  const isNamed = named || ports.length > 1;
  return {
    ...spec,
    ports: ports.map(({ nodePort, ...port }, i) => ({
      ...port,
      ...(isNamed && { name: names[i] }),
      ...((type === "NodePort" || type === "LoadBalancer") && nodePort !== undefined && { nodePort }),
    })),
  };
}

const STATUS = fc.array(
  fc.record(
    {
      ip: pick("198.51.100.7", "203.0.113.7", "2001:db8::1"),
      hostname: pick("lb.example.com", "a.elb.example.com", "A.ELB.example.com."),
    },
    { requiredKeys: [] },
  ),
  { maxLength: 2 },
);

export const richService: fc.Arbitrary<JsonObject> = fc
  .record({
    name: pick("shop", "server", "redis", "kubernetes"),
    labels: some(LABELS, 4),
    annotations: some(
      fc.tuple(ANNOTATIONS, EXEMPTIONS).map(([one, other]) => ({ ...one, ...other })),
      4,
    ),
    sourceRanges: fc.option(pick("203.0.113.0/24, 198.51.100.0/24", " ", "0.0.0.0/0", "10.0.0.0/7"), {
      nil: undefined,
      freq: 1,
    }),
    azure: fc.option(pick("10.0.0.0/6", "x, 203.0.113.0/24", "2001:db8::/16"), { nil: undefined, freq: 1 }),
    owners: fc.subarray(["u1", "u2"]),
    finalizers: fc.subarray(["example.com/a", "example.com/b"]),
    spec: SPEC.map(fitting),
    ports: PORTS,
    names: PORT_NAMES,
    named: fc.boolean(),
    ingress: STATUS,
  })
  .map(({ name, labels, annotations, sourceRanges, azure, owners, finalizers, spec, ports, names, named, ingress }) => {
    const known = {
      ...annotations,
      ...(sourceRanges !== undefined && { "service.beta.kubernetes.io/load-balancer-source-ranges": sourceRanges }),
      ...(azure !== undefined && { "service.beta.kubernetes.io/azure-allowed-ip-ranges": azure }),
    };
    return {
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name,
        namespace: "team-a",
        ...(labels && { labels }),
        ...(Object.keys(known).length > 0 && { annotations: known }),
        ...(owners.length > 0 && {
          ownerReferences: owners.map((uid) => ({ apiVersion: "v1", kind: "ConfigMap", name: uid, uid })),
        }),
        ...(finalizers.length > 0 && { finalizers }),
      },
      spec: withPorts(spec, ports, names, named),
      status: { loadBalancer: { ...(spec["type"] === "LoadBalancer" && ingress.length > 0 && { ingress }) } },
    };
  });

/** An object and another with which an update of it is mostly accepted; parts of both are the same. */
export const update: fc.Arbitrary<{ readonly old: JsonObject; readonly object: JsonObject }> = fc
  .record({
    old: richService,
    other: richService,
    kept: fc.subarray(["labels", "annotations", "ownerReferences", "finalizers", "spec", "ports", "type"]),
  })
  .map(({ old, other, kept }) => {
    const part = (object: JsonObject, name: string): JsonObject => {
      const value = object[name];
      return isObject(value) ? value : {};
    };
    const merged = (name: "metadata" | "spec"): JsonObject => {
      const own: JsonObject = { ...part(other, name) };
      for (const field of kept) {
        const before = part(old, name)[field];
        Reflect.deleteProperty(own, field);
        if (before !== undefined) own[field] = before;
      }
      return own;
    };
    const spec = kept.includes("spec") ? part(old, "spec") : fitting(merged("spec"));
    return {
      old,
      object: { ...other, metadata: { ...merged("metadata"), name: part(old, "metadata")["name"] }, spec },
    };
  });
