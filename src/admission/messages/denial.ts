import type { AdmissionRequest, FailureStatus, StatusCause } from "../review/index.ts";
import { truncate } from "./truncate.ts";

/**
 * The Status of each kind of refusal: kubectl prints only the causes of `Invalid`, and the message of every other
 * reason.
 */
const REFUSALS = {
  /** The object breaks a rule. */
  invalid: { reason: "Invalid", code: 422, verb: "is invalid" },
  /** The object cannot be decoded. */
  unreadable: { reason: "BadRequest", code: 400, verb: "cannot be read" },
  /** The object is valid, but must not be deleted. */
  forbidden: { reason: "Forbidden", code: 403, verb: "may not be deleted" },
  // The reasons that a policy's own validations can give.
  Unauthorized: { reason: "Unauthorized", code: 401, verb: "is refused" },
  Forbidden: { reason: "Forbidden", code: 403, verb: "is forbidden" },
  RequestEntityTooLarge: { reason: "RequestEntityTooLarge", code: 413, verb: "is too large" },
} as const;

/** The maximum length of a quoted name: no valid one is longer. */
const LONGEST_NAME = 256;

export type Refusal = keyof typeof REFUSALS;

/** The Service of a request. */
type Subject = Pick<AdmissionRequest, "namespace" | "name">;

/** The Status of a denied request: the message, and each cause on its own. */
export function denial(request: Subject, refusal: Refusal, causes: readonly StatusCause[]): FailureStatus {
  const { reason, code, verb } = REFUSALS[refusal];
  const name = truncate(request.name, LONGEST_NAME);
  const sentences = causes.map(({ field, message }) => (field === undefined ? message : `${field}: ${message}`));
  return {
    status: "Failure",
    message: `${subjectOf(request)} ${verb}: ${sentences.join("; ")}`,
    reason,
    details: { ...(name === "" ? {} : { name }), kind: "Service", causes },
    code,
  };
}

/** The Service of a request, as a sentence names it. */
export function subjectOf({ namespace, name }: Subject): string {
  return `Service ${truncate(namespace, LONGEST_NAME)}/${name === "" ? "(yet without a name)" : truncate(name, LONGEST_NAME)}`;
}
