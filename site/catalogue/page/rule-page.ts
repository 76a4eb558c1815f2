import { kindOf, parametersOf, scopeText, surroundingsText } from "../../../src/policy/reference/rule-parts.ts";
import type { Rule } from "../../../src/policy/rules/kit/rule.ts";
import { RULES } from "../../../src/policy/rules/registry.ts";
import { UNKNOWN_CLUSTER } from "../../../src/service/cluster/cluster-profile.ts";
import { isOnlyInRequests, POLICY_EXAMPLES } from "../examples/index.ts";
import { outcomeOf } from "../run/run-example.ts";
import { exampleParts } from "./example-part.ts";
import { fieldSection, fixText, relatedSection } from "./finding-page.ts";
import { asSentence, block, type CataloguePage, cell, paragraphs, prose, section } from "./markdown.ts";
import { fieldsOf } from "./places.ts";

/** The pages of the policy rules, under `rules/`. */
export async function rulePages(): Promise<readonly CataloguePage[]> {
  return Promise.all(RULES.map(pageOf));
}

async function pageOf(rule: Rule): Promise<CataloguePage> {
  const { id, title, why } = rule;
  const name = `policy/${id}`;
  const example = POLICY_EXAMPLES[name];
  if (example === undefined) throw new Error(`${id} has no example`);
  const bad = await outcomeOf(example, "bad");
  const found = bad.findings.filter((one) => one.rule === name);
  const fields = fieldsOf(name, []);
  const surroundings = surroundingsText(rule);
  const markdown = paragraphs(
    `# ${id}`,
    prose(asSentence(title)),
    "Severity: that of the policy's `action`: **error** for `deny`, **warning** for `warn`, **note** for `audit`.",
    section("Why", prose(why)),
    section("Example", exampleParts(name, example, bad)),
    section(
      "Fix",
      fixText(example, bad, found[0]?.fix),
      "If it is meant to be so: [an exemption](/docs/policy#exemptions) in the policy or, in CI, [a baseline](/docs/ci#existing-findings).",
    ),
    section("Messages", messageTable(rule)),
    section("Parameters", parameterTable(rule)),
    section(
      "Where it applies",
      asSentence(scopeText(rule)),
      surroundings && `${prose(surroundings)} See [what is around a Service](/docs/inventory).`,
    ),
    section(
      "Who says it",
      `A [policy](/docs/policy) with this rule, ${isOnlyInRequests(example) ? "in the webhook" : "in `fairlead check` and in the webhook alike"}.`,
      prose(example.onlyInRequests?.because ?? ""),
    ),
    section("In CEL", celText(rule)),
    fieldSection(fields),
    relatedSection(name, fields),
  );
  return { path: `rules/${id}`, title: id, description: asSentence(title), markdown: `${markdown}\n` };
}

function messageTable({ messages, placeholders }: Rule): string {
  const rows = Object.values(messages).map(({ text, fix = "" }) => `| ${cell(text)} | ${cell(fix)} |`);
  const names = placeholders.map((name) => `\`{${name}}\``).join(", ");
  return paragraphs(
    ["| message | fix |", "|---|---|", ...rows].join("\n"),
    `A message of the policy's own can use ${names}.`,
  );
}

function parameterTable(rule: Rule): string {
  const rows = parametersOf(rule).map(({ name, schema, isRequired }) => {
    const kind = kindOf(schema, (value) => `\`${value}\``);
    const presence = isRequired
      ? "required"
      : schema.default === undefined
        ? ""
        : `\`${JSON.stringify(schema.default)}\``;
    return `| \`${name}\` | ${cell(kind)} | ${cell(schema.description ?? "")} | ${cell(presence)} |`;
  });
  return rows.length === 0
    ? "None."
    : ["| parameter | type | meaning | default |", "|---|---|---|---|", ...rows].join("\n");
}

/** The rule as a cluster enforces it without a webhook, with the parameters of its first bad example. */
function celText(rule: Rule): string {
  const said = rule.inCel(rule.examples.bad[0]?.parameters, UNKNOWN_CLUSTER);
  if ("cannot" in said) return prose(`It is not exported: ${said.cannot}.`);
  const expressions = said.findings.map(({ each, path, where }) => {
    const item = each === undefined ? "" : `// for each ${each.names.join(", ")} of ${each.of}\n`;
    return `${item}// ${path}\n${where}`;
  });
  return paragraphs(
    "`fairlead export` makes a [ValidatingAdmissionPolicy](/docs/admission-policies) of it, which the API server enforces by itself. A Service is refused where one of these is true:",
    block("text", expressions.join("\n\n")),
    said.leavesOut === undefined ? undefined : prose(`Left out: ${said.leavesOut}.`),
  );
}
