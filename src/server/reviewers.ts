import { answer } from "../admission/answer.ts";
import type { AdmissionSettings, Phase } from "../admission/settings.ts";
import { type Logger, logPolicyReview, logReview } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { PolicyReviewer } from "./policies.ts";
import type { Reviewer } from "./review-handler.ts";

/** Where each half of the answer is asked for. */
const PHASES = {
  "/mutate": "mutate",
  "/validate": "validate",
  "/validate/deny": "deny",
  "/validate/warn": "warn",
} as const satisfies Record<string, Phase>;

/** Where policies that are to be written are sent, by a server that reads those of the cluster. */
const POLICIES = "/policies";

export interface ReviewersParts {
  /** What to answer by, now. */
  readonly settings: () => AdmissionSettings;
  readonly policyReviewer: PolicyReviewer | undefined;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Who answers, by the path of the request. */
export function reviewersOf({ settings, policyReviewer, log, metrics }: ReviewersParts): ReadonlyMap<string, Reviewer> {
  const reviewers = new Map<string, Reviewer>();
  for (const [path, phase] of Object.entries(PHASES)) {
    reviewers.set(path, (review) => {
      const { status, body, facts } = answer(review, phase, settings());
      const note = (milliseconds: number): void => {
        logReview(log, facts, milliseconds);
        metrics.review(facts, milliseconds / 1000);
      };
      return { status, body, note };
    });
  }
  if (policyReviewer !== undefined) {
    reviewers.set(POLICIES, (review) => {
      const { status, body, facts } = policyReviewer(review);
      const note = (milliseconds: number): void => {
        logPolicyReview(log, facts, milliseconds);
        metrics.policyReview(facts, milliseconds / 1000);
      };
      return { status, body, note };
    });
  }
  return reviewers;
}
