import type { Writable } from "../../field/index.ts";
import type { Reason } from "../../service/messages/index.ts";
import type { PatchOperation } from "./patch.ts";
import { REVIEW_API_VERSION, REVIEW_KIND } from "./review.ts";

/** One cause of a denial, in the form of the API server's own. */
export interface StatusCause {
  readonly reason?: Reason;
  readonly message: string;
  readonly field?: string;
}

/** A `meta/v1` Status of a failure. */
export interface FailureStatus {
  readonly status: "Failure";
  readonly message: string;
  readonly reason: string;
  readonly details?: {
    readonly name?: string;
    readonly group?: string;
    readonly kind: string;
    readonly causes: readonly StatusCause[];
  };
  readonly code: number;
}

/** The response of an AdmissionReview. */
export interface AdmissionResponse {
  readonly uid: string;
  readonly allowed: boolean;
  readonly status?: FailureStatus;
  readonly patchType?: "JSONPatch";
  /** The JSON patch in base64. */
  readonly patch?: string;
  readonly warnings?: readonly string[];
  readonly auditAnnotations?: Readonly<Record<string, string>>;
}

/** The AdmissionReview of a reply. */
export interface ReviewReply {
  readonly kind: typeof REVIEW_KIND;
  readonly apiVersion: typeof REVIEW_API_VERSION;
  readonly response: AdmissionResponse;
}

/** The optional parts of a reply. */
export interface Additions {
  readonly patch?: readonly PatchOperation[];
  readonly warnings?: readonly string[];
  readonly auditAnnotations?: Readonly<Record<string, string>>;
}

/** Allows the request; empty additions are left out. */
export function allow(uid: string, additions: Additions = {}): ReviewReply {
  const response: Writable<AdmissionResponse> = { uid, allowed: true };
  const { patch = [] } = additions;
  if (patch.length > 0) {
    response.patchType = "JSONPatch";
    response.patch = Buffer.from(JSON.stringify(patch)).toString("base64");
  }
  return reply(addMessages(response, additions));
}

/** Denies the request, for the reasons in `status`. */
export function refuse(uid: string, status: FailureStatus, additions: Omit<Additions, "patch"> = {}): ReviewReply {
  return reply(addMessages({ uid, allowed: false, status }, additions));
}

/** The reasons of a `meta/v1` Status, by the HTTP status of a reply. */
const FAILURES: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  405: "MethodNotAllowed",
  413: "RequestEntityTooLarge",
  415: "UnsupportedMediaType",
  429: "TooManyRequests",
  500: "InternalError",
  503: "ServiceUnavailable",
  504: "Timeout",
};

/**
 * The reply to a request that could not be judged. It is sent with the same HTTP status, so that the `failurePolicy` of
 * the webhook configuration decides; `uid` is "" if it could not be read.
 */
export function fail(code: number, message: string, uid = ""): ReviewReply {
  return refuse(uid, {
    status: "Failure",
    message: `Fairlead: ${message}`,
    reason: FAILURES[code] ?? "InternalError",
    code,
  });
}

function reply(response: AdmissionResponse): ReviewReply {
  return { kind: REVIEW_KIND, apiVersion: REVIEW_API_VERSION, response };
}

function addMessages(
  response: Writable<AdmissionResponse>,
  { warnings = [], auditAnnotations }: Additions,
): AdmissionResponse {
  if (warnings.length > 0) response.warnings = warnings;
  if (auditAnnotations !== undefined && Object.keys(auditAnnotations).length > 0)
    response.auditAnnotations = auditAnnotations;
  return response;
}
