import { answer } from "../admission/answer.ts";
import { overBudget } from "../admission/over-budget.ts";
import { type FailureStatus, refuse, type ReviewReply } from "../admission/reply.ts";
import type { AdmissionRequest } from "../admission/review.ts";
import type { AdmissionSettings, Phase } from "../admission/settings.ts";
import { BudgetSpent, type Checkpoint } from "../field/budget.ts";
import type { Kind } from "./apart/messages.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { type Note, noteOf, policyNoteOf, wantsOf, writeNote } from "./note.ts";
import type { PolicyReviewer } from "./policies.ts";

/** What a review comes to. */
export interface Reviewed {
  readonly status: 200 | 400;
  readonly text: () => string;
  /** Writes down what became of it, and that it took so many milliseconds. */
  readonly note: (milliseconds: number) => void;
}

/** Who answers at one path. */
export interface Reviewer {
  readonly kind: Kind;
  /** Answers the parsed body of a POST; undefined if that takes longer from `began` on than may be. @throws only on a bug. */
  readonly here: (review: unknown, began: number) => Reviewed | undefined;
  /** An answer that was made elsewhere. */
  readonly elsewhere: (status: 200 | 400, text: string, note: Note) => Reviewed;
  /** The answer to what could not be judged in time: the request, or its uid where no more is known. */
  readonly unjudged: (request: AdmissionRequest | string) => Reviewed;
}

/** Where each half of the answer is asked for. */
const PHASES = {
  "/mutate": "mutate",
  "/validate": "validate",
  "/validate/deny": "deny",
  "/validate/warn": "warn",
} as const satisfies Record<string, Phase>;

/** Where policies that are to be written are sent, by a server that reads those of the cluster. */
const POLICIES = "/policies";

/**
 * How long, in milliseconds, a review may be judged while all else waits: a hundred times what one takes. What takes
 * longer is judged apart.
 */
const SLICE = 20;

export interface ReviewersParts {
  /** What to answer by, now. */
  readonly settings: (checkpoint?: Checkpoint) => AdmissionSettings;
  readonly policyReviewer: PolicyReviewer | undefined;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Who answers, by the path of the request. */
export function reviewersOf(parts: ReviewersParts): ReadonlyMap<string, Reviewer> {
  const { settings, policyReviewer, log } = parts;
  const reviewers = new Map<string, Reviewer>();
  const elsewhere: Reviewer["elsewhere"] = (status, text, note) => ({
    status,
    text: () => text,
    note: (milliseconds) => {
      writeNote(note, milliseconds, parts);
    },
  });
  const reviewed = (status: 200 | 400, body: ReviewReply, note: () => Note): Reviewed => ({
    status,
    text: () => JSON.stringify(body),
    note: (milliseconds) => {
      writeNote(note(), milliseconds, parts);
    },
  });
  let end = 0;
  const checkpoint: Checkpoint = () => {
    if (performance.now() > end) throw new BudgetSpent();
  };
  for (const [path, phase] of Object.entries(PHASES)) {
    reviewers.set(path, {
      kind: phase,
      elsewhere,
      here: (review, began) => {
        end = began + SLICE;
        const { status, body, facts } = answer(review, phase, settings(checkpoint));
        if (facts.decision === "unjudged") return undefined;
        return reviewed(status, body, () => noteOf(facts, wantsOf(log)));
      },
      unjudged: (request) => {
        const { status, body, facts } = overBudget(request, phase, settings());
        return reviewed(status, body, () => noteOf(facts, wantsOf(log)));
      },
    });
  }
  if (policyReviewer !== undefined) {
    reviewers.set(POLICIES, {
      kind: "policies",
      elsewhere,
      here: (review) => {
        const { status, body, facts } = policyReviewer(review);
        return reviewed(status, body, () => policyNoteOf(facts));
      },
      unjudged: (request) => {
        const uid = typeof request === "string" ? request : request.uid;
        return reviewed(200, refuse(uid, TOO_LONG), () =>
          policyNoteOf({ decision: "denied", reason: TOO_LONG.message }),
        );
      },
    });
  }
  return reviewers;
}

const TOO_LONG: FailureStatus = {
  status: "Failure",
  message: "Fairlead: the ServicePolicy could not be checked in the time that there is; make it smaller",
  reason: "Forbidden",
  code: 403,
};
