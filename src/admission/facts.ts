import type { Judgement } from "../engine/index.ts";
import type { Exemption } from "./exemption.ts";
import type { AdmissionRequest, PatchOperation, ReviewReply, StatusCause } from "./review/index.ts";
import type { Phase } from "./settings.ts";

/** What became of a review; `passed` was not Fairlead's business, `malformed` was no review, `unjudged` took too long. */
export type ReviewDecision = "allowed" | "patched" | "denied" | "exempt" | "passed" | "malformed" | "unjudged";

/** One thing that was found, for counting: `rule` is a code of the engine or a policy's rule. */
export interface CountedFinding {
  readonly rule: string;
  readonly policy: string;
  /** What came of it. */
  readonly action: "invalid" | "deny" | "warn" | "audit" | "suppressed";
  readonly suppressed?: "policy" | "annotation";
  /** How many of them there are. */
  readonly count: number;
}

/** What is worth a log line and a count, without the objects themselves. */
export interface ReviewFacts {
  readonly phase: Phase;
  readonly decision: ReviewDecision;
  readonly uid: string | undefined;
  /** The rest is absent where no request could be read. */
  readonly request?: AdmissionRequest;
  /** Why it was not judged. */
  readonly reason?: string;
  readonly exemption?: Exemption;
  readonly patch?: readonly PatchOperation[];
  readonly causes?: readonly StatusCause[];
  readonly judgement?: Judgement;
}

/** What to send back, and what there is to log and to count. */
export interface Answer {
  /** The HTTP status: 200, or 400 for a body that is no AdmissionReview. */
  readonly status: 200 | 400;
  readonly body: ReviewReply;
  readonly facts: ReviewFacts;
}

type Rest = Omit<ReviewFacts, "phase" | "decision" | "uid" | "request">;

/** The facts of one review. */
export function factsOf(
  phase: Phase,
  request: AdmissionRequest | string | undefined,
  decision: ReviewDecision,
  rest: Rest = {},
): ReviewFacts {
  if (typeof request !== "object") return { phase, decision, uid: request, ...rest };
  return { phase, decision, uid: request.uid, request, ...rest };
}

const NOTHING: readonly CountedFinding[] = [];

/** Everything that the engine and the policies found, those of one rule counted together. */
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
