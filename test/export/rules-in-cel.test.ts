import { describe, expect, it } from "@jest/globals";
import type { BadExample, Example, Rule } from "#src/policy/rules/kit/rule.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { manifest, policies, policy } from "../policy/support.ts";
import { actionsOf, atValidation, exported, found, plain, TARGET } from "./support.ts";

const cluster = PROFILES.dual;

/** The rule in CEL, with the parameters of an example. */
function said(rule: Rule, { parameters }: Example) {
  return rule.inCel(parameters, cluster);
}

/** Examples whose finding the CEL of the rule names by another of the rule's messages, of which CEL can tell only one. */
const OTHER_MESSAGES = ["an address in another notation"];

describe.each(RULES.map((rule) => ({ id: rule.id, rule })))("rule $id in CEL", ({ rule }) => {
  const examples = [...rule.examples.good, ...rule.examples.bad];

  it("is said, or has a reason why not", () => {
    for (const example of examples) {
      const inCel = said(rule, example);
      if ("cannot" in inCel) expect(inCel.cannot).toMatch(/\w/);
      else expect(inCel.findings.length).toBeGreaterThan(0);
    }
  });

  it.each<Example | BadExample>(examples)("answers as the rule itself: $name", (example) => {
    const inCel = said(rule, example);
    if ("cannot" in inCel) return;
    const { operation = "create", namespace = "team-a", user = { name: "jo", groups: [] }, old, parameters } = example;
    const spec = { rules: [{ rule: rule.id, ...(parameters && { parameters }) }] };
    const own = PROFILES[example.cluster ?? "ipv4"];
    const request = atValidation({
      operation,
      object: plain(manifest({ ...example, metadata: { namespace, ...example.metadata } })),
      old: old && plain(manifest({ ...old, metadata: { namespace, ...old.metadata } })),
      facts: { namespace, user },
      cluster: own,
    });
    expect(request).toBeDefined();
    if (request === undefined) return;
    const byCode = found(request, policies(spec));
    const byCel = found(request, exported(policy(spec), { ...TARGET, cluster: own }));
    const text = byCel.map(({ message }) => message).join("; ");
    expect(text).not.toMatch(/resulted in error|fails to/);
    const isPart = inCel.leavesOut !== undefined && byCel.length === 0;
    if (!isPart) expect(actionsOf(byCel)).toEqual(actionsOf(byCode));
    if (isPart || OTHER_MESSAGES.includes(example.name)) return;
    for (const { path, message, fix } of byCode)
      expect(text).toContain(`${path.toString()}: ${message}${fix === undefined ? "" : `; ${fix}`}`);
  });
});
