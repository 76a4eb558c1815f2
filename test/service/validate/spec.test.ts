import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { create, manifest, type Options, saidOf, stored, update } from "#test/engine/ask.ts";

const V133: Options = { version: { minor: 33 } };
const V134: Options = { version: { minor: 34 } };

const said = (code: string, field: string, reason: string, found?: unknown, more: JsonObject = {}): JsonObject => ({
  code,
  path: `spec.${field}`,
  reason: `FieldValue${reason}`,
  ...(found === undefined ? {} : { found }),
  ...more,
});
const unsupported = (field: string, found: string, allowed: readonly string[]): JsonObject =>
  said("unsupported-value", field, "NotSupported", found, { allowed });
const alias = { type: "ExternalName", externalName: "db.example.com" };

describe("enumerated fields hold one of their values", () => {
  const policies = ["Cluster", "Local"];
  it.each<{ rule: string; spec: JsonObject; options?: Options; want: JsonObject[] }>([
    {
      rule: "type",
      spec: { type: "Nodeport" },
      want: [unsupported("type", "Nodeport", ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"])],
    },
    {
      rule: "sessionAffinity",
      spec: { sessionAffinity: "Cookie" },
      want: [unsupported("sessionAffinity", "Cookie", ["None", "ClientIP"])],
    },
    {
      rule: "externalTrafficPolicy",
      spec: { type: "NodePort", externalTrafficPolicy: "local" },
      want: [unsupported("externalTrafficPolicy", "local", policies)],
    },
    {
      rule: "internalTrafficPolicy",
      spec: { internalTrafficPolicy: "local" },
      want: [unsupported("internalTrafficPolicy", "local", policies)],
    },
    {
      rule: "trafficDistribution",
      spec: { trafficDistribution: "Near" },
      want: [unsupported("trafficDistribution", "Near", ["PreferClose", "PreferSameZone", "PreferSameNode"])],
    },
    {
      rule: "trafficDistribution, which had one value before 1.34",
      spec: { trafficDistribution: "PreferSameZone" },
      options: V133,
      want: [unsupported("trafficDistribution", "PreferSameZone", ["PreferClose"])],
    },
    { rule: "and has two more since", spec: { trafficDistribution: "PreferSameZone" }, options: V134, want: [] },
    { rule: "the other one of these", spec: { trafficDistribution: "PreferSameNode" }, options: V134, want: [] },
    { rule: "the older one", spec: { trafficDistribution: "PreferClose" }, options: V133, want: [] },
    ...policies.flatMap((policy) => [
      { rule: `externalTrafficPolicy ${policy}`, spec: { type: "NodePort", externalTrafficPolicy: policy }, want: [] },
      { rule: `internalTrafficPolicy ${policy}`, spec: { internalTrafficPolicy: policy }, want: [] },
    ]),
  ])("$rule", ({ spec, options, want }) => {
    expect(saidOf(create(manifest(spec), options).causes)).toEqual(want);
  });
});

describe("an ExternalName", () => {
  const wrong = (found: string): JsonObject => said("external-name-format", "externalName", "Invalid", found);
  it.each<{ rule: string; spec: JsonObject; want: JsonObject[] }>([
    {
      rule: "names its target",
      spec: { externalName: "" },
      want: [said("external-name-required", "externalName", "Required")],
    },
    {
      rule: "names more than a dot",
      spec: { externalName: "." },
      want: [said("external-name-required", "externalName", "Required", ".")],
    },
    { rule: "may end in a dot", spec: { externalName: "db.example.com." }, want: [] },
    { rule: "ends in one dot at most", spec: { externalName: "db.example.com.." }, want: [wrong("db.example.com..")] },
    { rule: "is lower case", spec: { externalName: "DB.example.com" }, want: [wrong("DB.example.com")] },
    { rule: "may look like an address", spec: { externalName: "10.9.8.7" }, want: [] },
    {
      rule: "has no cluster IPs",
      spec: { clusterIP: "10.96.0.7" },
      want: [
        {
          ...said("not-for-external-name", "clusterIP", "Forbidden", ["10.96.0.7"]),
          field: "spec.clusterIPs",
        },
      ],
    },
    {
      rule: "is not headless either",
      spec: { clusterIP: "None", clusterIPs: ["None"] },
      want: [said("not-for-external-name", "clusterIPs", "Forbidden", ["None"])],
    },
    {
      rule: "has no families",
      spec: { ipFamilies: ["IPv4"] },
      want: [said("not-for-external-name", "ipFamilies", "Forbidden", ["IPv4"])],
    },
    {
      rule: "has no family policy",
      spec: { ipFamilyPolicy: "SingleStack" },
      want: [said("not-for-external-name", "ipFamilyPolicy", "Forbidden", "SingleStack")],
    },
    { rule: "may have a selector", spec: { selector: { app: "web" } }, want: [] },
  ])("$rule", ({ spec, want }) => {
    expect(saidOf(create(manifest({ ...alias, ...spec })).causes)).toEqual(want);
  });

  it("has its internal traffic policy looked at, and not kept", () => {
    expect(saidOf(create(manifest({ ...alias, internalTrafficPolicy: "local" })).causes)).toEqual([
      unsupported("internalTrafficPolicy", "local", ["Cluster", "Local"]),
    ]);
    const { stored: kept } = create(manifest({ ...alias, internalTrafficPolicy: "Local" }));
    expect(kept?.spec).toEqual({
      ...alias,
      sessionAffinity: "None",
      ports: [{ port: 80, protocol: "TCP", targetPort: 80 }],
    });
  });
});

describe("a headless Service is of type ClusterIP", () => {
  it.each(["NodePort", "LoadBalancer"])("%s", (type) => {
    expect(saidOf(create(manifest({ type, clusterIP: "None" })).causes)).toEqual([
      { ...said("headless-type", "clusterIP", "Invalid", "None", { type }), field: "spec.clusterIPs[0]" },
    ]);
  });
});

describe("a selector is made of labels", () => {
  it.each([
    { rule: "the key", selector: { "a/b/c": "d" }, code: "label-key", found: "a/b/c", key: "a/b/c" },
    { rule: "the value", selector: { a: "b c" }, code: "label-value", found: "b c", key: "a" },
  ])("$rule", ({ selector, code, found, key }) => {
    expect(saidOf(create(manifest({ selector })).causes)).toEqual([
      { ...said(code, `selector[${key}]`, "Invalid", found), field: "spec.selector" },
    ]);
  });
});

describe("session affinity lasts 1 second to a day", () => {
  const path = "sessionAffinityConfig.clientIP.timeoutSeconds";
  it.each([
    { seconds: 0, refused: true },
    { seconds: 1, refused: false },
    { seconds: 86400, refused: false },
    { seconds: 86401, refused: true },
  ])("$seconds", ({ seconds, refused }) => {
    const spec = { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: seconds } } };
    expect(saidOf(create(manifest(spec)).causes)).toEqual(
      refused ? [said("affinity-timeout-range", path, "Invalid", seconds, { min: 1, max: 86400 })] : [],
    );
  });

  it.each([{}, { clientIP: {} }, { clientIP: { timeoutSeconds: 0 } }])(
    "and %j is not looked at for another affinity",
    (sessionAffinityConfig) => {
      const spec = { sessionAffinity: "Cookie", sessionAffinityConfig };
      expect(create(manifest(spec)).causes.map(({ code }) => code)).toEqual(["unsupported-value"]);
    },
  );
});

describe("load balancer fields are for load balancers", () => {
  it.each<{ rule: string; spec: JsonObject; want: JsonObject[] }>([
    {
      rule: "allocateLoadBalancerNodePorts, false too",
      spec: { type: "NodePort", allocateLoadBalancerNodePorts: false },
      want: [said("only-load-balancer", "allocateLoadBalancerNodePorts", "Forbidden", false, { type: "NodePort" })],
    },
    {
      rule: "loadBalancerClass",
      spec: { loadBalancerClass: "a" },
      want: [said("only-load-balancer", "loadBalancerClass", "Forbidden", "a", { type: "ClusterIP" })],
    },
    {
      rule: "loadBalancerSourceRanges",
      spec: { ...alias, loadBalancerSourceRanges: ["10.0.0.0/8"] },
      want: [
        {
          ...said("only-load-balancer", "loadBalancerSourceRanges", "Forbidden", ["10.0.0.0/8"], {
            type: "ExternalName",
          }),
          field: "spec.LoadBalancerSourceRanges",
        },
      ],
    },
    {
      rule: "and a load balancer's class is a qualified name",
      spec: { type: "LoadBalancer", loadBalancerClass: "a/b/c" },
      want: [said("load-balancer-class-format", "loadBalancerClass", "Invalid", "a/b/c")],
    },
    {
      rule: "as the empty one is not",
      spec: { type: "LoadBalancer", loadBalancerClass: "" },
      want: [said("load-balancer-class-format", "loadBalancerClass", "Invalid", "")],
    },
    {
      rule: "a load balancer may have all of them",
      spec: {
        type: "LoadBalancer",
        allocateLoadBalancerNodePorts: false,
        loadBalancerClass: "example.com/a",
        loadBalancerSourceRanges: ["10.0.0.0/8"],
      },
      want: [],
    },
    { rule: "loadBalancerIP may be any text anywhere", spec: { loadBalancerIP: "any" }, want: [] },
  ])("$rule", ({ spec, want }) => {
    expect(saidOf(create(manifest(spec)).causes)).toEqual(want);
  });
});

describe("an external traffic policy is for Services that can be reached from outside", () => {
  const refused = (type: string): JsonObject[] => [
    said("external-policy-not-reachable", "externalTrafficPolicy", "Invalid", "Cluster", { type }),
  ];
  it.each<{ rule: string; spec: JsonObject; want: JsonObject[] }>([
    { rule: "a NodePort", spec: { type: "NodePort" }, want: [] },
    { rule: "a LoadBalancer", spec: { type: "LoadBalancer" }, want: [] },
    { rule: "a ClusterIP with external IPs", spec: { externalIPs: ["203.0.113.9"] }, want: [] },
    { rule: "no other ClusterIP", spec: {}, want: refused("ClusterIP") },
    { rule: "no ExternalName", spec: { ...alias, externalIPs: ["203.0.113.9"] }, want: refused("ExternalName") },
  ])("$rule", ({ spec, want }) => {
    expect(saidOf(create(manifest({ ...spec, externalTrafficPolicy: "Cluster" })).causes)).toEqual(want);
  });
});

describe("a health check port is for load balancers with externalTrafficPolicy Local", () => {
  const local = { type: "LoadBalancer", externalTrafficPolicy: "Local" };
  const unused = (type: string): JsonObject[] => [
    said("health-check-port-unused", "healthCheckNodePort", "Invalid", 31000, { type }),
  ];
  it.each<{ rule: string; spec: JsonObject; want: JsonObject[] }>([
    { rule: "that one", spec: local, want: [] },
    { rule: "not with Cluster", spec: { type: "LoadBalancer" }, want: unused("LoadBalancer") },
    { rule: "not a NodePort with Local", spec: { ...local, type: "NodePort" }, want: unused("NodePort") },
    { rule: "not a ClusterIP", spec: {}, want: unused("ClusterIP") },
  ])("$rule", ({ spec, want }) => {
    expect(saidOf(create(manifest({ ...spec, healthCheckNodePort: 31000 })).causes)).toEqual(want);
  });

  it.each([
    { port: 1, refused: false },
    { port: 65535, refused: false },
    { port: 65536, refused: true },
    { port: -1, refused: true },
  ])("and is a port number: $port (in a dry run; a real write fails before)", ({ port, refused }) => {
    expect(saidOf(create(manifest({ ...local, healthCheckNodePort: port }), { dryRun: true }).causes)).toEqual(
      refused ? [said("port-range", "healthCheckNodePort", "Invalid", port, { min: 1, max: 65535 })] : [],
    );
  });
});

describe("the two topology annotations", () => {
  const mode = "service.kubernetes.io/topology-mode";
  const hints = "service.kubernetes.io/topology-aware-hints";
  it.each([
    { rule: "may agree", annotations: { [mode]: "Auto", [hints]: "Auto" }, want: [] },
    { rule: "may stand alone", annotations: { [mode]: "Auto" }, want: [] },
    { rule: "the older one, too", annotations: { [hints]: "Auto" }, want: [] },
    {
      rule: "do not differ, in case either",
      annotations: { [mode]: "Auto", [hints]: "auto" },
      want: [
        {
          code: "topology-annotations-differ",
          path: `metadata.annotations[${mode}]`,
          reason: "FieldValueInvalid",
          found: "Auto",
          other: "auto",
        },
      ],
    },
  ])("$rule", ({ annotations, want }) => {
    expect(saidOf(create(manifest({}, { annotations })).causes)).toEqual(want);
  });
});

describe("a create has no version", () => {
  it.each<{ rule: string; resourceVersion: string; options: Options; code: number | undefined }>([
    { rule: "the server fails on one", resourceVersion: "7", options: {}, code: 500 },
    { rule: "but for 0", resourceVersion: "0", options: {}, code: undefined },
    { rule: "a dry run does not get that far", resourceVersion: "7", options: { dryRun: true }, code: undefined },
  ])("$rule", ({ resourceVersion, options, code }) => {
    const { decision, causes } = create(manifest({}, { resourceVersion }), options);
    expect(decision).toEqual(code === undefined ? { allowed: true } : { allowed: false, code });
    expect(saidOf(causes)).toEqual(
      code === undefined
        ? []
        : [{ code: "resource-version-on-create", path: "metadata.resourceVersion", found: resourceVersion }],
    );
  });

  it("is not looked at where there is more to refuse, nor in an update", () => {
    const causes = create(manifest({ type: "x" }, { resourceVersion: "7" })).causes;
    expect(causes.map(({ code }) => code)).toEqual(["unsupported-value"]);
    expect(update(manifest({}, { resourceVersion: "7" }), stored()).decision).toEqual({ allowed: true });
  });
});
