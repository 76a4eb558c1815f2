import type { BadExample, Example, Rule } from "../rules/kit/index.ts";
import { exampleYaml, kindOf, parametersOf, pathsOf, scopeText, surroundingsText } from "./rule-parts.ts";

/** The documentation of a rule as Markdown: purpose, parameters, messages and examples. */
export function rulePage(rule: Rule): string {
  const { id, title, why, messages, examples, placeholders } = rule;
  const surroundings = surroundingsText(rule);
  return [
    `### ${id}`,
    "",
    `${title}.`,
    "",
    why,
    "",
    `Applies to: ${scopeText(rule)}.`,
    "",
    ...(surroundings === undefined ? [] : [`${surroundings} See [what is around a Service](inventory.md).`, ""]),
    ...parameterTable(rule),
    "| message | fix |",
    "|---|---|",
    ...Object.values(messages).map(({ text, fix }) => `| ${cell(text)} | ${cell(fix ?? "")} |`),
    "",
    `Placeholders of a message: ${placeholders.map((name) => code(`{${name}}`)).join(", ")}.`,
    "",
    ...examples.good.flatMap((example) => exampleText("Good", example)),
    ...examples.bad.flatMap((example) => exampleText("Bad", example, example)),
  ]
    .join("\n")
    .trimEnd();
}

function parameterTable(rule: Rule): readonly string[] {
  const rows = parametersOf(rule).map(({ name, schema, isRequired }) => {
    const defaultValue = schema.default === undefined ? "" : code(cell(JSON.stringify(schema.default)));
    const presence = isRequired ? "required" : defaultValue;
    return `| ${code(name)} | ${kindOf(schema, code)} | ${cell(schema.description ?? "")} | ${presence} |`;
  });
  if (rows.length === 0) return ["No parameters.", ""];
  return ["| parameter | type | meaning | default |", "|---|---|---|---|", ...rows, ""];
}

function exampleText(label: "Good" | "Bad", example: Example, bad?: BadExample): readonly string[] {
  const heading = `${label}: ${example.name}${bad === undefined ? "" : ` (found at ${pathsOf(bad, code).join(", ")})`}`;
  const yaml = exampleYaml(example);
  return yaml === "" ? [heading, ""] : [heading, "```yaml", yaml, "```", ""];
}

function code(text: string): string {
  return `\`${text}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
