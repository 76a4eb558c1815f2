import { describe, expect, it } from "@jest/globals";
import { compilePolicies } from "#src/policy/compile/compile.ts";
import { validatePolicy } from "#src/policy/compile/validate.ts";
import { policy } from "../support.ts";

const RULE = [{ rule: "external-ips" }];

function problemsOf(spec: object): readonly string[] {
  const document = { apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name: "p" }, spec };
  return validatePolicy(document).map(({ path, message }) => `${path.toString()}: ${message}`);
}

describe("a policy that is wrong is refused, field by field", () => {
  it.each([
    { name: "nothing in it", spec: {}, want: [/^spec: has neither defaults, rules nor validations/] },
    {
      name: "an unknown field",
      spec: { rules: RULE, exempts: [] },
      want: [/^spec.exempts: is not known; did you mean "exempt"\?/],
    },
    {
      name: "a wrong type",
      spec: { rules: RULE, match: { types: "ClusterIP" } },
      want: [/^spec.match.types: must be a list, not a string/],
    },
    {
      name: "an unknown value",
      spec: { rules: [{ rule: "external-ips", action: "Deny" }] },
      want: [/^spec.rules\[0\].action: .*did you mean "deny"/],
    },
    {
      name: "an unknown rule",
      spec: { rules: [{ rule: "external-ip" }] },
      want: [/^spec.rules\[0\].rule: .*did you mean "external-ips"/],
    },
    {
      name: "a missing parameter",
      spec: { rules: [{ rule: "allowed-types" }] },
      want: [/^spec.rules\[0\].parameters.types: is missing/],
    },
    {
      name: "an unknown parameter",
      spec: { rules: [{ rule: "allowed-types", parameters: { types: ["NodePort"], typ: 1 } }] },
      want: [/^spec.rules\[0\].parameters.typ: is not known; did you mean "types"/],
    },
    {
      name: "parameters that contradict each other",
      spec: { rules: [{ rule: "node-port-range", parameters: { first: 9, last: 8 } }] },
      want: [/^spec.rules\[0\].parameters: has a first port \(9\) behind the last \(8\)/],
    },
    {
      name: "a day that is none",
      spec: { rules: RULE, exempt: [{ names: ["a"], reason: "r", expires: "2026-02-30" }] },
      want: [/expires: must be a day/],
    },
    {
      name: "an exemption of nobody",
      spec: { rules: RULE, exempt: [{ reason: "r" }] },
      want: [/^spec.exempt\[0\]: must say who/],
    },
    {
      name: "an exemption without reason",
      spec: { rules: RULE, exempt: [{ names: ["a"] }] },
      want: [/^spec.exempt\[0\].reason: is missing/],
    },
    {
      name: "an exemption from no rule",
      spec: { rules: RULE, exempt: [{ names: ["a"], reason: "r", rules: ["x"] }] },
      want: [/rules\[0\]: there is no rule "x"/],
    },
    {
      name: "an exemption from a validation whose name has a slip",
      spec: {
        validations: [{ name: "low-ports", expression: "true" }],
        exempt: [{ names: ["a"], reason: "r", rules: ["low-port"] }],
      },
      want: [/rules\[0\]: there is no rule "low-port"; did you mean "low-ports"\?/],
    },
    {
      name: "an exemption from a rule that the policy does not have",
      spec: { rules: RULE, exempt: [{ names: ["a"], reason: "r", rules: ["named-ports"] }] },
      want: [/rules\[0\]: the policy has no rule "named-ports" to be exempt from$/],
    },
    {
      name: "an exemption for a blank reason",
      spec: { rules: RULE, exempt: [{ names: ["a"], reason: "  " }] },
      want: [/^spec.exempt\[0\].reason: must be some words/],
    },
    {
      name: "a service account without namespace",
      spec: { rules: RULE, exempt: [{ serviceAccounts: ["deployer"], reason: "r" }] },
      want: [/serviceAccounts\[0\]: must be a service account as namespace\/name/],
    },
    {
      name: "a namespace that can be none",
      spec: { rules: RULE, match: { namespaces: ["Team-*", "team-[ab]", "!!a"] } },
      want: [/namespaces\[0\]: must be a name in lower case/, /namespaces\[1\]/, /namespaces\[2\]/],
    },
    {
      name: "labels that can be none",
      spec: { rules: RULE, match: { namespaceSelector: { matchLabels: { "a b": "c" } } } },
      want: [/^spec.match.namespaceSelector.matchLabels\[a b\]: must be a name/],
    },
    {
      name: "a label's value that can be none",
      spec: {
        rules: RULE,
        match: { objectSelector: { matchExpressions: [{ key: "a", operator: "In", values: ["-"] }] } },
      },
      want: [/matchExpressions\[0\].values\[0\]: must be a label's value/],
    },
    {
      name: "a rule that never looks at what is matched",
      spec: { rules: [{ rule: "deletion-protection" }], match: { operations: ["CREATE", "UPDATE"] } },
      want: [
        /^spec.rules\[0\].rule: can never apply: it looks at DELETE, and match.operations has only CREATE, UPDATE$/,
      ],
    },
    {
      name: "a rule about another type than is matched",
      spec: {
        rules: [{ rule: "named-ports" }, { rule: "external-names", parameters: { suffixes: ["example.com"] } }],
        match: { types: ["LoadBalancer", "NodePort"] },
      },
      want: [
        /^spec.rules\[1\].rule: can never apply: it is about Services of type ExternalName, and match.types has only LoadBalancer, NodePort$/,
      ],
    },
    {
      name: "a rule whose parameters leave only other types than are matched",
      spec: {
        rules: [
          { rule: "allowed-types", parameters: { types: ["ClusterIP", "NodePort"] } },
          { rule: "node-ports-forbidden" },
        ],
        match: { types: ["ClusterIP"] },
      },
      want: [
        /^spec.rules\[0\].rule: can never apply: it is about Services of type LoadBalancer, ExternalName, and/,
        /^spec.rules\[1\].rule: can never apply: it is about Services of type NodePort, and match.types has only ClusterIP$/,
      ],
    },
    {
      name: "a rule whose parameters allow everything",
      spec: {
        rules: [
          { rule: "allowed-types", parameters: { types: ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"] } },
        ],
      },
      want: [/^spec.rules\[0\].rule: can never apply: its parameters allow Services of every type$/],
    },
    {
      name: "placeholders that the rule does not have",
      spec: {
        rules: [
          {
            rule: "required-labels",
            parameters: { labels: [{ key: "team" }] },
            message: "{namespac}/{name}: set {key}",
          },
          { rule: "named-ports", message: "{key}" },
        ],
      },
      want: [
        /^spec.rules\[0\].message: there is no placeholder \{namespac\}; did you mean "namespace"\? \(required-labels has \{name\}, \{namespace\}, \{found\}, \{key\}/,
        /^spec.rules\[1\].message: there is no placeholder \{key\}/,
      ],
    },
    {
      name: "defaults for what goes away",
      spec: { defaults: { labels: { a: "b" } }, match: { operations: ["DELETE"] } },
      want: [/^spec.defaults: can never apply/],
    },
    {
      name: "a selector without values",
      spec: { rules: RULE, match: { objectSelector: { matchExpressions: [{ key: "a", operator: "In" }] } } },
      want: [/^spec.match.objectSelector.matchExpressions\[0\].values: must not be empty for In/],
    },
    {
      name: "a selector with values too many",
      spec: {
        rules: RULE,
        match: { objectSelector: { matchExpressions: [{ key: "a", operator: "Exists", values: ["b"] }] } },
      },
      want: [/values: must be absent for Exists/],
    },
    {
      name: "an action for no namespaces",
      spec: { rules: [{ ...RULE[0], actions: [{ action: "warn" }] }] },
      want: [/^spec.rules\[0\].actions\[0\]: must say for which/],
    },
    { name: "no defaults in defaults", spec: { defaults: {} }, want: [/^spec.defaults: is empty/] },
    {
      name: "a value that no Service may have",
      spec: { defaults: { timeoutSeconds: 86401 } },
      want: [/^spec.defaults.timeoutSeconds: must be 86400 or less/],
    },
    {
      name: "a range that is none",
      spec: { defaults: { loadBalancerSourceRanges: ["10.0.0.1"] } },
      want: [/loadBalancerSourceRanges\[0\]: must be an address range/],
    },
    {
      name: "a label that is none",
      spec: { defaults: { labels: { "a b": "c d" } } },
      want: [/^spec.defaults.labels\[a b\]: must be a label's value/],
    },
    {
      name: "a label's name that is none",
      spec: { defaults: { labels: { "a b": "c" } } },
      want: [/^spec.defaults.labels\[a b\]: must be a name/],
    },
    {
      name: "an exemption as a default",
      spec: { defaults: { annotations: { "exempt.fairlead.dev/external-ips": "no" } } },
      want: [/is not for a policy to set/],
    },
    {
      name: "an alias as a default",
      spec: { defaults: { type: "ExternalName" } },
      want: [/^spec.defaults.type: must be one of/],
    },
    {
      name: "a port default for no port",
      spec: { defaults: { ports: [{ protocol: "UDP" }] } },
      want: [/^spec.defaults.ports\[0\]: must say which port/],
    },
    {
      name: "a port default of nothing",
      spec: { defaults: { ports: [{ port: 53 }] } },
      want: [/^spec.defaults.ports\[0\]: must say what/],
    },
    {
      name: "a timeout without affinity",
      spec: { defaults: { sessionAffinity: "None", timeoutSeconds: 60 } },
      want: [/^spec.defaults.timeoutSeconds: has no effect/],
    },
    {
      name: "a default that can never apply",
      spec: { match: { types: ["ClusterIP"] }, defaults: { loadBalancerClass: "a" } },
      want: [/^spec.defaults.loadBalancerClass: can never apply/],
    },
    {
      name: "a type for Services that have one",
      spec: { match: { types: ["LoadBalancer"] }, defaults: { type: "NodePort" } },
      want: [/^spec.defaults.type: can never apply/],
    },
    {
      name: "everything at once",
      spec: { match: { type: [] }, rules: [{ rule: "x" }] },
      want: [/^spec.match.type: /, /^spec.rules\[0\].rule: /],
    },
  ])("$name", ({ spec, want }) => {
    const problems = problemsOf(spec);
    expect(problems).toHaveLength(want.length);
    for (const [index, pattern] of want.entries()) expect(problems[index]).toMatch(pattern);
  });

  it.each([{ document: null }, { document: [] }, { document: "policy" }, { document: { kind: "Policy" } }])(
    "no policy at all: $document",
    ({ document }) => {
      expect(validatePolicy(document)).not.toEqual([]);
    },
  );

  it("is a bug to compile", () => {
    const sound = policy({ rules: RULE });
    const broken = { ...sound, spec: { ...sound.spec, rules: [{ rule: "nope", action: "deny" as const }] } };
    expect(() => compilePolicies([broken])).toThrow(TypeError);
  });
});

describe("patterns of users", () => {
  const withPattern = (pattern: string) => ({
    rules: [{ rule: "required-labels", parameters: { labels: [{ key: "a", pattern }] } }],
  });

  it.each([
    { name: "exponential in backtracking engines: runs in linear time", pattern: "(a+)+b", want: [] },
    { name: "back-references", pattern: "(a)\\1", want: [/must be a pattern in RE2 syntax/] },
    { name: "look-around", pattern: "(?=a)b", want: [/must be a pattern in RE2 syntax/] },
    { name: "not closed", pattern: "(a", want: [/missing closing \)/] },
    { name: "repetitions that multiply", pattern: "((a{100}){100}){100}", want: [/pattern in RE2 syntax/] },
    { name: "repetitions that add up", pattern: "(.{900}){1,3}".repeat(9), want: [/too costly|repeat/] },
    { name: "longer than a pattern is", pattern: "a".repeat(257), want: [/longer than 256/] },
    { name: "a megabyte", pattern: "a".repeat(1 << 20), want: [/1024 characters or less/, /longer than 256/] },
  ])("$name", ({ pattern, want }) => {
    const problems = problemsOf(withPattern(pattern));
    expect(problems).toHaveLength(want.length);
    for (const [index, regex] of want.entries()) expect(problems[index]).toMatch(regex);
  });
});
