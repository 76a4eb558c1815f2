import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadPolicies } from "#src/policy-files/load.ts";
import { problemText } from "#src/policy/files/problem.ts";
import type { PolicySet } from "#src/policy/model/types.ts";

/** The number of policies in the large set, and the number of rules in each: 10,000 rules in all. */
const MANY = 1000;
const RULES_EACH = 10;

const FORBIDDEN = (name: string, label: string): string =>
  `{ rule: forbidden-labels, action: deny, parameters: { labels: [{ key: "${label}" }] }, message: "${name}" }`;

/** The texts that the policy file changes between: two small sets, and one with 10,000 rules. */
export const POLICY_TEXTS = {
  first: policyOf("soak-first", "", [
    "{ rule: external-ips, action: deny }",
    "{ rule: named-ports, action: warn }",
    "{ rule: node-ports-forbidden, action: audit }",
  ]),
  second: policyOf("soak-second", "defaults: { labels: { soak: second } }", [
    "{ rule: external-names, action: deny }",
    "{ rule: source-ranges-required, action: warn }",
  ]),
  many: Array.from({ length: MANY }, (_, index) =>
    policyOf(
      `soak-many-${index}`,
      `match: { namespaces: ["team-${index}"] }`,
      Array.from({ length: RULES_EACH }, (_unused, rule) => FORBIDDEN(`policy ${index}, rule ${rule}`, `soak-${rule}`)),
    ),
  ).join("---\n"),
} as const;

/** A policy file that cannot be parsed. */
export const BROKEN_POLICY =
  "apiVersion: fairlead.dev/v1alpha1\nkind: ServicePolicy\nmetadata: { name: broken }\nspec: { rules: [";

export type PolicyName = keyof typeof POLICY_TEXTS;

function policyOf(name: string, fields: string, rules: readonly string[]): string {
  const lines = ["apiVersion: fairlead.dev/v1alpha1", "kind: ServicePolicy", `metadata: { name: ${name} }`, "spec:"];
  if (fields !== "") lines.push(`  ${fields}`);
  return [...lines, "  rules:", ...rules.map((rule) => `    - ${rule}`), ""].join("\n");
}

/** Each of the texts as a compiled policy set. @throws Error if one is not valid */
export async function loadSets(folder: string): Promise<Readonly<Record<PolicyName, PolicySet>>> {
  const load = async (name: PolicyName): Promise<PolicySet> => {
    const file = join(folder, `${name}.yaml`);
    await writeFile(file, POLICY_TEXTS[name]);
    const { policies, problems } = await loadPolicies([file]);
    if (problems.length > 0) throw new Error(problems.map(problemText).join("\n"));
    return policies;
  };
  return { first: await load("first"), second: await load("second"), many: await load("many") };
}

/** Replaces the file atomically, as a mounted volume does. */
export async function replaceFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}
