import { isObject, type JsonObject, typeName, valueAt } from "../../field/index.ts";

export const REVIEW_API_VERSION = "admission.k8s.io/v1";
export const REVIEW_KIND = "AdmissionReview";

const OPERATIONS = ["CREATE", "UPDATE", "DELETE", "CONNECT"] as const;
export type ReviewOperation = (typeof OPERATIONS)[number];

/** The request of an AdmissionReview, as far as Fairlead looks at it. Text that is absent reads as "". */
export interface AdmissionRequest {
  readonly uid: string;
  readonly operation: ReviewOperation;
  /** `group/version/resource` as in `/v1/services`; the core group is empty. */
  readonly resource: string;
  /** Kind of the object: `Service`. */
  readonly kind: string;
  /** `status`, or "" for the object itself. */
  readonly subResource: string;
  readonly namespace: string;
  /** Empty for an object that is still to be named after its `generateName`. */
  readonly name: string;
  /** What the API server will make its name from, where it has none yet. */
  readonly generateName: string;
  readonly user: { readonly name: string; readonly groups: readonly string[] };
  readonly dryRun: boolean;
  /** The object: a JSON object for CREATE and UPDATE, null for DELETE. */
  readonly object: unknown;
  /** What is stored: a JSON object for UPDATE and DELETE, null for CREATE. */
  readonly oldObject: unknown;
}

/** What reading a body comes to: a request, or what is wrong with it beside the uid, where that could be read. */
export type Reading =
  { readonly request: AdmissionRequest } | { readonly problem: string; readonly uid: string | undefined };

/** Reads the body of a POST as an AdmissionReview of `admission.k8s.io/v1`. */
export function readReview(body: unknown): Reading {
  if (!isObject(body)) return { problem: `the body must be an AdmissionReview, found ${named(body)}`, uid: undefined };
  const request = body["request"];
  const uid = isObject(request) && isFilled(request["uid"]) ? request["uid"] : undefined;
  const problem = problemOfEnvelope(body) ?? problemOfRequest(request);
  if (problem !== undefined || uid === undefined || !isObject(request)) {
    return { problem: problem ?? "request.uid must be a text that is not empty", uid };
  }
  const operation = OPERATIONS.find((known) => known === request["operation"]);
  if (operation === undefined) return { problem: problemOfOperation(request["operation"]), uid };
  const missing = problemOfObjects(request, operation);
  if (missing !== undefined) return { problem: missing, uid };
  return { request: requestOf(request, uid, operation) };
}

function problemOfEnvelope(body: JsonObject): string | undefined {
  if (body["kind"] !== REVIEW_KIND) return `kind must be ${REVIEW_KIND}, found ${shown(body["kind"])}`;
  if (body["apiVersion"] !== REVIEW_API_VERSION) {
    return `apiVersion must be ${REVIEW_API_VERSION}, found ${shown(body["apiVersion"])}`;
  }
  return undefined;
}

function problemOfRequest(request: unknown): string | undefined {
  if (!isObject(request)) return `request must be an object, found ${named(request)}`;
  if (!isObject(request["resource"])) return `request.resource must be an object, found ${named(request["resource"])}`;
  if (!isObject(request["kind"])) return `request.kind must be an object, found ${named(request["kind"])}`;
  return undefined;
}

function problemOfOperation(found: unknown): string {
  return `request.operation must be one of ${OPERATIONS.join(", ")}, found ${shown(found)}`;
}

/** Which of the two objects each operation carries. A DELETE of an old API server may come without the old object. */
const CARRIES = {
  CREATE: ["object"],
  UPDATE: ["object", "oldObject"],
  DELETE: [],
  CONNECT: [],
} as const satisfies Record<ReviewOperation, readonly string[]>;

function problemOfObjects(request: JsonObject, operation: ReviewOperation): string | undefined {
  for (const name of CARRIES[operation]) {
    const value = request[name];
    if (!isObject(value)) return `request.${name} must be an object on ${operation}, found ${named(value)}`;
  }
  return undefined;
}

function requestOf(request: JsonObject, uid: string, operation: ReviewOperation): AdmissionRequest {
  const { resource, kind, userInfo } = request;
  return {
    uid,
    operation,
    resource: isObject(resource)
      ? `${text(resource["group"])}/${text(resource["version"])}/${text(resource["resource"])}`
      : "",
    kind: isObject(kind) ? text(kind["kind"]) : "",
    subResource: text(request["subResource"]),
    namespace: text(request["namespace"]),
    name: nameOf(request),
    generateName: text(valueAt(request["object"], ["metadata", "generateName"])),
    user: isObject(userInfo)
      ? { name: text(userInfo["username"]), groups: texts(userInfo["groups"]) }
      : { name: "", groups: [] },
    dryRun: request["dryRun"] === true,
    object: request["object"],
    oldObject: request["oldObject"],
  };
}

/** The request names the object, except for a create with `generateName` and reviews written by hand. */
function nameOf(request: JsonObject): string {
  const named = text(request["name"]);
  if (named !== "") return named;
  const object = isObject(request["object"]) ? request["object"] : request["oldObject"];
  const metadata = isObject(object) ? object["metadata"] : undefined;
  return isObject(metadata) ? text(metadata["name"]) : "";
}

function isFilled(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** A value for a sentence: short text as it is, anything else by its type. */
function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  return typeof value === "string" && value.length <= 64 ? JSON.stringify(value) : named(value);
}

function named(value: unknown): string {
  if (value === undefined) return "nothing";
  return value === null ? "null" : `a ${typeName(value)}`.replace("a object", "an object");
}
