import type { Rule } from "../rules/kit/index.ts";
import { DOCUMENT, formatPattern, type JsonSchema, SPEC } from "../schema/index.ts";

/** JSON of any kind. */
type Json = Readonly<Record<string, unknown>>;

/** The standard formats. Other validators do not know the project's own formats and would report them. */
const STANDARD_FORMATS = new Set(["date"]);

/** The JSON schema of a policy file for editors: the schema for loading, with the parameters of each rule. */
export function editorSchema(rules: readonly Rule[]): Json {
  const schema = forEditors(DOCUMENT.schema);
  const rule = { type: "string", description: "the rule's id", enum: rules.map(({ id }) => id) };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "ServicePolicy",
    ...replaced(schema, ["properties", "spec", "properties", "rules", "items"], (item) => ({
      ...replaced(item, ["properties", "rule"], () => rule),
      allOf: rules.map(parametersOf),
    })),
  };
}

/** The JSON schema of a file of policy tests for editors, which offers the ids of the rules; validations have names of their own. @param shape the schema for loading */
export function testEditorSchema(shape: JsonSchema, rules: readonly Rule[]): Json {
  const rule = [
    "properties",
    "cases",
    "items",
    "properties",
    "expect",
    "properties",
    "findings",
    "items",
    "properties",
  ];
  const policies = ["properties", "policies", "items"];
  const schema = replaced(forEditors(shape), [...rule, "rule"], (id) => ({
    ...id,
    anyOf: [{ enum: rules.map(({ id }) => id) }, { type: "string" }],
  }));
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Tests of ServicePolicies",
    ...replaced(schema, policies, (policy) => ({ ...policy, type: ["string", "object"] })),
  };
}

/** A conditional schema that applies the rule's parameters to entries that name the rule. */
function parametersOf({ id, title, parameters }: Rule): Json {
  const required = parameters.required === undefined ? {} : { required: ["parameters"] };
  const described = { ...forEditors(parameters), description: `${title}: the parameters` };
  return {
    if: { properties: { rule: { const: id } }, required: ["rule"] },
    then: { properties: { parameters: described }, ...required },
  };
}

/** The schema of a policy's status: conditions in the standard form of Kubernetes. */
const STATUS: Json = {
  type: "object",
  description: "whether the policy is in force, and if not, why; written by Fairlead",
  properties: {
    rules: { type: "string", description: "the ids of the policy's rules, for kubectl get", maxLength: 32_768 },
    conditions: {
      type: "array",
      description: "the condition InForce",
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["type"],
      items: {
        type: "object",
        required: ["type", "status", "reason", "message", "lastTransitionTime"],
        properties: {
          type: { type: "string", maxLength: 316 },
          status: { type: "string", enum: ["True", "False", "Unknown"] },
          reason: { type: "string", minLength: 1, maxLength: 1024 },
          message: { type: "string", maxLength: 32_768 },
          lastTransitionTime: { type: "string", format: "date-time" },
          observedGeneration: { type: "integer", format: "int64", minimum: 0 },
        },
      },
    },
  },
};

/**
 * The custom resource definition of ServicePolicy. Its schema cannot refuse unknown fields: Fairlead's webhook does. It
 * does not list rule ids either, because Helm installs a definition once and does not upgrade it.
 */
export function customResource(): Json {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "servicepolicies.fairlead.dev" },
    spec: {
      group: "fairlead.dev",
      scope: "Cluster",
      names: {
        kind: "ServicePolicy",
        listKind: "ServicePolicyList",
        plural: "servicepolicies",
        singular: "servicepolicy",
        shortNames: ["svcpol"],
        categories: ["fairlead"],
      },
      versions: [
        {
          name: "v1alpha1",
          served: true,
          storage: true,
          // As a subresource, the status is written separately from the spec, with its own permission.
          subresources: { status: {} },
          additionalPrinterColumns: [
            { name: "In force", type: "string", jsonPath: '.status.conditions[?(@.type=="InForce")].status' },
            { name: "Rules", type: "string", jsonPath: ".status.rules" },
            { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" },
            {
              name: "Why",
              type: "string",
              priority: 1,
              jsonPath: '.status.conditions[?(@.type=="InForce")].message',
            },
          ],
          schema: {
            openAPIV3Schema: {
              type: "object",
              description: DOCUMENT.schema.description,
              required: ["spec"],
              properties: {
                apiVersion: { type: "string" },
                kind: { type: "string" },
                metadata: { type: "object" },
                spec: structural(SPEC.schema),
                status: STATUS,
              },
            },
          },
        },
      ],
    },
  };
}

function forEditors(schema: JsonSchema): Json {
  return mapped(schema, forEditors, (name, value) => name !== "format" || STANDARD_FORMATS.has(String(value)));
}

/** The format as a pattern, for validators that do not know the format. */
function patternOf({ format }: JsonSchema): Json {
  const pattern = format === undefined ? undefined : formatPattern(format);
  return pattern === undefined ? {} : { pattern };
}

/**
 * Converts a schema to a structural schema: without `additionalProperties: false`, and without defaults, which a later
 * version may change. Unknown fields are preserved: otherwise the API server would silently drop a misspelt field
 * before the webhook could report it.
 */
function structural(schema: JsonSchema): Json {
  const isKept = (name: string, value: unknown): boolean => {
    if (name === "format") return STANDARD_FORMATS.has(String(value));
    return name !== "default" && (name !== "additionalProperties" || typeof value === "object");
  };
  const isClosed = schema.properties !== undefined && schema.additionalProperties === false;
  const open = (isClosed || schema.additionalProperties === true) && { "x-kubernetes-preserve-unknown-fields": true };
  return { ...mapped(schema, structural, isKept), ...open };
}

/** The schema with `map` applied to its subschemas, reduced to the keywords that `isKept` accepts. */
function mapped(
  schema: JsonSchema,
  map: (inner: JsonSchema) => Json,
  isKept: (name: string, value: unknown) => boolean,
): Json {
  const { properties, items, additionalProperties, ...rest } = schema;
  const inner = {
    ...rest,
    ...patternOf(schema),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, map(value)])),
    }),
    ...(items && { items: map(items) }),
    ...(additionalProperties !== undefined && {
      additionalProperties: typeof additionalProperties === "object" ? map(additionalProperties) : additionalProperties,
    }),
  };
  return Object.fromEntries(Object.entries(inner).filter(([name, value]) => isKept(name, value)));
}

/** A copy with the value at these keys replaced. */
function replaced(object: Json, [first, ...rest]: readonly string[], replace: (old: Json) => Json): Json {
  if (first === undefined) return replace(object);
  const inner = object[first];
  return { ...object, [first]: replaced(isJson(inner) ? inner : {}, rest, replace) };
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
