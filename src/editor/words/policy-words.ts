import { helpLink } from "../../examine/model/index.ts";
import type { Rule } from "../../policy/rules/kit/index.ts";
import { findRule, RULES } from "../../policy/rules/index.ts";
import { DOCUMENT, type JsonSchema } from "../../policy/schema/index.ts";
import type { KeyPath } from "../../text/document/index.ts";
import { nodeAt, scalarAt, type SketchNode } from "../cursor/index.ts";
import { bullets, code, type Expected, type FieldWord, paragraphs, RANKS, type Word } from "./word.ts";

/** What the place in a ServicePolicy takes; undefined for a field that it does not have. @param root the policy's outline */
export function policyExpected(root: SketchNode | undefined, keys: KeyPath): Expected | undefined {
  const schema = schemaAt(root, keys);
  return schema && expected(root, keys, schema);
}

/** The schema of a place; the parameters of a rule are those of the rule that the entry names. */
function schemaAt(root: SketchNode | undefined, keys: KeyPath): JsonSchema | undefined {
  let schema: JsonSchema | undefined = DOCUMENT.schema;
  for (const [index, key] of keys.entries()) {
    if (schema === undefined) return undefined;
    if (typeof key === "number") schema = schema.items;
    else if (schema.properties !== undefined && Object.hasOwn(schema.properties, key)) schema = schema.properties[key];
    else schema = typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined;
    const path = keys.slice(0, index + 1);
    if (isParameters(path)) schema = ruleAt(root, path.slice(0, -1))?.parameters ?? schema;
  }
  return schema;
}

function isParameters(path: KeyPath): boolean {
  return path.length === 4 && path[1] === "rules" && path[3] === "parameters";
}

function ruleAt(root: SketchNode | undefined, entry: KeyPath): Rule | undefined {
  return findRule(scalarAt(nodeAt(root, entry), "rule") ?? "");
}

function expected(root: SketchNode | undefined, keys: KeyPath, schema: JsonSchema): Expected {
  if (schema.type === "array") {
    return { type: "list", ...(schema.items && { items: expected(root, [...keys, 0], schema.items) }) };
  }
  if (schema.type === "object") {
    const type = schema.properties === undefined ? "map" : "object";
    return { type, fields: () => fieldsOf(root, keys, schema) };
  }
  const values = (): readonly Word[] => valuesOf(keys, schema);
  if (schema.type === "integer") return { type: "number" };
  if (schema.type === "boolean") return { type: "boolean", values };
  return { type: "text", isText: true, values };
}

function fieldsOf(
  root: SketchNode | undefined,
  keys: KeyPath,
  { properties = {}, required = [] }: JsonSchema,
): readonly FieldWord[] {
  const kind = isParameters(keys) ? "parameter" : "field";
  return Object.entries(properties).map(([name, schema], index) => {
    const [only, ...others] = schema.enum ?? [];
    const help = schemaPage(name, schema);
    return {
      label: name,
      kind,
      detail: schema.description ?? "",
      help,
      takes: expected(root, [...keys, name], schemaAt(root, [...keys, name]) ?? schema),
      rank: (required.includes(name) ? RANKS.usual : RANKS.other) + index,
      ...(only !== undefined && others.length === 0 && { only }),
    };
  });
}

function valuesOf(keys: KeyPath, schema: JsonSchema): readonly Word[] {
  if (isRuleId(keys)) {
    return RULES.map((rule, rank) => ({ label: rule.id, detail: rule.title, help: rulePage(rule), rank }));
  }
  const values = schema.type === "boolean" ? ["true", "false"] : (schema.enum ?? []);
  return values.map((label, rank) => ({ label, rank }));
}

/** Whether the id of a rule stands here: in an entry of `rules`, or in the list of an exemption. */
function isRuleId(keys: KeyPath): boolean {
  if (keys[0] !== "spec") return false;
  if (keys[1] === "rules") return keys.length === 4 && keys[3] === "rule";
  return keys[1] === "exempt" && keys.length === 5 && keys[3] === "rules";
}

function schemaPage(name: string, schema: JsonSchema): string {
  const { enum: values, default: preset, minimum, maximum, description = "" } = schema;
  const facts = [
    ...(values === undefined ? [] : [`values: ${values.map(code).join(", ")}`]),
    ...(minimum === undefined ? [] : [`from ${minimum}${maximum === undefined ? "" : ` to ${maximum}`}`]),
    ...(preset === undefined ? [] : [`default: ${code(JSON.stringify(preset))}`]),
  ];
  return paragraphs(code(name), sentence(description), bullets(facts));
}

function sentence(text: string): string {
  return text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}

/** The help for a rule: what it requires, why, and its parameters. */
function rulePage(rule: Rule): string {
  const { id, title, why, parameters } = rule;
  const lines = Object.entries(parameters.properties ?? {}).map(
    ([name, { description = "", default: preset }]) =>
      `${code(name)}: ${description}${preset === undefined ? "" : ` (default ${code(JSON.stringify(preset))})`}`,
  );
  const link = `[More about ${id}](${helpLink(`policy/${id}`)})`;
  const listed = lines.length === 0 ? undefined : paragraphs("Parameters:", bullets(lines));
  return paragraphs(code(id), `${title}.`, why, listed, link);
}

/** The help for a key or a value of a ServicePolicy, in Markdown; undefined if nothing is known of it. */
export function policyPage(root: SketchNode | undefined, keys: KeyPath, value: string | undefined): string | undefined {
  if (isRuleId(keys) && value !== undefined) {
    const rule = findRule(value);
    if (rule !== undefined) return rulePage(rule);
  }
  const name = keys.findLast((key) => typeof key === "string");
  const schema = schemaAt(root, keys);
  return schema === undefined || name === undefined ? undefined : schemaPage(name, schema);
}
