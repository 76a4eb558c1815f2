import { CHECK_RULES } from "#src/check/findings/rule-texts.ts";
import { fieldFacts } from "#src/explain/pages.ts";
import { MESSAGES } from "#src/service/messages/messages.ts";
import { FIELD_HELP } from "#src/service/schema/field-help.ts";

/** The text of docs/service.md, generated from the tables of the engine. */
export function serviceReference(): string {
  const fields = Object.entries(FIELD_HELP).map(([name, help]) => {
    const facts = fieldFacts(help).map((fact) => `- **${fact.name}**: ${fact.text}`);
    return [`### \`${name}\``, "", help.purpose, ...(facts.length > 0 ? ["", ...facts] : []), ""].join("\n");
  });
  const rules = Object.entries(MESSAGES).map(
    ([code, rule]) =>
      `| <a id="${code}"></a>\`${code}\` | ${rule.title} | ${"reason" in rule ? rule.reason : "(decoding error or warning)"} |`,
  );
  const ofTheCheck = Object.entries(CHECK_RULES).map(
    ([id, { title, help }]) => `| <a id="${id}"></a>\`${id}\` | ${title} | ${help.replaceAll("|", "\\|")} |`,
  );
  return [
    "# The Service, field by field",
    "",
    "What each field is for, what it is where it is left out, what it is held to and what takes it away again.",
    "Made from the tables that the engine itself reads (`npm run docs`); `fairlead explain FIELD` prints the same.",
    "",
    "## Fields",
    "",
    ...fields,
    "## Rules of the API server",
    "",
    "| rule | what it says | the server's reason |",
    "|---|---|---|",
    ...rules,
    "",
    "## What `fairlead check` finds beside them",
    "",
    "| rule | what it says | why |",
    "|---|---|---|",
    ...ofTheCheck,
    "",
  ].join("\n");
}
