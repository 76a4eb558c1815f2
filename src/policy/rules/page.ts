import { stringify } from "yaml";
import { isObject, type JsonObject } from "../../field/json.ts";
import type { JsonSchema } from "../schema/shape.ts";
import type { Operation } from "../types.ts";
import type { BadExample, Example, Rule } from "./rule.ts";

/** A rule's page, as Markdown: what it asks for and why, its parameters, its sentences, its examples. */
export function rulePage(rule: Rule): string {
  const { id, title, why, parameters, messages, examples, operations } = rule;
  return [
    `### ${id}`,
    "",
    `${title}.`,
    "",
    why,
    "",
    `Looked at on: ${operations.map(operationText).join(", ")}.`,
    "",
    ...parameterTable(parameters),
    "| it says | what to do |",
    "|---|---|",
    ...Object.values(messages).map(({ text, fix }) => `| ${cell(text)} | ${cell(fix ?? "")} |`),
    "",
    ...examples.good.flatMap((example) => exampleText("Good", example)),
    ...examples.bad.flatMap((example) => exampleText("Bad", example, example)),
  ]
    .join("\n")
    .trimEnd();
}

/** In words: a write of the status is looked at only where it changes what the rule is about. */
function operationText(operation: Operation): string {
  return operation === "status" ? "a write of the status that changes what it is about" : operation;
}

function parameterTable({ properties = {}, required = [] }: JsonSchema): readonly string[] {
  const rows = Object.entries(properties).map(([name, schema]) => {
    const standard = schema.default === undefined ? "" : `\`${cell(JSON.stringify(schema.default))}\``;
    const presence = required.includes(name) ? "must be given" : standard;
    return `| \`${name}\` | ${kindOf(schema)} | ${cell(schema.description ?? "")} | ${presence} |`;
  });
  if (rows.length === 0) return ["It has no parameters.", ""];
  return ["| parameter | is | meaning | default |", "|---|---|---|---|", ...rows, ""];
}

/** The kind of value in words: `list of TCP or UDP`. */
function kindOf({ type, enum: values, items, properties, minimum, maximum }: JsonSchema): string {
  if (values !== undefined) return values.map((value) => `\`${value}\``).join(" or ");
  if (items !== undefined) return `list of ${kindOf(items)}`;
  if (properties !== undefined)
    return `{ ${Object.entries(properties)
      .map(([name, inner]) => `${name}: ${kindOf(inner)}`)
      .join(", ")} }`;
  if (type === "object") return "map of text";
  if (type === "integer") return minimum === undefined ? "number" : `${minimum} to ${maximum ?? "any"}`;
  return type === "boolean" ? "true or false" : "text";
}

function exampleText(verdict: "Good" | "Bad", example: Example, bad?: BadExample): readonly string[] {
  const { name, parameters, metadata, spec, status, old, operation, namespace, user, cluster } = example;
  const shown = {
    ...(parameters && { parameters }),
    ...(operation && { operation }),
    ...(namespace && { namespace }),
    ...(user && { user }),
    ...(cluster && { cluster }),
    ...(old && Object.keys(old).length > 0 && { oldService: written(old) }),
    ...((metadata ?? spec ?? status) && {
      service: written({ ...(metadata && { metadata }), ...(spec && { spec }), ...(status && { status }) }),
    }),
  };
  const heading = `${verdict}: ${name}${bad === undefined ? "" : ` (found at ${bad.finds.map((at) => `\`${at}\``).join(", ")})`}`;
  if (Object.keys(shown).length === 0) return [heading, ""];
  return [heading, "```yaml", stringify(shown, { lineWidth: 100, flowCollectionPadding: true }).trimEnd(), "```", ""];
}

/** What the example's author wrote; a null only takes a field of the usual Service out. */
function written(value: object): JsonObject {
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(
    entries.map(([name, inner]: [string, unknown]) => [name, isObject(inner) ? written(inner) : inner]),
  );
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
