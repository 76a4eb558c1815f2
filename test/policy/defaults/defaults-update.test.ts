import { describe, expect, it } from "@jest/globals";
import { applied, type DefaultsCase, fromServer, judgeManifest, lastApplied, policies, SERVER } from "../support.ts";

const LOCAL = { internalTrafficPolicy: "Local" };
const FILLED = ['a spec.internalTrafficPolicy "Local"'];

describe("on update", () => {
  const address = {
    clusterIP: "10.96.0.10",
    clusterIPs: ["10.96.0.10"],
    ipFamilies: ["IPv4"],
    ipFamilyPolicy: "SingleStack",
  };
  const balancer = { type: "LoadBalancer", externalTrafficPolicy: "Cluster", allocateLoadBalancerNodePorts: false };
  const stored = (spec: object = {}, metadata: object = {}) =>
    fromServer({ ...lastApplied({}), ...metadata }, { ...address, ...spec });

  it.each<DefaultsCase & { readonly old: object }>([
    { name: "a stored value stays", old: stored(), object: stored(), want: [] },
    {
      name: "a value that an apply no longer names is filled in",
      old: stored(LOCAL, lastApplied(LOCAL)),
      object: stored(),
      want: FILLED,
    },
    {
      name: "a value that is edited, by whom the annotation does not know, stays edited",
      old: stored(LOCAL),
      object: stored(),
      want: [],
    },
    {
      name: "unless the policy says fill",
      undetermined: "fill",
      old: stored(LOCAL),
      object: stored(),
      want: FILLED,
    },
    {
      name: "a value that the request changes stays changed",
      old: stored(LOCAL),
      object: stored({}, lastApplied({ internalTrafficPolicy: "Cluster" })),
      want: [],
    },
    {
      name: "a live load balancer gets no class",
      defaults: { loadBalancerClass: "example.com/a" },
      old: stored(balancer),
      object: stored(balancer),
      want: [],
    },
    {
      name: "a class that the request drops comes back, if it is this one",
      defaults: { loadBalancerClass: "example.com/a" },
      old: stored({ ...balancer, loadBalancerClass: "example.com/a" }),
      object: stored(balancer),
      want: ['a spec.loadBalancerClass "example.com/a"'],
    },
    {
      name: "a new load balancer gets one",
      defaults: { loadBalancerClass: "example.com/a" },
      old: stored(),
      object: stored(balancer),
      want: ['a spec.loadBalancerClass "example.com/a"'],
    },
    {
      name: "the families stay",
      defaults: { ipFamilyPolicy: "PreferDualStack" },
      old: stored(),
      object: stored(),
      want: [],
    },
    {
      name: "families left out are the server's to carry over",
      defaults: { ipFamilyPolicy: "PreferDualStack" },
      old: stored(),
      object: fromServer(),
      want: [],
    },
    {
      name: "an annotation that a live Service lacks it goes on lacking",
      defaults: { annotations: { "example.com/internal": "true" } },
      old: stored(balancer),
      object: stored(balancer),
      want: [],
    },
    {
      name: "a label it gets",
      defaults: { labels: { team: "a" } },
      old: stored(),
      object: stored(),
      want: ['a metadata.labels[team] "a"'],
    },
    {
      name: "a new port gets its defaults, the old one goes on without",
      defaults: { ports: [{ name: "*", appProtocol: "http" }] },
      old: stored({ ports: [{ name: "a", port: 80, protocol: "TCP", targetPort: 80 }] }),
      object: stored({
        ports: [
          { name: "a", port: 80, protocol: "TCP", targetPort: 80 },
          { name: "b", port: 81, protocol: "TCP", targetPort: 81 },
        ],
      }),
      want: ['a spec.ports[1].appProtocol "http"'],
    },
    {
      name: "one that is being deleted is left alone",
      defaults: { labels: { team: "a" } },
      old: stored({}, { deletionTimestamp: "2026-11-24T00:00:00Z" }),
      object: stored({}, { deletionTimestamp: "2026-11-24T00:00:00Z" }),
      want: [],
    },
  ])("$name", ({ defaults = LOCAL, undetermined = "keep", old, object, want }) => {
    const set = policies({ defaults, undetermined });
    const judgement = judgeManifest(object, { operation: "update", oldObject: old, policies: set, ...SERVER });
    expect(judgement.causes).toEqual([]);
    expect(applied(judgement)).toEqual(want);
  });
});
