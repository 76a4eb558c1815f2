import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { referencesIn } from "#src/inventory/references/references-in.ts";
import { inventoryOf } from "#src/inventory/store/inventory-of.ts";
import { loadPolicies } from "#src/policy-files/load.ts";
import type { BadExample, Example, Rule } from "#src/policy/rules/kit/rule.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { type ServiceType, TYPES } from "#src/service/schema/enum-values.ts";
import { judgeManifest, manifest, policies } from "../support.ts";

function judgeExample(rule: Rule, example: Example) {
  const { operation = "create", namespace = "team-a", user, old, cluster = "ipv4", parameters, others } = example;
  const set = policies({ rules: [{ rule: rule.id, ...(parameters && { parameters }) }] });
  const facts = { namespace, today: "2026-11-24", origin: "manifest" as const, ...(user && { user }) };
  const oldObject = old && manifest(old);
  const inventory = others && inventoryOf(others, namespace);
  const object = manifest({ ...example, metadata: { namespace, ...example.metadata } });
  return judgeManifest(object, { operation, oldObject, facts, cluster: PROFILES[cluster], policies: set, inventory });
}

function findingsOf(rule: Rule, example: Example) {
  const { causes, policy } = judgeExample(rule, example);
  expect({ causes }).toEqual({ causes: [] });
  return policy.findings;
}

/** What the rule finds at the objects around the example's Service that name one: it is among them unless it is deleted. */
function findingsInOthers(rule: Rule, { others = [], namespace = "team-a", parameters, ...example }: Example) {
  const object = manifest({ ...example, metadata: { namespace, ...example.metadata } });
  const inventory = inventoryOf(example.operation === "delete" ? others : [...others, object], namespace);
  const set = policies({ rules: [{ rule: rule.id, ...(parameters && { parameters }) }] });
  return others
    .flatMap((other) => referencesIn(other, { namespace, isNamespaceCertain: true }))
    .flatMap((reference) => set.judgeReference(reference, inventory, { namespace, today: "2026-11-24" }));
}

/** What a Service of each type needs to be accepted, beside what an example says. */
const SPECS: Readonly<Record<ServiceType, JsonObject>> = {
  ClusterIP: {},
  NodePort: {},
  LoadBalancer: {},
  ExternalName: { externalName: "db.example.com" },
};

/** Whether the rule finds something on the example's Service with another type, and the API server accepts that. */
function isFoundOn(rule: Rule, example: Example, type: ServiceType): boolean {
  const spec = { ...SPECS[type], ...example.spec, type };
  const { causes, policy } = judgeExample(rule, { ...example, spec });
  return causes.length === 0 && policy.findings.length > 0;
}

describe.each(RULES.map((rule) => ({ id: rule.id, rule })))("rule $id", ({ rule }) => {
  it.each<Example>([...rule.examples.good])("has nothing against: $name", (example) => {
    expect(findingsOf(rule, example)).toEqual([]);
  });

  it.each<BadExample>([...rule.examples.bad])("finds: $name", (example) => {
    const findings = findingsOf(rule, example);
    expect(findings.map(({ path }) => path.toString())).toEqual(example.finds);
    const inOthers = findingsInOthers(rule, example);
    expect(inOthers.map(({ path }) => path.toString())).toEqual(example.findsInOthers ?? []);
    for (const { message, fix } of [...findings, ...inOthers])
      expect(`${message} ${fix ?? ""}`).not.toMatch(/\{[a-z]\w*\}/i);
  });

  it("finds something on Services of its types, and of no others", () => {
    const types = TYPES.filter((type) => rule.examples.bad.some((example) => isFoundOn(rule, example, type)));
    expect(types).toEqual(TYPES.filter((type) => rule.types.includes(type)));
  });

  it("has parameters for each of its types", () => {
    const types = new Set(rule.examples.bad.flatMap(({ parameters }) => rule.typesFor(parameters)));
    expect(TYPES.filter((type) => types.has(type))).toEqual(TYPES.filter((type) => rule.types.includes(type)));
  });

  it("shows both", () => {
    expect(rule.examples.good.length).toBeGreaterThan(0);
    expect(rule.examples.bad.length).toBeGreaterThan(0);
  });

  it("shows each of its sentences", () => {
    const findings = rule.examples.bad.flatMap((one) => [...findingsOf(rule, one), ...findingsInOthers(rule, one)]);
    const fixes = new Set(findings.map(({ fix }) => fix));
    expect(fixes.size).toBeGreaterThanOrEqual(new Set(Object.values(rule.messages).map(({ fix }) => fix)).size);
  });
});

it("lists the rules by id, each once", () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

it.each(["advice", "consistency"])("the set %s has every rule of the group, and no other", async (set) => {
  const { documents } = await loadPolicies([set]);
  const listed = documents
    .flatMap((policy) => (policy.kind === "ServicePolicy" ? policy.spec.rules : []))
    .map(({ rule }) => rule);
  expect(listed).toEqual(RULES.filter(({ group }) => group === set).map(({ id }) => id));
});

it("a policy's own message may use every placeholder of the rule, whether the finding has a value for it or not", () => {
  const message = "{namespace}/{name}: {key} is {found}, not {pattern}";
  const parameters = { labels: [{ key: "team", pattern: "[a-z]+" }, { key: "tier" }] };
  const set = policies({ rules: [{ rule: "required-labels", parameters, message }] });
  const object = manifest({ metadata: { name: "shop", namespace: "team-a", labels: { team: "A1" } } });
  const facts = { namespace: "team-a", today: "2026-11-24", origin: "manifest" as const };
  expect(judgeManifest(object, { facts, policies: set }).policy.findings.map((finding) => finding.message)).toEqual([
    "team-a/shop: team is A1, not [a-z]+",
    "team-a/shop: tier is (none), not (none)",
  ]);
});
