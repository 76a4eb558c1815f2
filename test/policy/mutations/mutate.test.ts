import { describe, expect, it } from "@jest/globals";
import type { JudgeRequest } from "#src/engine/judge.ts";
import type { JsonObject } from "#src/field/json.ts";
import { admissionSet, bindingOf, type Mutation, mutatingPolicy } from "../admission-policies/documents.ts";
import { document } from "../callers.ts";
import { judgeManifest, manifest } from "../support.ts";

/** What the policy makes of a Service: the object, what was changed, and what is found. */
function outcome(
  policy: JsonObject,
  object: unknown,
  overrides: Partial<JudgeRequest> = {},
  ...others: readonly JsonObject[]
) {
  const policies = admissionSet(policy, bindingOf(policy, "all"), ...others);
  const judgement = judgeManifest(object, { policies, ...overrides });
  return {
    decision: judgement.decision,
    admitted: judgement.admitted,
    applied: judgement.policy.applied.map(({ policy, path, value }) => ({ policy, path: path.toString(), value })),
    findings: judgement.policy.findings.map(({ rule, action, message }) => `${rule}=${action} ${message}`),
  };
}

const one = (mutation: Mutation, spec: JsonObject = {}): JsonObject => mutatingPolicy("map", [mutation], spec);

describe("the kinds of mutations", () => {
  it.each<{ does: string; mutation: Mutation; object?: JsonObject; want: JsonObject }>([
    {
      does: "JSONPatch adds a label where there are none",
      mutation: {
        jsonPatch: `[JSONPatch{op: "add", path: "/metadata/labels", value: Object.metadata.labels{}},
          JSONPatch{op: "add", path: "/metadata/labels/" + jsonpatch.escapeKey("example.com/team"), value: "a"}]`,
      },
      want: { metadata: { labels: { "example.com/team": "a" } } },
    },
    {
      does: "JSONPatch replaces a value",
      mutation: { jsonPatch: `[JSONPatch{op: "replace", path: "/spec/type", value: "NodePort"}]` },
      object: manifest({ spec: { type: "ClusterIP" } }),
      want: { spec: { type: "NodePort" } },
    },
    {
      does: "JSONPatch appends to a list",
      mutation: {
        jsonPatch: `[JSONPatch{op: "add", path: "/spec/ports/0/name", value: "http"},
          JSONPatch{op: "add", path: "/spec/ports/-", value: Object.spec.ports{name: "https", port: 443}}]`,
      },
      want: {
        spec: {
          ports: [
            { name: "http", port: 80, protocol: "TCP", targetPort: 80 },
            { name: "https", port: 443, protocol: "TCP", targetPort: 443 },
          ],
        },
      },
    },
    {
      does: "JSONPatch takes nothing away where a test fails",
      mutation: {
        jsonPatch: `[JSONPatch{op: "test", path: "/spec/type", value: "NodePort"},
          JSONPatch{op: "remove", path: "/spec/selector"}]`,
      },
      want: { spec: { selector: { app: "shop" } } },
    },
    {
      does: "JSONPatch with a value of the object itself",
      mutation: { jsonPatch: `[JSONPatch{op: "add", path: "/metadata/annotations", value: object.spec.selector}]` },
      want: { metadata: { annotations: { app: "shop" } } },
    },
    {
      does: "JSONPatch removes what gets a static default again",
      mutation: { jsonPatch: `[JSONPatch{op: "remove", path: "/spec/internalTrafficPolicy"}]` },
      object: manifest({ spec: { internalTrafficPolicy: "Local" } }),
      want: { spec: { internalTrafficPolicy: "Cluster" } },
    },
    {
      does: "ApplyConfiguration merges into maps and objects",
      mutation: {
        applyConfiguration: `Object{metadata: Object.metadata{labels: {"a": "1"}}, spec: Object.spec{type: "NodePort"}}`,
      },
      object: manifest({ metadata: { labels: { b: "2" } } }),
      want: { metadata: { labels: { a: "1", b: "2" } }, spec: { type: "NodePort", selector: { app: "shop" } } },
    },
    {
      does: "ApplyConfiguration merges ports by number and protocol",
      mutation: {
        applyConfiguration: `Object{spec: Object.spec{ports: [
          Object.spec.ports{port: 80, protocol: "UDP", name: "udp"}, Object.spec.ports{port: 80, name: "tcp"}]}}`,
      },
      want: {
        spec: {
          ports: [
            { name: "udp", port: 80, protocol: "UDP", targetPort: 80 },
            { name: "tcp", port: 80, protocol: "TCP", targetPort: 80 },
          ],
        },
      },
    },
    {
      does: "ApplyConfiguration with ports of the object itself",
      mutation: {
        applyConfiguration: `Object{spec: Object.spec{ports: object.spec.ports.map(p,
          Object.spec.ports{port: p.port, protocol: p.protocol, appProtocol: "http"})}}`,
      },
      want: { spec: { ports: [{ port: 80, protocol: "TCP", targetPort: 80, appProtocol: "http" }] } },
    },
    {
      does: "ApplyConfiguration leaves out an optional field without a value",
      mutation: {
        applyConfiguration: `Object{spec: Object.spec{?type: optional.none(), sessionAffinity: "ClientIP"}}`,
      },
      want: { spec: { type: "ClusterIP", sessionAffinity: "ClientIP" } },
    },
  ])("$does", ({ mutation, object = manifest(), want }) => {
    const { admitted, findings, decision } = outcome(one(mutation), object);
    expect(findings).toEqual([]);
    expect(decision).toEqual({ allowed: true });
    expect(admitted).toMatchObject(want);
  });

  it("reports what was changed and what was removed", () => {
    const { applied } = outcome(
      one({
        jsonPatch: `[JSONPatch{op: "remove", path: "/spec/selector/app"},
          JSONPatch{op: "add", path: "/spec/selector/tier", value: "front"}]`,
      }),
      manifest(),
    );
    expect(applied).toEqual([
      { policy: "map", path: "spec.selector[app]", value: undefined },
      { policy: "map", path: "spec.selector[tier]", value: "front" },
    ]);
  });
});

describe("mutations that fail", () => {
  const failing: readonly { mutation: Mutation; message: string; always?: true }[] = [
    {
      mutation: { jsonPatch: `[JSONPatch{op: "remove", path: "/metadata/labels/a"}]` },
      message: 'JSON Patch: remove operation does not apply: doc is missing path: "/metadata/labels/a": missing value',
    },
    {
      mutation: {
        jsonPatch: `[JSONPatch{op: "add", path: "/spec/sessionAffinityConfig", value: Object.spec{clientIP: Object.spec.wrong{}}}]`,
      },
      message:
        'type mismatch: unexpected type name "Object.spec.wrong", expected "Object.spec.clientIP", which matches field name path from root Object type',
    },
    {
      mutation: { jsonPatch: `[JSONPatch{op: "add", path: "/spec/colour", value: "red"}]` },
      message: 'Internal error occurred: strict decoding error: unknown field "spec.colour"',
      always: true,
    },
    {
      mutation: { applyConfiguration: `Object{spec: Object.spec{selector: {"a": "b"}}}` },
      message:
        "error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.selector",
    },
    {
      mutation: { applyConfiguration: `Object{spec: Object.spec{externalIPs: ["192.0.2.1"]}}` },
      message:
        "error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.externalIPs",
    },
    {
      mutation: { applyConfiguration: `Object{spec: Object.wrong{type: "NodePort"}}` },
      message:
        'type mismatch: unexpected type name "Object.wrong", expected "Object.spec", which matches field name path from root Object type',
    },
    {
      mutation: { applyConfiguration: `Object{spec: Object.spec{colour: "red"}}` },
      message:
        "error applying patch: failed to convert patch object to typed object: .spec.colour: field not declared in schema",
    },
    {
      mutation: { applyConfiguration: `Object{spec: Object.spec{type: 1}}` },
      message:
        "error applying patch: failed to convert patch object to typed object: .spec.type: expected string, got &value.valueUnstructured{Value:1}",
    },
    {
      mutation: { applyConfiguration: `Object{spec: Object.spec{ports: [{"port": 80}]}}` },
      message:
        "error applying patch: failed to convert patch object to typed object: .spec.ports: element 0: associative list with keys may not have non-map elements",
    },
    {
      mutation: {
        applyConfiguration: `Object{spec: Object.spec{ports: [Object.spec.ports{port: 80}, Object.spec.ports{port: 80}]}}`,
      },
      message:
        'error applying patch: failed to convert patch object to typed object: .spec.ports: duplicate entries for key [port=80,protocol="TCP"]',
    },
    {
      mutation: { applyConfiguration: `Object{spec: Object.spec{type: object.metadata.labels["type"]}}` },
      message: `expression 'Object{spec: Object.spec{type: object.metadata.labels["type"]}}' resulted in error: no such key: labels`,
    },
  ];

  it.each(failing)("deny: $message", ({ mutation, message, always }) => {
    const { findings, applied } = outcome(one(mutation), manifest());
    expect(findings).toEqual([`mutations[0]=deny ${message}`]);
    expect(applied).toEqual([]);
    const ignoring = outcome(one(mutation, { failurePolicy: "Ignore" }), manifest());
    expect(ignoring.findings).toEqual(always === true ? findings : []);
  });

  it("by what they cost: an expression, or those of a mutation together", () => {
    const list = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
    const nested = (depth: number): string => (depth === 0 ? "true" : `${list}.all(i${depth}, ${nested(depth - 1)})`);
    const type = (condition: string): Mutation => ({
      applyConfiguration: `Object{spec: Object.spec{type: ${condition} ? "NodePort" : "ClusterIP"}}`,
    });
    expect(outcome(one(type(nested(6))), manifest()).findings).toEqual([
      expect.stringMatching(/^mutations\[0\]=deny .* operation cancelled: actual cost limit exceeded$/),
    ]);
    const names = Array.from({ length: 30 }, (_, i) => `v${i}`);
    const variables = names.map((name) => ({ name, expression: nested(5) }));
    const all = type(names.map((name) => `variables.${name}`).join(" && "));
    expect(outcome(one(all, { variables }), manifest()).findings).toEqual([
      "mutations[0]=deny validation failed due to running out of cost budget, no further validation rules will be run",
    ]);
  });

  it("do not keep the others from being evaluated", () => {
    const policy = mutatingPolicy(
      "map",
      [
        { jsonPatch: `[JSONPatch{op: "remove", path: "/metadata/nothing"}]` },
        { applyConfiguration: `Object{spec: Object.spec{type: "NodePort"}}` },
      ],
      { failurePolicy: "Ignore" },
    );
    expect(outcome(policy, manifest())).toMatchObject({ admitted: { spec: { type: "NodePort" } }, findings: [] });
  });

  it("change nothing, with a warning, where they depend on what is not known", () => {
    const byUser = one({
      applyConfiguration: `Object{metadata: Object.metadata{labels: {"by": request.userInfo.username}}}`,
    });
    expect(outcome(byUser, manifest())).toMatchObject({
      applied: [],
      findings: [expect.stringMatching(/^mutations\[0\]=warn .*request\.userInfo is not known here$/)],
    });
    const whole = one({ jsonPatch: `[JSONPatch{op: "add", path: "/metadata/annotations", value: request}]` });
    expect(outcome(whole, manifest())).toMatchObject({
      applied: [],
      findings: [
        expect.stringMatching(/^mutations\[0\]=warn the mutation cannot be judged: request\..* is not known here$/),
      ],
    });
    const known = { facts: { namespace: "team-a", today: "2026-11-24", user: { name: "jo", groups: [] } } };
    expect(outcome(byUser, manifest(), known)).toMatchObject({
      admitted: { metadata: { labels: { by: "jo" } } },
      findings: [],
    });
  });
});

describe("what is evaluated when", () => {
  const label = (expression: string): Mutation => ({
    applyConfiguration: `Object{metadata: Object.metadata{labels: {"order": object.metadata.?labels["order"].orValue("") + ${expression}}}}`,
  });

  it("mutations, bindings, parameters and policies come one after the other, by name", () => {
    const paramKind = { apiVersion: "v1", kind: "ConfigMap" };
    const first = mutatingPolicy("a", [label("params.data.text"), label("'.'")], { paramKind });
    const second = mutatingPolicy("b", [label("variables.text")], {
      variables: [{ name: "text", expression: "object.metadata.labels['order'].upperAscii()" }],
    });
    const configMap = (name: string, text: string): JsonObject => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name, namespace: "team-a", labels: { use: "order" } },
      data: { text },
    });
    const selected = { selector: { matchLabels: { use: "order" } }, parameterNotFoundAction: "Deny" };
    const policies = admissionSet(
      second,
      first,
      bindingOf(second, "b"),
      bindingOf(first, "y", { paramRef: { name: "q", parameterNotFoundAction: "Deny" } }),
      bindingOf(first, "x", { paramRef: selected }),
      configMap("q", "q"),
      configMap("p", "p"),
    );
    const { admitted } = judgeManifest(manifest(), { policies });
    expect(admitted?.metadata.labels).toEqual({ order: "p.q.q.P.Q.Q." });
  });

  it.each([
    { expression: "object.spec.type == 'NodePort'", want: "ClusterIP" },
    { expression: "object.spec.type == 'ClusterIP'", want: "LoadBalancer" },
  ])("the match condition $expression decides", ({ expression, want }) => {
    const policy = one(
      { applyConfiguration: `Object{spec: Object.spec{type: "LoadBalancer"}}` },
      { matchConditions: [{ name: "type", expression }] },
    );
    expect(outcome(policy, manifest())).toMatchObject({ admitted: { spec: { type: want } }, findings: [] });
  });

  it("a match condition that fails denies, or is passed over", () => {
    const matchConditions = [{ name: "label", expression: "object.metadata.labels['a'] == 'b'" }];
    const mutation: Mutation = { applyConfiguration: `Object{spec: Object.spec{type: "LoadBalancer"}}` };
    expect(outcome(one(mutation, { matchConditions }), manifest())).toMatchObject({
      admitted: { spec: { type: "ClusterIP" } },
      findings: [expect.stringMatching(/^matchConditions=deny .*no such key: labels$/)],
    });
    expect(outcome(one(mutation, { matchConditions, failurePolicy: "Ignore" }), manifest())).toMatchObject({
      admitted: { spec: { type: "ClusterIP" } },
      findings: [],
    });
  });

  it("a binding without its parameters denies if it says so", () => {
    const policy = one(
      { applyConfiguration: `Object{spec: Object.spec{type: params.data.type}}` },
      { paramKind: { apiVersion: "v1", kind: "ConfigMap" } },
    );
    const paramRef = { name: "p", parameterNotFoundAction: "Deny" };
    const { policy: judged } = judgeManifest(manifest(), {
      policies: admissionSet(policy, bindingOf(policy, "all", { paramRef })),
    });
    expect(judged.findings).toMatchObject([
      {
        action: "deny",
        message: "failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction",
      },
    ]);
  });

  it("a policy is evaluated once more, after all others, if it asks for that", () => {
    const count = (reinvocationPolicy: string): JsonObject =>
      mutatingPolicy("a", [label("'a'")], { reinvocationPolicy });
    const other = mutatingPolicy("b", [label("'b'")]);
    const order = (first: JsonObject): unknown =>
      outcome(first, manifest(), {}, other, bindingOf(other, "other")).admitted?.metadata.labels;
    expect(order(count("Never"))).toEqual({ order: "ab" });
    expect(order(count("IfNeeded"))).toEqual({ order: "aba" });
  });

  it("a deletion is not mutated, and a write of the status only if that is matched", () => {
    const mutation: Mutation = { applyConfiguration: `Object{metadata: Object.metadata{labels: {"a": "b"}}}` };
    const stored = manifest({ spec: { clusterIP: "10.96.0.7" } });
    const old = { ...stored, metadata: { ...stored.metadata, uid: "1" } };
    const rule = { apiGroups: [""], apiVersions: ["v1"], operations: ["*"] };
    const all = one(mutation, { matchConstraints: { resourceRules: [{ ...rule, resources: ["services"] }] } });
    expect(outcome(all, old, { operation: "delete", oldObject: old }).applied).toEqual([]);
    expect(outcome(all, old, { operation: "status", oldObject: old }).applied).toEqual([]);
    const status = one(mutation, {
      matchConstraints: { resourceRules: [{ ...rule, resources: ["services/status"] }] },
    });
    expect(outcome(status, old, { operation: "status", oldObject: old }).applied).toHaveLength(1);
  });
});

describe("what follows", () => {
  it("the API server validates what was made of the object", () => {
    const policy = one({ applyConfiguration: `Object{spec: Object.spec{type: "Wrong"}}` });
    expect(outcome(policy, manifest())).toMatchObject({ decision: { allowed: false, code: 422 }, findings: [] });
    const repair = one({ applyConfiguration: `Object{spec: Object.spec{type: "ClusterIP"}}` });
    expect(outcome(repair, manifest({ spec: { type: "Wrong" } }))).toMatchObject({ decision: { allowed: true } });
  });

  it("the team's policies see it, and their defaults come after it", () => {
    const policy = one({ applyConfiguration: `Object{spec: Object.spec{type: "LoadBalancer"}}` });
    const team = document("team", {
      defaults: { type: "NodePort", externalTrafficPolicy: "Local" },
      rules: [{ rule: "allowed-types", action: "deny", parameters: { types: ["ClusterIP"] } }],
    });
    expect(outcome(policy, manifest(), {}, team)).toMatchObject({
      admitted: { spec: { type: "LoadBalancer", externalTrafficPolicy: "Local" } },
      findings: [expect.stringMatching(/^allowed-types=deny/)],
    });
  });
});
