import { stringify } from "yaml";
import { wrapText } from "../../field/index.ts";
import type { BadExample, Example, Rule } from "../rules/kit/index.ts";
import {
  exampleYaml,
  kindOf,
  type Parameter,
  parametersOf,
  pathsOf,
  scopeText,
  surroundingsText,
} from "./rule-parts.ts";

/** How a text for a terminal is laid out. */
export interface TextLayout {
  /** The number of columns. */
  readonly width: number;
  /** Emphasizes a heading. */
  readonly heading: (text: string) => string;
}

/** The documentation of a rule for a terminal: what {@link rulePage} says, without markup. */
export function ruleText(rule: Rule, { width, heading }: TextLayout): string {
  const { id, title, why, messages, examples, placeholders } = rule;
  const section = (name: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ["", heading(name), ...lines];
  const surroundings = surroundingsText(rule);
  return [
    heading(id),
    "",
    ...wrapText(`${title}.`, width, "  "),
    "",
    ...wrapText(why, width, "  "),
    ...section("Applies to", [
      ...wrapText(scopeText(rule), width, "  "),
      ...(surroundings === undefined ? [] : wrapText(surroundings, width, "  ")),
    ]),
    ...section(
      "Parameters",
      parametersOf(rule).flatMap((parameter) => parameterLines(parameter, width)),
    ),
    ...section("In a policy", indented(stringify({ rules: [entryOf(rule)] }, { lineWidth: width - 2 }), "  ")),
    ...section(
      "Messages",
      Object.values(messages).flatMap(({ text, fix }) => [
        ...wrapText(text, width, "  - ", "    "),
        ...(fix === undefined ? [] : wrapText(`fix: ${fix}`, width, "    ")),
      ]),
    ),
    "",
    ...wrapText(`A message of your own may use ${placeholders.map((name) => `{${name}}`).join(", ")}.`, width, "  "),
    ...section(
      "Accepted",
      examples.good.flatMap((example) => exampleLines(example, width)),
    ),
    ...section(
      "Found",
      examples.bad.flatMap((example) => exampleLines(example, width, example)),
    ),
  ].join("\n");
}

function parameterLines({ name, schema, isRequired }: Parameter, width: number): readonly string[] {
  const { default: preset, description = "" } = schema;
  const isLong = typeof preset === "object" && JSON.stringify(preset).length > width / 2;
  const value = preset === undefined ? "optional" : `default ${isLong ? "as below" : JSON.stringify(preset)}`;
  return [
    ...wrapText(`${name}: ${kindOf(schema, String)}; ${isRequired ? "required" : value}`, width, "  ", "    "),
    ...wrapText(description, width, "    "),
    ...(isLong ? indented(stringify(preset, { lineWidth: 0 }), "      ") : []),
  ];
}

/** An entry of a policy that names the rule: with the parameters of an example, if it has any. */
function entryOf({ id, examples: { good, bad } }: Rule): object {
  const parameters = [...good, ...bad].find((example) => example.parameters !== undefined)?.parameters;
  return { rule: id, action: "warn", ...(parameters && { parameters }) };
}

function exampleLines(example: Example, width: number, bad?: BadExample): readonly string[] {
  const found = bad === undefined ? "" : `; found at ${pathsOf(bad).join(", ")}`;
  return [...wrapText(`${example.name}${found}`, width, "  - ", "    "), ...indented(exampleYaml(example), "      ")];
}

function indented(text: string, by: string): readonly string[] {
  return text === ""
    ? []
    : text
        .trimEnd()
        .split("\n")
        .map((line) => by + line);
}
