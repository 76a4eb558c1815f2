import { Command } from "commander";
import { didYouMean } from "../field/index.ts";
import { ruleText } from "../policy/reference/index.ts";
import { findRule, RULES } from "../policy/rules/index.ts";
import type { Rule } from "../policy/rules/kit/index.ts";
import { helpLink } from "../examine/model/index.ts";
import { textLayout, withHelpLink } from "../reports/console/index.ts";
import { EXIT_CODES } from "../usage/index.ts";

/** The command `fairlead rules`: lists the built-in rules, or prints the page of one. */
export function command(): Command {
  return new Command("rules")
    .argument("[rule]", "a rule's id")
    .option("--json", "as JSON, with the schemas of the parameters")
    .action((id: string | undefined, { json = false }: { readonly json?: boolean }) => {
      const rules = id === undefined ? RULES : RULES.filter((rule) => rule.id === id);
      if (id !== undefined && findRule(id) === undefined) {
        const hint = didYouMean(
          id,
          RULES.map((rule) => rule.id),
        );
        process.stderr.write(`error: there is no rule ${JSON.stringify(id)}${hint} (\`fairlead rules\` lists them)\n`);
        process.exitCode = EXIT_CODES.unusable;
        return;
      }
      process.stdout.write(
        `${json ? asJson(rules) : id === undefined ? asList(rules) : rules.map(asPage).join("\n")}\n`,
      );
    });
}

function asPage(rule: Rule): string {
  return withHelpLink(ruleText(rule, textLayout()), helpLink(`policy/${rule.id}`));
}

function asJson(rules: readonly Rule[]): string {
  const shown = rules.map(({ id, title, why, group, operations, needs, parameters }) => ({
    id,
    title,
    why,
    group,
    operations,
    ...(needs && { needs }),
    parameters,
    help: helpLink(`policy/${id}`),
  }));
  return JSON.stringify(shown, undefined, 2);
}

function asList(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(({ id, group, title }) => `${id.padEnd(width)}  ${group.padEnd("consistency".length)}  ${title}`)
    .join("\n");
}
