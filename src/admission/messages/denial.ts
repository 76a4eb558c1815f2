import type { AdmissionRequest, FailureStatus, StatusCause } from "../review/index.ts";
import { truncate } from "./truncate.ts";

/** How a refusal is labelled: kubectl prints the causes of `Invalid` alone, and the message of every other reason. */
const REFUSALS = {
  /** The object breaks a rule. */
  invalid: { reason: "Invalid", code: 422, verb: "is invalid" },
  /** The object cannot even be read. */
  unreadable: { reason: "BadRequest", code: 400, verb: "cannot be read" },
  /** The object is fine, and yet it may not be deleted. */
  forbidden: { reason: "Forbidden", code: 403, verb: "may not be deleted" },
} as const;

/** No name that is one is longer. */
const LONGEST_NAME = 256;

export type Refusal = keyof typeof REFUSALS;

/** The Status of a denied request: what, why, and each cause on its own. */
export function denial(request: AdmissionRequest, refusal: Refusal, causes: readonly StatusCause[]): FailureStatus {
  const { reason, code, verb } = REFUSALS[refusal];
  const name = truncate(request.name, LONGEST_NAME);
  const told = causes.map(({ field, message }) => (field === undefined ? message : `${field}: ${message}`));
  return {
    status: "Failure",
    message: `${subjectOf(request)} ${verb}: ${told.join("; ")}`,
    reason,
    details: { ...(name === "" ? {} : { name }), kind: "Service", causes },
    code,
  };
}

/** The Service that a request is about, as a sentence names it. */
export function subjectOf({ namespace, name }: AdmissionRequest): string {
  return `Service ${truncate(namespace, LONGEST_NAME)}/${name === "" ? "(yet without a name)" : truncate(name, LONGEST_NAME)}`;
}
