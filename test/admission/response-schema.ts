import { Ajv2019 } from "ajv/dist/2019.js";

const CAUSE = {
  type: "object",
  additionalProperties: false,
  required: ["message"],
  properties: {
    reason: {
      enum: [
        "FieldValueRequired",
        "FieldValueInvalid",
        "FieldValueNotSupported",
        "FieldValueForbidden",
        "FieldValueDuplicate",
        "FieldValueTooLong",
        "InternalError",
      ],
    },
    message: { type: "string", minLength: 1 },
    field: { type: "string", minLength: 1 },
  },
};

const STATUS = {
  type: "object",
  additionalProperties: false,
  required: ["status", "message", "reason", "code"],
  properties: {
    status: { const: "Failure" },
    message: { type: "string", minLength: 1 },
    reason: { type: "string", pattern: "^[A-Z][A-Za-z]+$" },
    code: { type: "integer", minimum: 400, maximum: 599 },
    details: {
      type: "object",
      additionalProperties: false,
      required: ["kind", "causes"],
      properties: {
        name: { type: "string", minLength: 1 },
        group: { const: "fairlead.dev" },
        kind: { enum: ["Service", "ServicePolicy"] },
        causes: { type: "array", minItems: 1, items: CAUSE },
      },
    },
  },
};

/** The response that an API server accepts: no fields besides those of AdmissionReview v1. */
export const RESPONSE_SCHEMA = {
  type: "object",
  additionalProperties: false,
  required: ["apiVersion", "kind", "response"],
  properties: {
    apiVersion: { const: "admission.k8s.io/v1" },
    kind: { const: "AdmissionReview" },
    response: {
      type: "object",
      additionalProperties: false,
      required: ["uid", "allowed"],
      properties: {
        uid: { type: "string" },
        allowed: { type: "boolean" },
        status: STATUS,
        patchType: { const: "JSONPatch" },
        patch: { type: "string", pattern: "^[A-Za-z0-9+/]+={0,2}$" },
        warnings: {
          type: "array",
          minItems: 1,
          // eslint-disable-next-line no-control-regex -- exactly these are what must not be there
          items: { type: "string", minLength: 1, maxLength: 256, pattern: /^[^\u0000-\u001f\u007f]+$/.source },
        },
        auditAnnotations: {
          type: "object",
          minProperties: 1,
          propertyNames: { pattern: "^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$" },
          additionalProperties: { type: "string" },
        },
      },
      dependentRequired: { patch: ["patchType"], patchType: ["patch"] },
      if: { properties: { allowed: { const: true } } },
      then: { properties: { status: false } },
      else: { required: ["status"], properties: { patch: false } },
    },
  },
};

/** A reply that was checked. */
export interface CheckedReply {
  readonly response: {
    readonly uid: string;
    readonly allowed: boolean;
    readonly status?: {
      readonly message: string;
      readonly reason: string;
      readonly code: number;
      readonly details?: {
        readonly name?: string;
        readonly causes: readonly { readonly field?: string; readonly reason?: string; readonly message: string }[];
      };
    };
    readonly patch?: string;
    readonly warnings?: readonly string[];
    readonly auditAnnotations?: Readonly<Record<string, string>>;
  };
}

const isReply = new Ajv2019({ strict: true, strictTypes: false, strictRequired: false }).compile<CheckedReply>(
  RESPONSE_SCHEMA,
);

/** Checks that the reply is well-formed, and returns it. */
export function checkedReply(reply: unknown): CheckedReply["response"] {
  if (!isReply(reply)) throw new Error(`malformed: ${JSON.stringify(isReply.errors)} in ${JSON.stringify(reply)}`);
  return reply.response;
}

/** The operations of the reply's patch; none if it has no patch. */
export function patchOf(response: CheckedReply["response"]): readonly unknown[] {
  if (response.patch === undefined) return [];
  const operations: unknown = JSON.parse(Buffer.from(response.patch, "base64").toString("utf8"));
  if (!Array.isArray(operations)) throw new Error("a patch must be a list");
  return operations;
}
