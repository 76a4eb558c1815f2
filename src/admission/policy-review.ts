import { type Checkpoint, valueAt } from "../field/index.ts";
import { validatePolicy } from "../policy/compile/index.ts";
import { type Problem, problemMessage } from "../policy/schema/index.ts";
import { policyDocument } from "./policy-document.ts";
import {
  type AdmissionRequest,
  allow,
  fail,
  type FailureStatus,
  readReview,
  refuse,
  type ReviewOperation,
  type ReviewReply,
  type StatusCause,
} from "./review/index.ts";

/** The reply to the review of a ServicePolicy, and what is to be logged and counted. */
export interface PolicyAnswer {
  /** The HTTP status: 200, or 400 if the body is not a valid AdmissionReview. */
  readonly status: 200 | 400;
  readonly body: ReviewReply;
  readonly facts: PolicyReviewFacts;
}

export interface PolicyReviewFacts {
  readonly decision: "allowed" | "denied" | "passed" | "malformed";
  /** This and the rest are absent if no request could be read. */
  readonly operation?: ReviewOperation;
  readonly name?: string;
  readonly user?: string;
  /** Why the request was denied or not judged. */
  readonly reason?: string;
}

/** Answers the review of a ServicePolicy, the parsed body of a POST; throws only what the checkpoint throws. */
export type PolicyReviewer = (review: unknown, checkpoint?: Checkpoint) => PolicyAnswer;

const GROUP = "fairlead.dev";
const RESOURCE = /^fairlead\.dev\/[^/]+\/servicepolicies$/;

/**
 * Answers the review of a write of a ServicePolicy: denied, with a cause for each field, if the policy could not come
 * into force. An update that does not change the spec is allowed, so that a policy that a newer release rejects can
 * still be labelled, transferred and deleted. Pure.
 * @param checkpoint may end it by throwing, while expressions are compiled
 */
export function answerPolicyReview(review: unknown, checkpoint?: Checkpoint): PolicyAnswer {
  const reading = readReview(review);
  if ("problem" in reading) {
    const { problem, uid } = reading;
    return { status: 400, body: fail(400, problem, uid), facts: { decision: "malformed", reason: problem } };
  }
  const { request } = reading;
  const { operation, name, user } = request;
  const common = { operation, name, user: user.name };
  if (!isPolicy(request)) {
    const reason = `not a write of a ServicePolicy: ${operation} of ${request.resource} ${request.subResource}`.trim();
    return { status: 200, body: allow(request.uid), facts: { ...common, decision: "passed", reason } };
  }
  const problems = isJudged(request) ? validatePolicy(policyDocument(request.object), checkpoint) : [];
  if (problems.length === 0) {
    return { status: 200, body: allow(request.uid), facts: { ...common, decision: "allowed" } };
  }
  const status = denial(request, problems);
  const facts = { ...common, decision: "denied", reason: status.message } as const;
  return { status: 200, body: refuse(request.uid, status), facts };
}

function isPolicy({ resource, subResource, operation }: AdmissionRequest): boolean {
  return RESOURCE.test(resource) && subResource === "" && (operation === "CREATE" || operation === "UPDATE");
}

function isJudged({ operation, object, oldObject }: AdmissionRequest): boolean {
  return operation === "CREATE" || specText(object) !== specText(oldObject);
}

function specText(object: unknown): string {
  return JSON.stringify({ spec: valueAt(object, ["spec"]) });
}

function denial(request: AdmissionRequest, problems: readonly Problem[]): FailureStatus {
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

function causeOf(problem: Problem): StatusCause {
  const message = `${problemMessage(problem)} (Fairlead)`;
  return { reason: "FieldValueInvalid", field: problem.path.toString(), message };
}
