import { isObject, type JsonObject } from "#src/field/json.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { DOCUMENT } from "#src/policy/schema/document.ts";
import type { JsonSchema } from "#src/policy/schema/shape.ts";
import type { Draws } from "../draws.ts";
import { drawAdmissionPolicy, drawExpression } from "./expressions.ts";
import { amplify, copy, mutate, put } from "./json.ts";
import { mutateText, yamlOf } from "./manifest-text.ts";
import { POLICY_SEEDS } from "./seeds.ts";
import { ANY, MAP_KEYS } from "./values.ts";

const LARGE = 4000;
const MOST = 5000;

/** The text of a policy file: a built-in policy with changes, or documents generated from the schema. */
export function drawPolicyText(draws: Draws): string {
  if (draws.oneIn(10)) return mutateText(draws, draws.pick(POLICY_SEEDS), draws.between(0, 3));
  const documents = draws.oneIn(4)
    ? drawAdmissionPolicy(draws)
    : Array.from({ length: draws.pick([1, 1, 1, 2]) }, () => drawPolicy(draws));
  const text = draws.oneIn(3)
    ? documents.map((document) => JSON.stringify(document)).join("\n---\n")
    : documents.map((document) => yamlOf(draws, document)).join("---\n");
  return draws.oneIn(8) ? mutateText(draws, text, draws.between(1, 2)) : text;
}

function drawPolicy(draws: Draws): JsonObject {
  const value = drawSchema(draws, DOCUMENT.schema, "");
  const policy = isObject(value) ? value : {};
  put(policy, "metadata", { name: draws.pick(["a", "b", "team-a", "A b", ""]) });
  const spec = policy["spec"];
  if (isObject(spec))
    put(
      spec,
      "rules",
      Array.from({ length: draws.between(0, 4) }, () => drawEntry(draws)),
    );
  if (draws.oneIn(4)) mutate(draws, policy, draws.between(1, 3));
  if (draws.oneIn(LARGE)) for (let i = 0; i < 2; i++) amplify(draws, policy, MOST);
  return policy;
}

/** A rule entry, with parameters from its examples or generated from its schema. */
function drawEntry(draws: Draws): JsonObject {
  const rule = draws.pick(RULES);
  const example = draws.pick([...rule.examples.good, ...rule.examples.bad]);
  const parameters = draws.oneIn(2) ? copy(example.parameters ?? {}) : drawSchema(draws, rule.parameters, "");
  return {
    rule: rule.id,
    ...(draws.oneIn(2) ? { action: draws.pick(["deny", "warn", "audit"]) } : {}),
    ...(draws.oneIn(6) ? { message: draws.pick(["{found} is wrong", "ask {port}", "$& {__proto__}"]) } : {}),
    parameters,
  };
}

function drawSchema(draws: Draws, schema: JsonSchema, name: string): unknown {
  if (draws.oneIn(150)) return copy(draws.pick(ANY));
  if (schema.enum !== undefined) return draws.pick(schema.enum);
  switch (schema.type) {
    case "object":
      return drawObject(draws, schema);
    case "array": {
      const { items = {}, minItems = 0 } = schema;
      return Array.from({ length: draws.between(minItems, minItems + 2) }, () => drawSchema(draws, items, name));
    }
    case "integer":
      return draws.pick([schema.minimum ?? 0, schema.maximum ?? 100, 80, 443, 30_080, 60]);
    case "boolean":
      return draws.oneIn(2);
    default:
      return drawText(draws, schema.format ?? name);
  }
}

function drawObject(draws: Draws, { properties = {}, required = [], additionalProperties }: JsonSchema): JsonObject {
  const object: JsonObject = {};
  for (const [name, property] of Object.entries(properties)) {
    if (required.includes(name) || draws.oneIn(3)) put(object, name, drawSchema(draws, property, name));
  }
  if (typeof additionalProperties === "object") {
    for (let i = draws.below(3); i > 0; i--)
      put(object, draws.pick(MAP_KEYS), drawSchema(draws, additionalProperties, ""));
  }
  return object;
}

/** Texts for each format, valid ones first. */
const TEXTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["glob", ["team-*", "*", "service.beta.kubernetes.io/*", "a?c", "**********b"]],
  ["name-glob", ["team-*", "*", "web", "*a*a*a*a*a*b"]],
  ["name-glob-or-not", ["team-*", "!kube-*", "*", "!"]],
  ["user-glob", ["system:*", "jo", "*"]],
  ["service-account-glob", ["kube-system/*", "*/*", "a/b"]],
  ["words", ["because of a ticket", " ", "x"]],
  ["date", ["2027-01-31", "2026-02-30", "2026-01-01"]],
  ["pattern", ["^web-", "(a+)+$", "(?=x)", "[a-", "(.*)*x", "a{1000}", "\\pL+"]],
  ["cidr", ["10.0.0.0/8", "fd00::/8", "10.0.0.1/8", "0.0.0.0/0", "x"]],
  ["qualified-name", ["team", "example.com/team", "a b"]],
  ["label-value", ["a", "", "a b"]],
  ["kubernetes-version", ["1.36", "1.x", "v1.33"]],
  ["dns-name", ["a", "A", "a.b"]],
  ["rule", RULES.map(({ id }) => id)],
]);

function drawText(draws: Draws, format: string): string {
  if (format === "expression" || format === "messageExpression") return drawExpression(draws);
  const texts = TEXTS.get(format) ?? ["web", "x", "", "é"];
  return draws.oneIn(2) ? (texts[0] ?? "") : draws.pick(texts);
}
