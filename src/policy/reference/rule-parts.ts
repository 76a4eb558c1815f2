import { stringify } from "yaml";
import { isObject, type JsonObject } from "../../field/index.ts";
import type { Need } from "../../inventory/model/index.ts";
import { TYPES } from "../../service/schema/index.ts";
import type { Operation } from "../model/index.ts";
import type { BadExample, Example, Rule } from "../rules/kit/index.ts";
import type { JsonSchema } from "../schema/index.ts";

/** The operations and the types of Services that the rule applies to. */
export function scopeText({ operations, types }: Rule): string {
  const services = types.length === TYPES.length ? "any type" : `type ${types.join(", ")}`;
  return `${operations.map(operationText).join(", ")}; Services of ${services}`;
}

/** The description of an operation. A rule applies to a write of the status only if that changes what it checks. */
function operationText(operation: Operation): string {
  return operation === "status" ? "a write of the status that changes what it checks" : operation;
}

const OBJECTS: Readonly<Record<Need, string>> = {
  services: "other Services",
  workloads: "the workloads whose Pods it selects",
  references: "what names Services",
  quotas: "ResourceQuotas",
};

/** What a rule looks at besides the Service, in two sentences; undefined for a rule that needs the Service alone. */
export function surroundingsText({ needs = [], checkReference }: Rule): string | undefined {
  if (needs.length === 0) return undefined;
  const objects = needs.map((need) => OBJECTS[need]).join(", ");
  const where = checkReference === undefined ? "" : " A reference is also judged at the object that has it.";
  return `Looks at: ${objects}. Where these are not known, it finds nothing.${where}`;
}

/** A parameter of a rule. */
export interface Parameter {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

/** The parameters of a rule. */
export function parametersOf({ parameters: { properties = {}, required = [] } }: Rule): readonly Parameter[] {
  return Object.entries(properties).map(([name, schema]) => ({ name, schema, isRequired: required.includes(name) }));
}

/** A description of the type of a value, such as `list of TCP or UDP`. @param literal formats a value */
export function kindOf(
  { type, enum: values, items, properties, minimum, maximum }: JsonSchema,
  literal: (value: string) => string,
): string {
  if (values !== undefined) return values.map(literal).join(" or ");
  if (items !== undefined) return `list of ${kindOf(items, literal)}`;
  if (properties !== undefined)
    return `{ ${Object.entries(properties)
      .map(([name, inner]) => `${name}: ${kindOf(inner, literal)}`)
      .join(", ")} }`;
  if (type === "object") return "map of strings";
  if (type === "integer") return minimum === undefined ? "number" : `${minimum} to ${maximum ?? "any"}`;
  return type === "boolean" ? "true or false" : "string";
}

/** Where a rule finds something in an example, and in the objects around it. @param code how a path is set */
export function pathsOf(
  { finds, findsInOthers = [] }: BadExample,
  code: (path: string) => string = (path) => path,
): readonly string[] {
  return [...finds.map(code), ...findsInOthers.map((path) => `${code(path)} of the object that names it`)];
}

/** An example as YAML; empty if it is the default Service of the examples. */
export function exampleYaml(example: Example): string {
  const { parameters, metadata, spec, status, old, operation, namespace, user, cluster, others } = example;
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
    ...(others && { others }),
  };
  return Object.keys(shown).length === 0
    ? ""
    : stringify(shown, { lineWidth: 100, flowCollectionPadding: true }).trimEnd();
}

/** The object without nulls, which only remove fields from the default Service of the examples. */
function withoutNulls(value: object): JsonObject {
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(
    entries.map(([name, inner]: [string, unknown]) => [name, isObject(inner) ? withoutNulls(inner) : inner]),
  );
}
