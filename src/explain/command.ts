import { Command } from "commander";
import { logLine } from "../check/reports/visible.ts";
import { EXIT } from "../exit-codes.ts";
import { explain, explainIndex, nearestTopic } from "./text.ts";

/** `fairlead explain [TOPIC]`: what a field or a rule is for. Exit code 2 for an unknown topic. */
export function command(): Command {
  return new Command("explain")
    .description("say what a field or a rule is for")
    .argument("[topic]", "a field, like spec.externalTrafficPolicy, or a rule, like port-range or named-ports")
    .addHelpText("after", "\nWithout a topic it prints the index of all fields.")
    .action(async (topic: string | undefined) => {
      const page =
        topic === undefined
          ? explainIndex()
          : (explain(topic) ?? (await explainCheckRule(topic)) ?? (await explainPolicyRule(topic)));
      if (page !== undefined) {
        console.log(page);
        return;
      }
      const near = nearestTopic(topic ?? "", await otherRules(topic ?? ""));
      console.error(
        `there is no field or rule ${logLine(JSON.stringify(topic))}; ${near === undefined ? "`fairlead explain` lists the fields" : `did you mean ${near}?`}`,
      );
      process.exitCode = EXIT.unusable;
    });
}

/** The rules that are not the engine's: the check's own, and those of policies, spelled as the topic spells them. */
async function otherRules(topic: string): Promise<string[]> {
  const { CHECK_RULES } = await import("../check/rule-texts.ts");
  const { RULES } = await import("../policy/index.ts");
  const prefix = topic.startsWith("policy/") ? "policy/" : "";
  return [...Object.keys(CHECK_RULES), ...RULES.map(({ id }) => `${prefix}${id}`)];
}

/** What is said about a rule of the check's own. */
async function explainCheckRule(topic: string): Promise<string | undefined> {
  const { checkRuleText } = await import("../check/rule-texts.ts");
  const text = checkRuleText(topic);
  return text && `${topic}\n\n  ${text.title}\n  ${text.help}`;
}

/** The page of a policy rule; its table is loaded only where no field is meant. */
async function explainPolicyRule(topic: string): Promise<string | undefined> {
  const { ruleNamed, rulePage } = await import("../policy/index.ts");
  const rule = ruleNamed(topic.replace(/^policy\//, ""));
  return rule === undefined ? undefined : rulePage(rule);
}
