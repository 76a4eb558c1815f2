import { CHECK_RULES } from "#src/examine/findings/rule-texts.ts";
import { helpLink } from "#src/examine/model/texts.ts";
import { fieldFacts } from "#src/explain/pages.ts";
import { type Code, consequenceOf, MESSAGES, messageTitle } from "#src/service/messages/messages.ts";
import { FIELD_HELP } from "#src/service/schema/field-help.ts";

/** The text of docs/service.md, generated from the tables of the engine. */
export function serviceReference(): string {
  const fields = Object.entries(FIELD_HELP).map(([name, help]) => {
    const facts = fieldFacts(help).map((fact) => `- **${fact.name}**: ${withLink(fact)}`);
    return [`### \`${name}\``, "", help.purpose, ...(facts.length > 0 ? ["", ...facts] : []), ""].join("\n");
  });
  const rules = Object.keys(MESSAGES)
    .filter((code): code is Code => Object.hasOwn(MESSAGES, code))
    .map((code) => `| <a id="${code}"></a>${pageLink(code)} | ${messageTitle(code)} | ${consequenceOf(code)} |`);
  const ofTheCheck = Object.entries(CHECK_RULES).map(
    ([id, { title, help }]) => `| <a id="${id}"></a>${pageLink(id)} | ${title} | ${help.replaceAll("|", "\\|")} |`,
  );
  return [
    "# The Service, field by field",
    "",
    "What each field is for, its default, what the API server refuses or warns about, and what clears it. Generated from",
    "the tables of the engine (`npm run docs`); `fairlead explain FIELD` prints the same. The codes lead to pages with examples.",
    "",
    "## Fields",
    "",
    ...fields,
    "## What the API server refuses or warns about",
    "",
    "| code | fault | consequence |",
    "|---|---|---|",
    ...rules,
    "",
    "## What else `fairlead check` finds",
    "",
    "| code | fault | why it matters |",
    "|---|---|---|",
    ...ofTheCheck,
    "",
  ].join("\n");
}

/** What is refused or warned about, with its code at the end as a link. */
function withLink({ name, text }: { readonly name: string; readonly text: string }): string {
  if (name !== "refused" && name !== "warning") return text;
  return text.replace(/\(([a-z0-9-]+)\)$/, (_, code: string) => `(${pageLink(code)})`);
}

function pageLink(rule: string): string {
  return `[\`${rule}\`](${helpLink(rule)})`;
}
