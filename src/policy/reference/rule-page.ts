import { stringify } from "yaml";
import { isObject, type JsonObject } from "../../field/index.ts";
import { TYPES } from "../../service/schema/index.ts";
import type { Operation } from "../model/index.ts";
import type { BadExample, Example, Rule } from "../rules/kit/index.ts";
import type { JsonSchema } from "../schema/index.ts";

/** The documentation of a rule as Markdown: purpose, parameters, messages and examples. */
export function rulePage(rule: Rule): string {
  const { id, title, why, parameters, messages, examples, operations, types, placeholders } = rule;
  return [
    `### ${id}`,
    "",
    `${title}.`,
    "",
    why,
    "",
    `Applies to: ${operations.map(operationText).join(", ")}; Services of ${types.length === TYPES.length ? "any type" : `type ${types.join(", ")}`}.`,
    "",
    ...parameterTable(parameters),
    "| message | fix |",
    "|---|---|",
    ...Object.values(messages).map(({ text, fix }) => `| ${cell(text)} | ${cell(fix ?? "")} |`),
    "",
    `Placeholders of a message: ${placeholders.map((name) => `\`{${name}}\``).join(", ")}.`,
    "",
    ...examples.good.flatMap((example) => exampleText("Good", example)),
    ...examples.bad.flatMap((example) => exampleText("Bad", example, example)),
  ]
    .join("\n")
    .trimEnd();
}

/** The description of an operation. A rule applies to a write of the status only if that changes what it checks. */
function operationText(operation: Operation): string {
  return operation === "status" ? "a write of the status that changes what it checks" : operation;
}

function parameterTable({ properties = {}, required = [] }: JsonSchema): readonly string[] {
  const rows = Object.entries(properties).map(([name, schema]) => {
    const defaultValue = schema.default === undefined ? "" : `\`${cell(JSON.stringify(schema.default))}\``;
    const presence = required.includes(name) ? "required" : defaultValue;
    return `| \`${name}\` | ${kindOf(schema)} | ${cell(schema.description ?? "")} | ${presence} |`;
  });
  if (rows.length === 0) return ["No parameters.", ""];
  return ["| parameter | type | meaning | default |", "|---|---|---|---|", ...rows, ""];
}

/** A description of the type of a value, such as `list of TCP or UDP`. */
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

function exampleText(label: "Good" | "Bad", example: Example, bad?: BadExample): readonly string[] {
  const { name, parameters, metadata, spec, status, old, operation, namespace, user, cluster } = example;
  const shown = {
    ...(parameters && { parameters }),
    ...(operation && { operation }),
    ...(namespace && { namespace }),
    ...(user && { user }),
    ...(cluster && { cluster }),
    ...(old && Object.keys(old).length > 0 && { oldService: withoutNulls(old) }),
    ...((metadata ?? spec ?? status) && {
      service: withoutNulls({ ...(metadata && { metadata }), ...(spec && { spec }), ...(status && { status }) }),
    }),
  };
  const heading = `${label}: ${name}${bad === undefined ? "" : ` (found at ${bad.finds.map((at) => `\`${at}\``).join(", ")})`}`;
  if (Object.keys(shown).length === 0) return [heading, ""];
  return [heading, "```yaml", stringify(shown, { lineWidth: 100, flowCollectionPadding: true }).trimEnd(), "```", ""];
}

/** The object without nulls, which only remove fields from the default Service of the examples. */
function withoutNulls(value: object): JsonObject {
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(
    entries.map(([name, inner]: [string, unknown]) => [name, isObject(inner) ? withoutNulls(inner) : inner]),
  );
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
