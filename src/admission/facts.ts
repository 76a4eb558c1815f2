import type { Judgement } from "../engine/index.ts";
import type { Exemption } from "./exemption.ts";
import type { AdmissionRequest, PatchOperation, ReviewReply } from "./review/index.ts";
import type { Phase } from "./settings.ts";

/**
 * The outcome of a review: `passed` was not a write of a Service, `malformed` was not a valid review, `unjudged` took
 * too long.
 */
export type ReviewDecision = "allowed" | "patched" | "denied" | "exempt" | "passed" | "malformed" | "unjudged";

/** Findings of one kind, counted for the metrics: `rule` is a code of the engine or a policy's rule. */
export interface CountedFinding {
  readonly rule: string;
  readonly policy: string;
  readonly action: "invalid" | "deny" | "warn" | "audit" | "suppressed";
  readonly suppressed?: "policy" | "annotation";
  readonly count: number;
}

/** What is logged and counted of a review, without the objects themselves. */
export interface ReviewFacts {
  readonly phase: Phase;
  readonly decision: ReviewDecision;
  readonly uid: string | undefined;
  /** The request; this and the rest are absent if no request could be read. */
  readonly request?: AdmissionRequest;
  /** Why the request was not judged. */
  readonly reason?: string;
  readonly exemption?: Exemption;
  readonly patch?: readonly PatchOperation[];
  readonly judgement?: Judgement;
  /**
   * Whether the Service is stored as it would be without Fairlead, and nobody is told anything. Filling in what the API server
   * would choose by itself is no change.
   */
  readonly unchanged?: boolean;
}

/** The reply, and what is to be logged and counted. */
export interface Answer {
  /** The HTTP status: 200, or 400 if the body is not a valid AdmissionReview. */
  readonly status: 200 | 400;
  readonly body: ReviewReply;
  readonly facts: ReviewFacts;
}

type FurtherFacts = Omit<ReviewFacts, "phase" | "decision" | "uid" | "request">;

/** The facts of one review. */
export function factsOf(
  phase: Phase,
  request: AdmissionRequest | string | undefined,
  decision: ReviewDecision,
  further: FurtherFacts = {},
): ReviewFacts {
  if (typeof request !== "object") return { phase, decision, uid: request, ...further };
  return { phase, decision, uid: request.uid, request, ...further };
}

const NOTHING: readonly CountedFinding[] = [];

/** All findings of the engine and the policies, those of one rule counted together. */
export function countedFindings({ judgement }: ReviewFacts): readonly CountedFinding[] {
  if (judgement === undefined || judgement.causes.length + judgement.policy.findings.length === 0) return NOTHING;
  const counted = new Map<string, CountedFinding>();
  const add = (finding: Omit<CountedFinding, "count">, more = 0): void => {
    const key = JSON.stringify([finding.rule, finding.policy, finding.action, finding.suppressed]);
    counted.set(key, { ...finding, count: (counted.get(key)?.count ?? 0) + 1 + more });
  };
  for (const { code, more } of judgement.causes) add({ rule: code, policy: "", action: "invalid" }, more);
  for (const { rule, policy, action, suppressed, more } of judgement.policy.findings) {
    if (suppressed === undefined) add({ rule, policy, action }, more);
    else add({ rule, policy, action: "suppressed", suppressed: suppressed.by }, more);
  }
  return [...counted.values()];
}
