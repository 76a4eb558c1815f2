import { Command } from "commander";
import { wrapText } from "../field/index.ts";
import { explainIndex, explainTopic, fieldOfTopic, nearestTopic } from "../explain/index.ts";
import { logLine, textLayout, withHelpLink } from "../reports/console/index.ts";
import { CATALOGUE, fieldHelpLink, helpLink } from "../examine/model/index.ts";
import { EXIT_CODES } from "../usage/index.ts";

/** The command `fairlead explain [TOPIC]`: explains a field or a rule. Exit code 2 for an unknown topic. */
export function command(): Command {
  return new Command("explain")
    .argument("[topic]", "a field, like spec.externalTrafficPolicy, or a rule, like port-range or named-ports")
    .addHelpText("after", "\nWithout a topic it prints the index of all fields.")
    .action(async (asked: string | undefined) => {
      const topic = asked === undefined ? undefined : topicOfAddress(asked);
      const page =
        topic === undefined || /^service$/i.test(topic)
          ? explainIndex()
          : (explainFieldOrCode(topic) ?? (await explainCheckRule(topic)) ?? (await explainPolicyRule(topic)));
      if (page !== undefined) {
        console.log(page);
        return;
      }
      const suggestion = nearestTopic(topic ?? "", await rulesBesidesEngine(topic ?? ""));
      const hint = suggestion === undefined ? "`fairlead explain` lists the fields" : `did you mean ${suggestion}?`;
      console.error(`there is no field or rule ${logLine(JSON.stringify(asked))}; ${hint}`);
      console.error(`every finding, rule and trap of YAML has a page: ${CATALOGUE}`);
      process.exitCode = EXIT_CODES.unusable;
    });
}

/** The rule whose page has this address, or this path on the site, as reports show them; any other text as it is. */
function topicOfAddress(topic: string): string {
  return topic.replace(/^(?:https:\/\/.*\/)?(?:findings|rules)\/([^/?#]+).*$/, "$1");
}

/** The rules of the check itself and of policies, the latter with the prefix `policy/` if the topic has it. */
async function rulesBesidesEngine(topic: string): Promise<string[]> {
  const { CHECK_RULES } = await import("../examine/findings/index.ts");
  const { RULES } = await import("../policy/rules/index.ts");
  const prefix = topic.startsWith("policy/") ? "policy/" : "";
  return [...Object.keys(CHECK_RULES), ...RULES.map(({ id }) => `${prefix}${id}`)];
}

/** The page of a field or of a rule of the engine. */
function explainFieldOrCode(topic: string): string | undefined {
  const page = explainTopic(topic, textLayout().width);
  if (page === undefined) return undefined;
  const field = fieldOfTopic(topic);
  return withHelpLink(page, field === undefined ? helpLink(topic) : fieldHelpLink(field));
}

/** The page of a rule of the check itself. */
async function explainCheckRule(topic: string): Promise<string | undefined> {
  const { checkRuleText } = await import("../examine/findings/index.ts");
  const text = checkRuleText(topic);
  const { width } = textLayout();
  if (text === undefined) return undefined;
  const lines = [topic, "", ...wrapText(text.title, width, "  "), ...wrapText(text.help, width, "  ")];
  return withHelpLink(lines.join("\n"), helpLink(topic, text));
}

/** The page of a policy rule; the table of policy rules is loaded only if the topic is nothing else. */
async function explainPolicyRule(topic: string): Promise<string | undefined> {
  const [{ findRule }, { ruleText }] = await Promise.all([
    import("../policy/rules/index.ts"),
    import("../policy/reference/index.ts"),
  ]);
  const rule = findRule(topic.replace(/^policy\//, ""));
  return rule === undefined ? undefined : withHelpLink(ruleText(rule, textLayout()), helpLink(`policy/${rule.id}`));
}
