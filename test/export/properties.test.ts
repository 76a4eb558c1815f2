import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { JsonObject } from "#src/field/json.ts";
import type { Rule } from "#src/policy/rules/kit/rule.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import type { PolicySet } from "#src/policy/model/types.ts";
import type { ServicePolicy } from "#src/policy/schema/document.ts";
import { compilePolicies } from "#src/policy/compile/compile.ts";
import { readPolicy } from "#src/policy/compile/validate.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { policies, policy } from "../policy/support.ts";
import { richService, update } from "./arbitrary.ts";
import { actionsOf, type Ask, atValidation, exported, found, TARGET, withMetadata } from "./support.ts";

/** A fixed seed, so that a failure can be reproduced. */
const RUNS = { seed: 20261127, numRuns: 25, endOnFailure: true } as const;

const cluster = PROFILES.dual;
const USERS = fc.constantFrom(
  { name: "jo", groups: ["developers"] },
  { name: "admin-jo", groups: ["system:masters", "admins"] },
  { name: "system:serviceaccount:ci:deployer", groups: ["system:serviceaccounts"] },
);

const circumstances = fc.record({
  user: USERS,
  namespace: fc.constantFrom("team-a", "team-b", "default", "kube-x"),
  by: fc.constantFrom<NonNullable<Ask["by"]>[]>("Update", "Apply", "nobody"),
});
const kinds = fc.oneof(
  richService.map((object): Ask => ({ operation: "create", object })),
  update.map((objects): Ask => ({ operation: "update", ...objects })),
  update.map((objects): Ask => ({ operation: "status", ...objects })),
  richService.map((object): Ask => ({ operation: "delete", object })),
);
/** A request that the API server accepts, as validating admission gets it. */
const request = fc
  .tuple(kinds, circumstances)
  .map(([{ operation, object, old }, { user, namespace, by }]) => {
    const facts = { user, namespace, namespaceLabels: { stage: namespace.slice(0, 4) } };
    const place = (one: JsonObject): JsonObject => withMetadata(one, { namespace });
    return atValidation({ operation, object: place(object), old: old && place(old), by, cluster, facts });
  })
  .filter((asked) => asked !== undefined);

/** Both answers to a request: the code's, and that of the exported objects. */
function answers(asked: NonNullable<ReturnType<typeof atValidation>>, byCode: PolicySet, byCel: PolicySet) {
  const inCel = found(asked, byCel);
  const failures = inCel.filter(({ message }) => /resulted in error|fails to/.test(message));
  expect(failures).toEqual([]);
  return { code: actionsOf(found(asked, byCode)), cel: actionsOf(inCel) };
}

interface Case {
  readonly id: string;
  readonly rule: Rule;
  readonly parameters: Readonly<Record<string, unknown>> | undefined;
}

const CASES: readonly Case[] = RULES.flatMap((rule) => {
  const known = new Map(
    [...rule.examples.good, ...rule.examples.bad].map(({ parameters }) => [JSON.stringify(parameters), parameters]),
  );
  return [...known].map(([text, parameters]) => ({ id: `${rule.id} ${text}`, rule, parameters }));
});

const SOME_RULES = [
  { rule: "named-ports" },
  { rule: "node-ports-forbidden", parameters: { loadBalancers: false } },
  { rule: "required-labels", parameters: { labels: [{ key: "team" }] } },
  { rule: "forbidden-namespaces", parameters: { namespaces: ["default", "kube-*"] } },
  { rule: "update-protection", parameters: { label: "team", value: "shop" } },
  { rule: "deletion-protection", parameters: { label: "team", value: "shop", groups: ["system:masters"] } },
  { rule: "status-addresses", parameters: { addresses: ["198.51.100.0/24"] } },
  { rule: "selector-required" },
] as const;

const selector = fc.constantFrom(
  { matchLabels: { team: "shop" } },
  { matchLabels: { "fairlead.dev/protected": "true" } },
  { matchExpressions: [{ key: "tier", operator: "NotIn", values: ["gold", ""] }] },
  {
    matchExpressions: [
      { key: "team", operator: "Exists" },
      { key: "app", operator: "DoesNotExist" },
    ],
  },
  { matchExpressions: [{ key: "tier", operator: "In", values: ["gold", "shop"] }] },
);
const namespaceSelector = fc.constantFrom(
  { matchLabels: { stage: "team" } },
  { matchExpressions: [{ key: "stage", operator: "NotIn", values: ["kube"] }] },
  { matchExpressions: [{ key: "none", operator: "DoesNotExist" }] },
);
const namespaces = fc.constantFrom(
  ["team-a"],
  ["team-*"],
  ["!kube-*"],
  ["!default", "!team-b"],
  ["*-a", "def?ult"],
  ["t*m-?"],
);
const action = fc.constantFrom("deny", "warn", "audit");
const actions = fc.array(
  fc.oneof(
    fc.record({ namespaces, action }),
    fc.record({ namespaceSelector, action }),
    fc.record({ namespaces, namespaceSelector, action }),
  ),
  { maxLength: 2 },
);
const rules = fc
  .tuple(
    fc.subarray([...SOME_RULES], { minLength: 1 }),
    fc.array(fc.record({ action, actions }), { minLength: 8, maxLength: 8 }),
  )
  .map(([chosen, hows]) => chosen.map((entry, i) => ({ ...entry, ...hows[i] })));
const match = fc.record(
  {
    namespaces,
    namespaceSelector,
    objectSelector: selector,
    types: fc.subarray(["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"], { minLength: 1 }),
  },
  { requiredKeys: [] },
);
const exempt = fc.array(
  fc
    .record(
      {
        users: fc.constantFrom(["jo"], ["admin-*", "x"], ["*"]),
        groups: fc.constantFrom(["system:masters"], ["dev*"]),
        serviceAccounts: fc.constantFrom(["ci/*"], ["*/deployer", "x/y"], ["c?/d*r"]),
        namespaces: fc.constantFrom(["team-a"], ["kube-*", "default"]),
        names: fc.constantFrom(["shop"], ["s*", "re?is"]),
      },
      { requiredKeys: [] },
    )
    .filter((criteria) => Object.keys(criteria).length > 0)
    .chain((criteria) =>
      fc
        .record(
          {
            rules: fc.constant("rules"),
            // One that has ended; others are not exported.
            expires: fc.constant("2020-01-01"),
          },
          { requiredKeys: [] },
        )
        .map((limits) => ({ ...criteria, ...limits, reason: "a ticket" })),
    ),
  { maxLength: 2 },
);
const validations = fc.subarray(
  [
    { name: "own", expression: "size(object.spec.?ports.orValue([])) < params.most // more", message: "too many" },
    { expression: "variables.ports.all(params, params.port != 22)", messageExpression: "'found ' + params.text" },
    {
      name: "by-operation",
      expression: "request.operation != 'UPDATE' ||\n oldObject.spec.type == object.spec.type",
      reason: "Forbidden",
      action: "warn",
    },
  ],
  { maxLength: 3 },
);
const matchConditions = fc.subarray([
  { name: "no-external-names", expression: "object == null || object.spec.type != params.type" },
  { name: "new-or-labelled", expression: "oldObject == null || has(oldObject.metadata.labels)" },
]);
const spec = fc
  .record({
    rules,
    match: fc.oneof(fc.constant({}), match),
    exempt: fc.option(exempt, { nil: undefined }),
    validations,
    matchConditions: fc.oneof(fc.constant([]), matchConditions),
    allowAnnotation: fc.boolean(),
  })
  .map(({ exempt: exemptions, rules: entries, validations: own, matchConditions: conditions, ...rest }) => {
    const [first] = entries;
    return {
      ...rest,
      rules: entries,
      exempt: (exemptions ?? []).map(({ rules: limited, ...one }) => ({
        ...one,
        ...(limited && { rules: [first?.rule] }),
      })),
      params: { most: 3, text: "it's", type: "ExternalName" },
      variables: [
        { name: "ports", expression: "object.spec.?ports.orValue([]).filter(p, p.port < 70000 || params.most == 3)" },
      ],
      ...(own.length > 0 && { validations: own }),
      ...(conditions.length > 0 && { matchConditions: conditions }),
    };
  });

const somePolicy = spec.map(validPolicy).filter((one) => one !== undefined);

describe("a policy has the effect of what it is exported to", () => {
  it("for any match, exemptions, actions, rules and validations", () => {
    fc.assert(
      fc.property(somePolicy, fc.array(request, { minLength: 8, maxLength: 8 }), (one, requests) => {
        const [byCode, byCel] = [compilePolicies([one]), exported(one, { ...TARGET, cluster })];
        for (const asked of requests) {
          const { code, cel } = answers(asked, byCode, byCel);
          expect({ spec: one.spec, object: asked.object, cel }).toEqual({
            spec: one.spec,
            object: asked.object,
            cel: code,
          });
        }
      }),
      RUNS,
    );
  });
});

/** Undefined if the drawn parts do not go together, such as a rule that can find nothing on the types that match. */
function validPolicy(drawn: object): ServicePolicy | undefined {
  const document = {
    apiVersion: "fairlead.dev/v1alpha1",
    kind: "ServicePolicy",
    metadata: { name: "drawn" },
    spec: drawn,
  };
  const reading = readPolicy(document);
  return "policy" in reading ? reading.policy : undefined;
}

/** Drawn once for all rules: to make a request what the API server would have stored takes longer than to judge it. */
const REQUESTS = fc.sample(request, { seed: RUNS.seed, numRuns: 150 });

describe("a rule finds something exactly where its CEL does", () => {
  it.each(CASES)("$id", ({ rule, parameters }) => {
    const inCel = rule.inCel(parameters, cluster);
    if ("cannot" in inCel) return;
    const spec = { rules: [{ rule: rule.id, ...(parameters && { parameters }) }] };
    const [byCode, byCel] = [policies(spec), exported(policy(spec), { ...TARGET, cluster })];
    for (const asked of REQUESTS) {
      const { code, cel } = answers(asked, byCode, byCel);
      const wanted = inCel.leavesOut === undefined || cel.length > 0 ? code : [];
      expect({ object: asked.object, finds: cel }).toEqual({ object: asked.object, finds: wanted });
    }
  });
});
