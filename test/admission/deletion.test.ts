import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { policies } from "../policy/support.ts";
import { answerReview, defaulted } from "./answer-review.ts";

const MARK = { "fairlead.dev/protected": "true" };
const OWNER = { apiVersion: "v1", kind: "ConfigMap", name: "none", uid: "b0c5" };
const TEAM = policies({
  rules: [
    { rule: "external-ips", action: "deny" },
    { rule: "external-names", action: "deny" },
    { rule: "update-protection", action: "deny" },
    { rule: "deletion-protection", action: "deny" },
    { rule: "required-labels", action: "deny", parameters: { labels: [{ key: "team" }] } },
    { rule: "forbidden-annotations", action: "deny", parameters: { annotations: [{ key: "evil" }] } },
    { rule: "status-addresses", action: "deny", parameters: { addresses: ["198.51.100.0/24"] } },
  ],
});

/** A Service as the API server stores it, with these additions. */
function stored(metadata: JsonObject = {}, spec: JsonObject = {}, rest: JsonObject = {}): JsonObject {
  const addresses = {
    clusterIP: "10.96.0.9",
    clusterIPs: ["10.96.0.9"],
    ipFamilies: ["IPv4"],
    ipFamilyPolicy: "SingleStack",
    type: "LoadBalancer",
    externalTrafficPolicy: "Cluster",
    allocateLoadBalancerNodePorts: true,
  };
  const own = { uid: "u", resourceVersion: "7", labels: { team: "shop" }, ...metadata };
  return { ...defaulted({ ...addresses, ...spec }, own), ...rest };
}

function outcome(object: JsonObject, oldObject: JsonObject, subResource = ""): readonly string[] {
  const input = { operation: "UPDATE" as const, object, oldObject, rest: { subResource } };
  const { response } = answerReview("validate", input, { policies: TEAM });
  return (response.status?.details?.causes ?? []).map(({ field }) => field ?? "");
}

describe("a Service that a finalizer keeps from being deleted is judged like any other", () => {
  const GOING = {
    deletionTimestamp: "2026-11-24T00:00:00Z",
    deletionGracePeriodSeconds: 0,
    finalizers: ["example.com/x"],
  };
  it.each([
    { name: "external IPs", object: stored(GOING, { externalIPs: ["203.0.113.7"] }), want: ["spec.externalIPs[0]"] },
    {
      name: "an alias of a metadata host",
      object: stored(GOING, {
        type: "ExternalName",
        externalName: "metadata.google.internal",
        clusterIP: undefined,
        clusterIPs: undefined,
        ipFamilies: undefined,
        ipFamilyPolicy: undefined,
        externalTrafficPolicy: undefined,
        allocateLoadBalancerNodePorts: undefined,
      }),
      want: ["spec.externalName"],
    },
    {
      name: "what the server would refuse",
      object: stored(GOING, { sessionAffinity: "Never" }),
      want: ["spec.sessionAffinity"],
    },
    {
      name: "an annotation",
      object: stored({ ...GOING, annotations: { evil: "yes" } }),
      want: ["metadata.annotations[evil]"],
    },
    {
      name: "the last finalizer, and a change on the way out",
      object: stored({ ...GOING, finalizers: [] }, { externalIPs: ["203.0.113.7"] }),
      want: ["spec.externalIPs[0]"],
    },
    {
      name: "an address in its status",
      object: stored(GOING, {}, { status: { loadBalancer: { ingress: [{ ip: "203.0.113.7" }] } } }),
      subResource: "status",
      want: ["status.loadBalancer.ingress[0].ip"],
    },
  ])("$name", ({ object, subResource, want }) => {
    expect(outcome(object, stored(GOING), subResource)).toEqual(want);
  });

  it("a marked one does not change either", () => {
    const marked = { ...GOING, labels: { team: "shop", ...MARK } };
    expect(outcome(stored(marked, { selector: { app: "other" } }), stored(marked))).toEqual(["spec.selector"]);
  });

  const BROKEN = { externalIPs: ["203.0.113.7"], sessionAffinity: "Never" };
  const MARKED = { ...GOING, labels: MARK };
  it.each([
    { name: "the last finalizer", metadata: { ...MARKED, finalizers: undefined }, subResource: "" },
    { name: "one of two", metadata: { ...MARKED, finalizers: ["example.com/y"] }, subResource: "" },
    { name: "through the status", metadata: { ...MARKED, finalizers: undefined }, subResource: "status" },
    {
      name: "with what the server bumps",
      metadata: {
        ...MARKED,
        finalizers: undefined,
        resourceVersion: "8",
        generation: 2,
        managedFields: [{ manager: "m" }],
      },
      subResource: "",
    },
    { name: "an owner", metadata: { ...MARKED, ownerReferences: [OWNER] }, subResource: "" },
  ])("taking off $name is never stopped, whatever the stored Service breaks", ({ metadata, subResource }) => {
    for (const phase of ["mutate", "validate"] as const) {
      const input = { object: stored(metadata, BROKEN), oldObject: stored(MARKED, BROKEN), rest: { subResource } };
      const { response, facts } = answerReview(phase, { operation: "UPDATE", ...input }, { policies: TEAM });
      expect({ response, decision: facts.decision }).toEqual({
        response: { uid: "u", allowed: true, auditAnnotations: { exempt: "the Service is being deleted" } },
        decision: "exempt",
      });
    }
  });
});

describe("a write of the status is judged as far as it changes what a rule is about", () => {
  const MARKED = { labels: { team: "shop", ...MARK } };
  it.each([
    {
      name: "the mark taken off",
      now: stored(),
      before: stored(MARKED),
      want: ["metadata.labels[fairlead.dev/protected]"],
    },
    {
      name: "a label that is required",
      now: stored({ labels: {} }),
      before: stored(),
      want: ["metadata.labels[team]"],
    },
    {
      name: "an annotation that is forbidden",
      now: stored({ annotations: { evil: "yes" } }),
      before: stored(),
      want: ["metadata.annotations[evil]"],
    },
    {
      name: "an owner for a marked Service",
      now: stored({ ...MARKED, ownerReferences: [OWNER] }),
      before: stored(MARKED),
      want: ["metadata.ownerReferences[0]"],
    },
    {
      name: "labels that were missing before",
      now: stored({ labels: {} }, {}, { status: { loadBalancer: {} } }),
      before: stored({ labels: {} }, {}, { status: { loadBalancer: { ingress: [{ ip: "203.0.113.7" }] } } }),
      want: [],
    },
    {
      name: "a spec that the server drops",
      now: stored({}, { externalIPs: ["203.0.113.7"] }),
      before: stored(),
      want: [],
    },
  ])("$name", ({ now, before, want }) => {
    expect(outcome(now, before, "status")).toEqual(want);
  });

  it.each([
    { operations: ["UPDATE"], want: ["status.loadBalancer.ingress[0].ip"] },
    { operations: ["CREATE", "UPDATE"], want: ["status.loadBalancer.ingress[0].ip"] },
  ])("to match.operations it is an update: $operations", ({ operations, want }) => {
    const set = policies({
      match: { operations },
      rules: [{ rule: "status-addresses", action: "deny", parameters: { users: ["lb"] } }],
    });
    const object = stored({}, {}, { status: { loadBalancer: { ingress: [{ ip: "198.51.100.7" }] } } });
    const input = { operation: "UPDATE" as const, object, oldObject: stored(), rest: { subResource: "status" } };
    const { response } = answerReview("validate", input, { policies: set });
    expect(response.status?.details?.causes.map(({ field }) => field)).toEqual(want);
  });
});
