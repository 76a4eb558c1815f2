import { isObject, type JsonObject, typeName, valueAt } from "../../field/index.ts";

export const REVIEW_API_VERSION = "admission.k8s.io/v1";
export const REVIEW_KIND = "AdmissionReview";

const OPERATIONS = ["CREATE", "UPDATE", "DELETE", "CONNECT"] as const;
export type ReviewOperation = (typeof OPERATIONS)[number];

/** Who sent a request. */
export interface RequestUser {
  readonly name: string;
  readonly groups: readonly string[];
  /** These two are absent if they are empty. */
  readonly uid?: string;
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** The request of an AdmissionReview, as far as Fairlead uses it. An absent string reads as "". */
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
  /** Empty for an object to which the API server will give a name after its `generateName`. */
  readonly name: string;
  /** The prefix of the generated name, if the object has no name yet. */
  readonly generateName: string;
  readonly user: RequestUser;
  readonly dryRun: boolean;
  /** The object: a JSON object for CREATE and UPDATE, null for DELETE. */
  readonly object: unknown;
  /** The stored object: a JSON object for UPDATE and DELETE, null for CREATE. */
  readonly oldObject: unknown;
}

/** A request, or the problem of the body, with the uid if that could be read. */
export type ReviewReading =
  { readonly request: AdmissionRequest } | { readonly problem: string; readonly uid: string | undefined };

/** Reads the body of a POST as an AdmissionReview of `admission.k8s.io/v1`. */
export function readReview(body: unknown): ReviewReading {
  if (!isObject(body)) return { problem: `the body must be an AdmissionReview, found ${kindOf(body)}`, uid: undefined };
  const request = body["request"];
  const uid = isObject(request) && isNonEmptyText(request["uid"]) ? request["uid"] : undefined;
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
  if (body["kind"] !== REVIEW_KIND) return `kind must be ${REVIEW_KIND}, found ${quoted(body["kind"])}`;
  if (body["apiVersion"] !== REVIEW_API_VERSION) {
    return `apiVersion must be ${REVIEW_API_VERSION}, found ${quoted(body["apiVersion"])}`;
  }
  return undefined;
}

function problemOfRequest(request: unknown): string | undefined {
  if (!isObject(request)) return `request must be an object, found ${kindOf(request)}`;
  if (!isObject(request["resource"])) return `request.resource must be an object, found ${kindOf(request["resource"])}`;
  if (!isObject(request["kind"])) return `request.kind must be an object, found ${kindOf(request["kind"])}`;
  return undefined;
}

function problemOfOperation(found: unknown): string {
  return `request.operation must be one of ${OPERATIONS.join(", ")}, found ${quoted(found)}`;
}

/** Which objects each operation must carry. A DELETE from an old API server may lack the old object. */
const CARRIES = {
  CREATE: ["object"],
  UPDATE: ["object", "oldObject"],
  DELETE: [],
  CONNECT: [],
} as const satisfies Record<ReviewOperation, readonly string[]>;

function problemOfObjects(request: JsonObject, operation: ReviewOperation): string | undefined {
  for (const name of CARRIES[operation]) {
    const value = request[name];
    if (!isObject(value)) return `request.${name} must be an object on ${operation}, found ${kindOf(value)}`;
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
    user: userOf(userInfo),
    dryRun: request["dryRun"] === true,
    object: request["object"],
    oldObject: request["oldObject"],
  };
}

function userOf(userInfo: unknown): RequestUser {
  if (!isObject(userInfo)) return { name: "", groups: [] };
  const { username, groups, uid, extra } = userInfo;
  return {
    name: text(username),
    groups: texts(groups),
    ...(isNonEmptyText(uid) && { uid }),
    ...(isObject(extra) && {
      extra: Object.fromEntries(Object.entries(extra).map(([key, values]) => [key, texts(values)])),
    }),
  };
}

/** The request has the object's name, except on a create with `generateName` and in reviews written by hand. */
function nameOf(request: JsonObject): string {
  const named = text(request["name"]);
  if (named !== "") return named;
  const object = isObject(request["object"]) ? request["object"] : request["oldObject"];
  const metadata = isObject(object) ? object["metadata"] : undefined;
  return isObject(metadata) ? text(metadata["name"]) : "";
}

function isNonEmptyText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** A value as a message quotes it: a short string as it is, anything else by its type. */
function quoted(value: unknown): string {
  if (value === undefined) return "nothing";
  return typeof value === "string" && value.length <= 64 ? JSON.stringify(value) : kindOf(value);
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  return value === null ? "null" : `a ${typeName(value)}`.replace("a object", "an object");
}
