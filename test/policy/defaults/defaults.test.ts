import { describe, expect, it } from "@jest/globals";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import {
  applied,
  fromServer,
  judgeManifest,
  LOAD_BALANCER_DEFAULTS,
  managedFields,
  manifest,
  policies,
  SERVER,
  skipped,
} from "../support.ts";

const LOCAL = { internalTrafficPolicy: "Local" };
const FILLED = ['a spec.internalTrafficPolicy "Local"'];

describe("on create", () => {
  const everything = {
    type: "LoadBalancer",
    ...LOAD_BALANCER_DEFAULTS,
    ports: [{ name: "web*", appProtocol: "http" }],
  };

  it("fills in whatever was left open", () => {
    const { admitted, decision } = judgeManifest(manifest({ spec: { ports: [{ name: "web", port: 80 }] } }), {
      policies: policies({ defaults: everything }),
    });
    expect(decision).toEqual({ allowed: true });
    expect(admitted?.metadata).toMatchObject({
      labels: { team: "a" },
      annotations: { "example.com/internal": "true" },
    });
    expect(admitted?.spec).toEqual({
      type: "LoadBalancer",
      ipFamilyPolicy: "PreferDualStack",
      internalTrafficPolicy: "Local",
      externalTrafficPolicy: "Local",
      trafficDistribution: "PreferClose",
      loadBalancerClass: "example.com/internal",
      loadBalancerSourceRanges: ["203.0.113.0/24"],
      allocateLoadBalancerNodePorts: false,
      sessionAffinity: "ClientIP",
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } },
      selector: { app: "shop" },
      ports: [{ name: "web", port: 80, protocol: "TCP", targetPort: 80, appProtocol: "http" }],
    });
  });

  it("gives the same object from a manifest and from the server", () => {
    const set = policies({ defaults: everything });
    const object = manifest({ spec: { ports: [{ name: "web", port: 80 }] } });
    const ci = judgeManifest(object, { policies: set });
    const metadata = managedFields("Apply", {
      "f:ports": { 'k:{"port":80,"protocol":"TCP"}': { "f:port": {} } },
      "f:selector": {},
    });
    const cluster = judgeManifest(
      fromServer(metadata, { ports: [{ name: "web", port: 80, protocol: "TCP", targetPort: 80 }] }),
      {
        policies: set,
        ...SERVER,
      },
    );
    expect(cluster.admitted?.spec).toEqual(ci.admitted?.spec);
  });

  it("brings the server's static defaults of the type along", () => {
    const { admitted } = judgeManifest(manifest(), { policies: policies({ defaults: { type: "LoadBalancer" } }) });
    expect(admitted?.spec).toMatchObject({ externalTrafficPolicy: "Cluster", allocateLoadBalancerNodePorts: true });
  });

  it("lets the type decide which policies match", () => {
    const set = policies(
      { match: { types: ["LoadBalancer"] }, defaults: { annotations: { "example.com/internal": "true" } } },
      { defaults: { type: "LoadBalancer" } },
    );
    expect(applied(judgeManifest(manifest(), { policies: set }))).toEqual([
      'b spec.type "LoadBalancer"',
      'a metadata.annotations[example.com/internal] "true"',
    ]);
  });

  it.each([
    { name: "an alias", spec: { type: "ExternalName", externalName: "example.com", ports: null, selector: null } },
    { name: "a headless Service, type and node ports", spec: { clusterIP: "None" } },
  ])("leaves out what does not fit: $name", ({ spec }) => {
    const { policy, decision } = judgeManifest(manifest({ spec }), {
      policies: policies({ defaults: { type: "NodePort" } }),
    });
    expect(decision).toEqual({ allowed: true });
    expect(policy.applied).toEqual([]);
  });
});

describe("two policies", () => {
  it("the first by name wins, the other is reported", () => {
    const set = policies({ defaults: { labels: { team: "a" } } }, { defaults: { labels: { team: "b", cost: "1" } } });
    const judgement = judgeManifest(manifest(), { policies: set });
    expect(applied(judgement)).toEqual(['a metadata.labels[team] "a"', 'b metadata.labels[cost] "1"']);
    expect(skipped(judgement)).toEqual([
      "b metadata.labels[team]: the policy a comes first by name and has a default for it, too",
    ]);
  });

  it("the same value twice is no conflict", () => {
    const judgement = judgeManifest(manifest(), { policies: policies({ defaults: LOCAL }, { defaults: LOCAL }) });
    expect(applied(judgement)).toEqual(FILLED);
    expect(skipped(judgement)).toEqual([]);
  });

  it("the first wins with the server's own default, too", () => {
    const set = policies({ defaults: { internalTrafficPolicy: "Cluster" } }, { defaults: LOCAL });
    const judgement = judgeManifest(manifest(), { policies: set });
    expect(applied(judgement)).toEqual([]);
    expect(skipped(judgement)).toHaveLength(1);
  });
});

describe("a default is skipped", () => {
  it("where the API server would refuse it", () => {
    const set = policies({ defaults: { ipFamilyPolicy: "RequireDualStack", labels: { team: "a" } } });
    const judgement = judgeManifest(manifest(), { policies: set });
    expect(judgement.decision).toEqual({ allowed: true });
    expect(applied(judgement)).toEqual(['a metadata.labels[team] "a"']);
    expect(skipped(judgement)).toEqual([
      expect.stringMatching(/^a spec.ipFamilyPolicy: the API server would refuse it: /),
    ]);
    expect(applied(judgeManifest(manifest(), { policies: set, cluster: PROFILES.dual }))).toHaveLength(2);
  });

  it("where two ports would become one", () => {
    const set = policies({ defaults: { ports: [{ port: 53, protocol: "UDP" }] } });
    const object = manifest({
      spec: {
        ports: [
          { name: "tcp", port: 53 },
          { name: "udp", port: 53, protocol: "UDP" },
        ],
      },
    });
    const judgement = judgeManifest(object, { policies: set });
    expect(judgement.decision).toEqual({ allowed: true });
    expect(skipped(judgement)).toHaveLength(1);
  });

  it("where the Kubernetes version lacks the field", () => {
    const judgement = judgeManifest(manifest(), { policies: policies({ defaults: LOCAL }), version: { minor: 20 } });
    expect(skipped(judgement)).toEqual(["a spec.internalTrafficPolicy: Kubernetes 1.20 does not have this field"]);
  });

  it("for the protocol of a port that server-side apply tells apart by it", () => {
    const metadata = managedFields("Apply", {
      "f:ports": { 'k:{"port":80,"protocol":"TCP"}': { ".": {}, "f:port": {} } },
    });
    const set = policies({ defaults: { ports: [{ port: 80, protocol: "UDP" }] } });
    expect(skipped(judgeManifest(fromServer(metadata), { policies: set, ...SERVER }))).toEqual([
      expect.stringContaining("server-side apply tells ports apart by protocol"),
    ]);
  });

  it("for whom the policy exempts from all of it", () => {
    const set = policies({ exempt: [{ namespaces: ["team-*"], reason: "moving" }], defaults: LOCAL });
    expect(skipped(judgeManifest(manifest(), { policies: set }))).toEqual([
      "a spec.internalTrafficPolicy: exempt: moving",
    ]);
  });
});
