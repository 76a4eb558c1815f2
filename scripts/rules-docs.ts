/** `node scripts/rules-docs.ts [--check]`: writes docs/rules.md from the built-in rules, or checks that it is current. */
import { helpLink } from "#src/examine/model/texts.ts";
import { rulePage } from "#src/policy/reference/rule-page.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { writeOrCheck } from "./generated.ts";

const GROUPS = [
  { group: "team", title: "What a team may decide" },
  { group: "advice", title: "Advice: what the API server accepts and what hurts in production" },
  { group: "consistency", title: "Consistency: what does not fit other objects" },
] as const;

const contents = GROUPS.flatMap(({ group, title }) => [
  `## ${title}`,
  "",
  "| rule | what it asks for |",
  "|---|---|",
  ...RULES.filter((rule) => rule.group === group).map((rule) => `| [\`${rule.id}\`](#${rule.id}) | ${rule.title} |`),
  "",
]);

writeOrCheck(
  "docs/rules.md",
  [
    "# The built-in rules",
    "",
    "Generated from the rules (`npm run docs`); the examples are run as tests. How to use rules in a policy:",
    "[policy.md](policy.md). The same pages: `fairlead rules RULE`. How each claim about a cluster was checked:",
    `[claims.md](claims.md). On the site, each rule has [a page of its own](${helpLink("policy/")}), with whole manifests, what is said of`,
    "them, and the rule in CEL.",
    "",
    ...contents,
    "## The rules",
    "",
    ...RULES.map(
      (rule) =>
        `${rulePage(rule)}\n\nWhole manifests: [\`${rule.id}\`](${helpLink(`policy/${rule.id}`)}) on the site.\n`,
    ),
  ].join("\n"),
);
