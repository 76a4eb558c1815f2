import { fieldSince } from "../versions/index.ts";

/**
 * A node of the table that describes the structure of a Service v1 object. The decoder walks the table, and the JSON
 * schema for ajv is generated from it. Source: the Service reference of Kubernetes 1.36.
 *
 * `empty` tells what the API server does with a zero value ("", 0, false) when it encodes the object: `drop` it, `keep`
 * it if the user wrote it, or write it `always`, even if it is absent.
 */
export type SchemaNode = (
  | { readonly type: "text" | "boolean" | "int32" | "int64"; readonly empty: "drop" | "keep" | "always" }
  | { readonly type: "intOrString" | "time" | "optionalTime" | "nullableTime" | "raw" }
  | { readonly type: "list"; readonly items: SchemaNode }
  | { readonly type: "map" }
  | ObjectNode
) & {
  /** The first minor version that has the field; absent if all known ones have it. */
  readonly since?: number;
};

/** A node with named fields. */
export interface ObjectNode {
  readonly type: "object";
  /** `always`: written even if absent; `keep`: only if the user wrote it. */
  readonly empty: "keep" | "always";
  readonly fields: Readonly<Record<string, SchemaNode>>;
  /** The names of the fields. */
  readonly names: readonly string[];
  /** The fields that the API server writes even if the user left them out. */
  readonly written: readonly (readonly [name: string, field: SchemaNode])[];
}

const text = { type: "text", empty: "drop" } as const;
const optionalText = { type: "text", empty: "keep" } as const;
const requiredText = { type: "text", empty: "always" } as const;
const flag = { type: "boolean", empty: "drop" } as const;
const optionalFlag = { type: "boolean", empty: "keep" } as const;
const int32 = { type: "int32", empty: "drop" } as const;
const optionalInt32 = { type: "int32", empty: "keep" } as const;
const requiredInt32 = { type: "int32", empty: "always" } as const;
const int64 = { type: "int64", empty: "drop" } as const;
const optionalInt64 = { type: "int64", empty: "keep" } as const;
const intOrString = { type: "intOrString" } as const;
const time = { type: "time" } as const;
/** A time of which the API server writes null for the zero time, and nothing if it is absent. */
const optionalTime = { type: "optionalTime" } as const;
/** A time that the API server writes as null if it is absent. */
const nullableTime = { type: "nullableTime" } as const;
const raw = { type: "raw" } as const;
const map = { type: "map" } as const;
const list = <N extends SchemaNode>(items: N) => ({ type: "list", items }) as const;
const objectNode = (empty: ObjectNode["empty"], fields: ObjectNode["fields"]): ObjectNode => ({
  type: "object",
  empty,
  fields,
  names: Object.keys(fields),
  written: Object.entries(fields).filter(([, field]) => isWritten(field)),
});
const object = (fields: ObjectNode["fields"]): ObjectNode => objectNode("always", fields);
const optionalObject = (fields: ObjectNode["fields"]): ObjectNode => objectNode("keep", fields);

function isWritten(node: SchemaNode): boolean {
  return node.type === "intOrString" || node.type === "nullableTime" || ("empty" in node && node.empty === "always");
}

const METADATA = object({
  name: text,
  generateName: text,
  namespace: text,
  selfLink: text,
  uid: text,
  resourceVersion: text,
  generation: int64,
  creationTimestamp: time,
  deletionTimestamp: optionalTime,
  deletionGracePeriodSeconds: optionalInt64,
  labels: map,
  annotations: map,
  ownerReferences: list(
    object({
      apiVersion: requiredText,
      kind: requiredText,
      name: requiredText,
      uid: requiredText,
      controller: optionalFlag,
      blockOwnerDeletion: optionalFlag,
    }),
  ),
  finalizers: list(requiredText),
  managedFields: list(
    object({
      manager: text,
      operation: text,
      apiVersion: text,
      time: optionalTime,
      fieldsType: text,
      fieldsV1: raw,
      subresource: text,
    }),
  ),
});

const SPEC = object({
  ports: list(
    object({
      name: text,
      protocol: text,
      appProtocol: optionalText,
      port: requiredInt32,
      targetPort: intOrString,
      nodePort: int32,
    }),
  ),
  selector: map,
  clusterIP: text,
  clusterIPs: list(requiredText),
  type: text,
  externalIPs: list(requiredText),
  sessionAffinity: text,
  loadBalancerIP: text,
  loadBalancerSourceRanges: list(requiredText),
  externalName: text,
  externalTrafficPolicy: text,
  healthCheckNodePort: int32,
  publishNotReadyAddresses: flag,
  sessionAffinityConfig: optionalObject({ clientIP: optionalObject({ timeoutSeconds: optionalInt32 }) }),
  ipFamilies: list(requiredText),
  ipFamilyPolicy: optionalText,
  allocateLoadBalancerNodePorts: optionalFlag,
  loadBalancerClass: optionalText,
  internalTrafficPolicy: optionalText,
  trafficDistribution: { ...optionalText, since: fieldSince("trafficDistribution") },
});

const STATUS = object({
  loadBalancer: object({
    ingress: list(
      object({
        ip: text,
        hostname: text,
        ipMode: { ...optionalText, since: fieldSince("ipMode") },
        ports: list(object({ port: requiredInt32, protocol: requiredText, error: optionalText })),
      }),
    ),
  }),
  conditions: list(
    object({
      type: requiredText,
      status: requiredText,
      observedGeneration: int64,
      lastTransitionTime: nullableTime,
      reason: requiredText,
      message: requiredText,
    }),
  ),
});

/** The structure of a Service. */
export const SERVICE_SCHEMA: ObjectNode = object({
  apiVersion: text,
  kind: text,
  metadata: METADATA,
  spec: SPEC,
  status: STATUS,
});

/** Whether the API server decodes the value at these keys: it skips unknown fields, and the content of raw ones. */
export function isDecoded(keys: readonly (string | number)[]): boolean {
  return nodeAt(keys) !== undefined;
}

/** The node of the value at these keys; undefined for an unknown field. */
function nodeAt(keys: readonly (string | number)[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = SERVICE_SCHEMA;
  for (const key of keys) {
    if (node === undefined) return undefined;
    if (node.type === "list") node = node.items;
    else if (node.type === "map") node = text;
    else if (node.type !== "object" || typeof key !== "string" || !Object.hasOwn(node.fields, key)) return undefined;
    else node = node.fields[key];
  }
  return node;
}

/** The JSON types that a field takes, as `typeof` names them; a list is an object to it. */
const JSON_TYPES = {
  text: ["string"],
  boolean: ["boolean"],
  int32: ["number"],
  int64: ["number"],
  intOrString: ["number", "string"],
  time: ["string"],
  optionalTime: ["string"],
  nullableTime: ["string"],
  raw: ["object"],
  list: ["object"],
  map: ["object"],
  object: ["object"],
} as const satisfies Record<SchemaNode["type"], readonly string[]>;

/** Whether the field at these keys takes a value of this JSON type; every field takes null. */
export function fieldTakes(keys: readonly (string | number)[], value: unknown): boolean {
  const node = nodeAt(keys);
  if (node === undefined || value === null || value === undefined) return node !== undefined;
  const types: readonly string[] = JSON_TYPES[node.type];
  return types.includes(typeof value) && (typeof value !== "object" || Array.isArray(value) === (node.type === "list"));
}

/** The JSON schema of an int32. */
export const INT32 = { type: "integer", minimum: -(2 ** 31), maximum: 2 ** 31 - 1 } as const;

/**
 * The JSON schema of a decoded value of this node: exact types and formats. It does not have to cover unknown fields,
 * because the decoder has removed them.
 */
export function jsonSchema(node: SchemaNode): Record<string, unknown> {
  switch (node.type) {
    case "text":
      return { type: "string" };
    case "boolean":
      return { type: "boolean" };
    case "int32":
      return INT32;
    case "int64":
      return { type: "integer" };
    case "intOrString":
      return { if: { type: "string" }, then: true, else: INT32 };
    case "time":
      return { type: "string", format: "date-time" };
    case "optionalTime":
    case "nullableTime":
      return { type: ["string", "null"], format: "date-time" };
    case "raw":
      return {};
    case "map":
      return { type: "object", additionalProperties: { type: "string" } };
    case "list":
      return { type: "array", items: jsonSchema(node.items) };
    case "object":
      return {
        type: "object",
        properties: Object.fromEntries(Object.entries(node.fields).map(([name, field]) => [name, jsonSchema(field)])),
      };
  }
}
