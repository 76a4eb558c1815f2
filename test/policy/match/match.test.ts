import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compileGlob, compileGlobsWithExclusions } from "#src/policy/match/glob.ts";
import { nonMatchingPolicies } from "#src/policy/match/non-matching.ts";
import { judgeManifest, manifest, policies, policy } from "../support.ts";

describe("globs", () => {
  it.each([
    { glob: "team-a", hits: ["team-a"], misses: ["team-ab", "a-team-a"] },
    { glob: "*", hits: ["", "a"], misses: [] },
    { glob: "team-*", hits: ["team-", "team-a-b"], misses: ["steam-a", "team"] },
    { glob: "*-prod", hits: ["a-prod", "-prod"], misses: ["a-prod-b"] },
    { glob: "a*b*c", hits: ["abc", "axxbxxc", "abbbcc"], misses: ["ab", "acb"] },
    { glob: "a?c", hits: ["abc"], misses: ["ac", "abbc"] },
    { glob: "*a*a*a*a*b", hits: ["aaaab"], misses: ["a".repeat(253)] },
    { glob: "a.c", hits: ["a.c"], misses: ["abc"] },
  ])("$glob", ({ glob, hits, misses }) => {
    const matches = compileGlob(glob);
    expect(hits.filter((text) => !matches(text))).toEqual([]);
    expect(misses.filter(matches)).toEqual([]);
  });

  it("agrees with a regular expression", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
    fc.assert(
      fc.property(letters, fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 }), (glob, text) => {
        const regex = new RegExp(`^${glob.replace(/\*+/g, ".*").replaceAll("?", ".")}$`);
        expect(compileGlob(glob)(text)).toBe(regex.test(text));
      }),
    );
  });

  it.each([
    { globs: ["!kube-*"], hits: ["team-a"], misses: ["kube-system"] },
    { globs: ["team-*", "!team-x"], hits: ["team-a"], misses: ["team-x", "other"] },
  ])("$globs", ({ globs, hits, misses }) => {
    const matches = compileGlobsWithExclusions(globs);
    expect(hits.every(matches)).toBe(true);
    expect(misses.some(matches)).toBe(false);
  });
});

const RULES = [{ rule: "named-ports" }];

/** The number of findings of the only rule: 1 if the policy matches. */
function count(match: object, object: object = {}, request: object = {}): number {
  return judgeManifest(manifest(object), { policies: policies({ match, rules: RULES }), ...request }).policy.findings
    .length;
}

/** The fields that the server has filled in when a controller adds a finalizer. */
const STORED = {
  type: "ClusterIP",
  ports: [{ port: 80, protocol: "TCP", targetPort: 80 }],
  clusterIP: "10.96.0.7",
  clusterIPs: ["10.96.0.7"],
  ipFamilies: ["IPv4"],
  ipFamilyPolicy: "SingleStack",
  internalTrafficPolicy: "Cluster",
  sessionAffinity: "None",
};

describe("match", () => {
  const labelled = { metadata: { labels: { app: "shop", env: "prod" } } };
  const inNamespace = { facts: { namespace: "team-a", namespaceLabels: { tier: "gold" }, today: "2026-11-24" } };
  it.each([
    { name: "nothing said: everything", match: {}, want: 1 },
    { name: "a namespace", match: { namespaces: ["team-a"] }, want: 1 },
    { name: "another namespace", match: { namespaces: ["team-b"] }, want: 0 },
    { name: "any but this namespace", match: { namespaces: ["*", "!team-a"] }, want: 0 },
    { name: "a suffix", match: { namespaces: ["*-a"] }, want: 1 },
    { name: "one in the middle", match: { namespaces: ["*eam*"] }, want: 1 },
    { name: "a namespace by label", match: { namespaceSelector: { matchLabels: { tier: "gold" } } }, want: 1 },
    {
      name: "a namespace by the label that all have",
      match: { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "team-a" } } },
      want: 1,
    },
    { name: "another label", match: { namespaceSelector: { matchLabels: { tier: "tin" } } }, want: 0 },
    { name: "a Service by label", match: { objectSelector: { matchLabels: { app: "shop" } } }, want: 1 },
    {
      name: "In",
      match: { objectSelector: { matchExpressions: [{ key: "env", operator: "In", values: ["prod", "test"] }] } },
      want: 1,
    },
    {
      name: "In, another value",
      match: { objectSelector: { matchExpressions: [{ key: "env", operator: "In", values: ["test"] }] } },
      want: 0,
    },
    {
      name: "NotIn",
      match: { objectSelector: { matchExpressions: [{ key: "env", operator: "NotIn", values: ["prod"] }] } },
      want: 0,
    },
    {
      name: "NotIn, absent",
      match: { objectSelector: { matchExpressions: [{ key: "none", operator: "NotIn", values: ["prod"] }] } },
      want: 1,
    },
    { name: "Exists", match: { objectSelector: { matchExpressions: [{ key: "env", operator: "Exists" }] } }, want: 1 },
    {
      name: "Exists, absent",
      match: { objectSelector: { matchExpressions: [{ key: "toString", operator: "Exists" }] } },
      want: 0,
    },
    {
      name: "DoesNotExist",
      match: { objectSelector: { matchExpressions: [{ key: "env", operator: "DoesNotExist" }] } },
      want: 0,
    },
    { name: "a type", match: { types: ["ClusterIP"] }, want: 1 },
    { name: "another type", match: { types: ["NodePort", "LoadBalancer"] }, want: 0 },
    { name: "an operation", match: { operations: ["CREATE"] }, want: 1 },
    { name: "another operation", match: { operations: ["UPDATE", "DELETE"] }, want: 0 },
    {
      name: "all of it",
      match: { namespaces: ["team-*"], objectSelector: { matchLabels: { app: "shop" } }, types: ["ClusterIP"] },
      want: 1,
    },
    {
      name: "all but one",
      match: { namespaces: ["team-*"], objectSelector: { matchLabels: { app: "shop" } }, types: ["NodePort"] },
      want: 0,
    },
  ])("$name", ({ match, want }) => {
    expect(count(match, labelled, inNamespace)).toBe(want);
  });

  it.each([
    {
      name: "the Service that the API server writes itself",
      namespace: "default",
      object: { metadata: { name: "kubernetes", namespace: "default" } },
    },
    {
      name: "a Service on its way out",
      operation: "update",
      object: { metadata: { deletionTimestamp: "2026-11-24T00:00:00Z" }, spec: STORED },
    },
    {
      name: "a write of the status that lets go of it",
      operation: "status",
      object: { metadata: {}, spec: STORED },
      old: { metadata: { finalizers: ["example.com/lb"] }, spec: STORED },
    },
    {
      name: "the garbage collector taking an owner off",
      operation: "update",
      object: { spec: STORED },
      old: {
        metadata: { ownerReferences: [{ apiVersion: "v1", kind: "ConfigMap", name: "none", uid: "b0c5" }] },
        spec: STORED,
      },
    },
    {
      name: "an update of finalizers alone",
      operation: "update",
      object: { metadata: { finalizers: ["example.com/lb"] }, spec: STORED },
      old: { spec: STORED },
    },
  ])("never: $name", ({ namespace = "team-a", operation = "create", object, old = object }) => {
    const request = { operation, oldObject: manifest(old), facts: { namespace, today: "2026-11-24" } };
    expect(count({}, object, request)).toBe(0);
  });

  it("says why a policy does not apply", () => {
    const service = judgeManifest(manifest()).admitted;
    const context = {
      operation: "create" as const,
      oldService: undefined,
      facts: { namespace: "team-a", today: "2026-11-24" },
      given: {},
      cluster: { serviceCIDRs: [], nodePortRange: { first: 1, last: 2 } },
      version: { minor: 36 },
    };
    const set = [policy({ match: { types: ["NodePort"] }, rules: RULES }, "a"), policy({ rules: RULES }, "b")];
    expect(service && nonMatchingPolicies(set, service, context)).toEqual([{ policy: "a", criterion: "types" }]);
  });
});
