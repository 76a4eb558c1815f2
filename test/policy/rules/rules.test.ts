import { describe, expect, it } from "@jest/globals";
import { loadPolicies } from "#src/policy/files/load.ts";
import type { BadExample, Example, Rule } from "#src/policy/rules/kit/rule.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { judgeManifest, manifest, policies } from "../support.ts";

function findingsOf(rule: Rule, example: Example) {
  const { operation = "create", namespace = "team-a", user, old, cluster = "ipv4", parameters } = example;
  const set = policies({ rules: [{ rule: rule.id, ...(parameters && { parameters }) }] });
  const facts = { namespace, today: "2026-11-24", origin: "manifest" as const, ...(user && { user }) };
  const oldObject = old && manifest(old);
  const object = manifest({ ...example, metadata: { namespace, ...example.metadata } });
  const judgement = judgeManifest(object, { operation, oldObject, facts, cluster: PROFILES[cluster], policies: set });
  expect({ causes: judgement.causes }).toEqual({ causes: [] });
  return judgement.policy.findings;
}

describe.each(RULES.map((rule) => ({ id: rule.id, rule })))("rule $id", ({ rule }) => {
  it.each<Example>([...rule.examples.good])("has nothing against: $name", (example) => {
    expect(findingsOf(rule, example)).toEqual([]);
  });

  it.each<BadExample>([...rule.examples.bad])("finds: $name", (example) => {
    const findings = findingsOf(rule, example);
    expect(findings.map(({ path }) => path.toString())).toEqual(example.finds);
    for (const { message, fix } of findings) expect(`${message} ${fix ?? ""}`).not.toMatch(/\{[a-z]\w*\}/i);
  });

  it("shows both", () => {
    expect(rule.examples.good.length).toBeGreaterThan(0);
    expect(rule.examples.bad.length).toBeGreaterThan(0);
  });

  it("shows each of its sentences", () => {
    const fixes = new Set(rule.examples.bad.flatMap((example) => findingsOf(rule, example).map(({ fix }) => fix)));
    expect(fixes.size).toBeGreaterThanOrEqual(new Set(Object.values(rule.messages).map(({ fix }) => fix)).size);
  });
});

it("lists the rules by id, each once", () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

it("the set advice has every rule of the group, and no other", async () => {
  const { documents } = await loadPolicies(["advice"]);
  const listed = documents.flatMap(({ spec }) => spec.rules.map(({ rule }) => rule));
  expect(listed).toEqual(RULES.filter(({ group }) => group === "advice").map(({ id }) => id));
});
