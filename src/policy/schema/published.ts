import type { Rule } from "../rules/rule.ts";
import { DOCUMENT, SPEC } from "./document.ts";
import { formatPattern } from "./formats.ts";
import type { JsonSchema } from "./shape.ts";

/** JSON of any kind. */
type Json = Readonly<Record<string, unknown>>;

/** The formats that are not ours alone: others do not know the rest, and would say so. */
const KNOWN_FORMATS = new Set(["date"]);

/** The schema of a policy file for editors: what a loaded policy is held to, and the parameters of each rule. */
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

/** The parameters of just the rule that is named. */
function parametersOf({ id, title, parameters }: Rule): Json {
  const required = parameters.required === undefined ? {} : { required: ["parameters"] };
  const described = { ...forEditors(parameters), description: `${title}: the parameters` };
  return {
    if: { properties: { rule: { const: id } }, required: ["rule"] },
    then: { properties: { parameters: described }, ...required },
  };
}

/** What Fairlead writes about a policy: conditions as all of Kubernetes has them. */
const STATUS: Json = {
  type: "object",
  description: "whether the policy is in force, and why not; written by Fairlead",
  properties: {
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
 * The custom resource of a policy. Unknown fields cannot be refused by its schema: Fairlead's webhook does that. Nor are
 * the rules' ids listed: Helm installs a definition once, and never the next release's.
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
          // Whether it is in force is written apart from what its author wrote, under a right of its own.
          subresources: { status: {} },
          additionalPrinterColumns: [
            { name: "In force", type: "string", jsonPath: '.status.conditions[?(@.type=="InForce")].status' },
            { name: "Rules", type: "string", jsonPath: ".spec.rules[*].rule" },
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
  return mapped(schema, forEditors, (name, value) => name !== "format" || KNOWN_FORMATS.has(String(value)));
}

/** What others do not know a name for they may know as a pattern. */
function patternOf({ format }: JsonSchema): Json {
  const pattern = format === undefined ? undefined : formatPattern(format);
  return pattern === undefined ? {} : { pattern };
}

/**
 * A structural schema: without `additionalProperties: false`, and without defaults, which a later version may change.
 * What it does not know it keeps: the API server would drop a misspelt field in silence, before anybody could say so.
 */
function structural(schema: JsonSchema): Json {
  const keeps = (name: string, value: unknown): boolean => {
    if (name === "format") return KNOWN_FORMATS.has(String(value));
    return name !== "default" && (name !== "additionalProperties" || typeof value === "object");
  };
  const isClosed = schema.properties !== undefined && schema.additionalProperties === false;
  const open = (isClosed || schema.additionalProperties === true) && { "x-kubernetes-preserve-unknown-fields": true };
  return { ...mapped(schema, structural, keeps), ...open };
}

/** The schema with the inner ones mapped, and only those keywords that are kept. */
function mapped(
  schema: JsonSchema,
  map: (inner: JsonSchema) => Json,
  keeps: (name: string, value: unknown) => boolean,
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
  return Object.fromEntries(Object.entries(inner).filter(([name, value]) => keeps(name, value)));
}

/** A copy with what stands at the given steps replaced. */
function replaced(object: Json, [first, ...rest]: readonly string[], replace: (old: Json) => Json): Json {
  if (first === undefined) return replace(object);
  const inner = object[first];
  return { ...object, [first]: replaced(isJson(inner) ? inner : {}, rest, replace) };
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
