import { allow, fail, refuse, type ReviewReply, type StatusCause } from "../../admission/reply.ts";
import { type AdmissionRequest, readReview } from "../../admission/review.ts";
import { valueAt } from "../../field/json.ts";
import { type Problem, validatePolicy } from "../../policy/index.ts";
import { policyDocument } from "./document.ts";

/** A reply, and the HTTP status that it goes out under. */
export interface PolicyAnswer {
  readonly status: 200 | 400;
  readonly body: ReviewReply;
}

const GROUP = "fairlead.dev";
const RESOURCE = /^fairlead\.dev\/[^/]+\/servicepolicies$/;

/**
 * Answers the review of a ServicePolicy that is to be written: refused, field by field, if it could not come into
 * force. What its author did not touch is let pass, so that a policy which a newer release no longer takes can still
 * be labelled, handed over and deleted. Pure.
 */
export function answerPolicyReview(review: unknown): PolicyAnswer {
  const reading = readReview(review);
  if ("problem" in reading) return { status: 400, body: fail(400, reading.problem, reading.uid) };
  const { request } = reading;
  if (!isJudged(request)) return { status: 200, body: allow(request.uid) };
  const problems = validatePolicy(policyDocument(request.object));
  return {
    status: 200,
    body: problems.length === 0 ? allow(request.uid) : refuse(request.uid, denial(request, problems)),
  };
}

function isJudged({ resource, subResource, operation, object, oldObject }: AdmissionRequest): boolean {
  if (!RESOURCE.test(resource) || subResource !== "") return false;
  if (operation === "CREATE") return true;
  return operation === "UPDATE" && specText(object) !== specText(oldObject);
}

function specText(object: unknown): string {
  return JSON.stringify({ spec: valueAt(object, ["spec"]) });
}

function denial(
  request: AdmissionRequest,
  problems: readonly Problem[],
): NonNullable<ReviewReply["response"]["status"]> {
  const causes = problems.map(causeOf);
  const list = causes.map(({ field, message }) => `${field ?? ""}: ${message}`).join("; ");
  return {
    status: "Failure",
    message: `Fairlead: ServicePolicy ${JSON.stringify(request.name)} could not come into force: ${list}`,
    reason: "Invalid",
    details: { name: request.name, group: GROUP, kind: "ServicePolicy", causes },
    code: 422,
  };
}

function causeOf({ path, message }: Problem): StatusCause {
  return { reason: "FieldValueInvalid", field: path.toString(), message: `${message} (Fairlead)` };
}
