import { type AdmissionSettings, answer, overBudget, type Phase, type PolicyReviewer } from "../admission/index.ts";
import { type AdmissionRequest, type FailureStatus, refuse, type ReviewReply } from "../admission/review/index.ts";
import { type Checkpoint, TimeBudgetExceeded } from "../field/index.ts";
import type { Logger } from "./logging/index.ts";
import {
  type Metrics,
  policyRecordOf,
  recordOf,
  recordOptionsOf,
  type ReviewRecord,
  writeRecord,
} from "./metrics/index.ts";
import type { ReviewKind } from "./worker/index.ts";

/** What a review comes to. */
export interface ReviewResult {
  readonly status: 200 | 400;
  readonly text: () => string;
  /** Writes down what became of it, and that it took so many milliseconds. */
  readonly record: (milliseconds: number) => void;
}

/** Who answers at one path. */
export interface Reviewer {
  readonly kind: ReviewKind;
  /** Answers the parsed body of a POST; undefined if that takes longer from `began` on than may be. @throws only on a bug. */
  readonly review: (review: unknown, began: number) => ReviewResult | undefined;
  /** An answer that was made elsewhere. */
  readonly fromWorker: (status: 200 | 400, text: string, note: ReviewRecord) => ReviewResult;
  /** The answer to what could not be judged in time: the request, or its uid where no more is known. */
  readonly unjudged: (request: AdmissionRequest | string) => ReviewResult;
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
 * How long, in milliseconds, a review may be judged while all else waits: fifty times what one takes. What takes
 * longer is judged apart.
 */
const SLICE = 10;

export interface ReviewersOptions {
  /** What to answer by, now. */
  readonly settings: (checkpoint?: Checkpoint) => AdmissionSettings;
  readonly policyReviewer: PolicyReviewer | undefined;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Who answers, by the path of the request. */
export function reviewersByPath(parts: ReviewersOptions): ReadonlyMap<string, Reviewer> {
  const { settings, policyReviewer, log } = parts;
  const reviewers = new Map<string, Reviewer>();
  const elsewhere: Reviewer["fromWorker"] = (status, text, note) => ({
    status,
    text: () => text,
    record: (milliseconds) => {
      writeRecord(note, milliseconds, parts);
    },
  });
  const reviewed = (status: 200 | 400, body: ReviewReply, note: () => ReviewRecord): ReviewResult => ({
    status,
    text: () => JSON.stringify(body),
    record: (milliseconds) => {
      writeRecord(note(), milliseconds, parts);
    },
  });
  const slice = new TimeSlice();
  const checkpoint: Checkpoint = () => {
    slice.check();
  };
  for (const [path, phase] of Object.entries(PHASES)) {
    reviewers.set(path, {
      kind: phase,
      fromWorker: elsewhere,
      review: (review, began) => {
        slice.begin(began);
        const { status, body, facts } = answer(review, phase, settings(checkpoint));
        if (facts.decision === "unjudged") return undefined;
        return reviewed(status, body, () => recordOf(facts, recordOptionsOf(log)));
      },
      unjudged: (request) => {
        const { status, body, facts } = overBudget(request, phase, settings());
        return reviewed(status, body, () => recordOf(facts, recordOptionsOf(log)));
      },
    });
  }
  if (policyReviewer !== undefined) {
    reviewers.set(POLICIES, {
      kind: "policies",
      fromWorker: elsewhere,
      review: (review) => {
        const { status, body, facts } = policyReviewer(review);
        return reviewed(status, body, () => policyRecordOf(facts));
      },
      unjudged: (request) => {
        const uid = typeof request === "string" ? request : request.uid;
        return reviewed(200, refuse(uid, TOO_LONG), () =>
          policyRecordOf({ decision: "denied", reason: TOO_LONG.message }),
        );
      },
    });
  }
  return reviewers;
}

/**
 * Holds a judgement to its slice. Where others have the processor, time passes without work: once it is over, as much
 * again is measured in the time of this process, or a busy machine would send small reviews behind the large ones.
 */
class TimeSlice {
  #end = 0;
  #used: NodeJS.CpuUsage | undefined;

  begin(now: number): void {
    this.#end = now + SLICE;
    this.#used = undefined;
  }

  /** @throws BudgetSpent where it is over. */
  check(): void {
    const now = performance.now();
    if (now <= this.#end) return;
    if (this.#used === undefined) this.#used = process.cpuUsage();
    else {
      const { user, system } = process.cpuUsage(this.#used);
      if (user + system > SLICE * 1000) throw new TimeBudgetExceeded();
    }
    this.#end = now + SLICE / 2;
  }
}

const TOO_LONG: FailureStatus = {
  status: "Failure",
  message: "Fairlead: the ServicePolicy could not be checked in the time that there is; make it smaller",
  reason: "Forbidden",
  code: 403,
};
