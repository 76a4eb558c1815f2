import { type AdmissionSettings, answer, overBudget, type Phase, type PolicyReviewer } from "../admission/index.ts";
import { type AdmissionRequest, type FailureStatus, refuse, type ReviewReply } from "../admission/review/index.ts";
import { type Checkpoint, TimeBudgetExceeded } from "../field/index.ts";
import type { Logger, UnchangedReviews } from "./logging/index.ts";
import {
  type Metrics,
  policyRecordOf,
  recordOf,
  type RecordOptions,
  type ReviewRecord,
  writeRecord,
} from "./metrics/index.ts";
import type { ReviewKind } from "./worker/index.ts";

/** The answer to a review. */
export interface ReviewResult {
  /** The HTTP status. */
  readonly status: 200 | 400;
  /** The body, as JSON. */
  readonly text: () => string;
  /** Logs and counts the review and the time that it took. */
  readonly record: (milliseconds: number) => void;
}

/** Answers the reviews of one path. */
export interface Reviewer {
  readonly kind: ReviewKind;
  /**
   * Judges a parsed body on the event loop, within a time slice that starts at `startedAt`. Throws only if there is a bug.
   * @returns undefined if the judgement takes longer
   */
  readonly review: (review: unknown, startedAt: number) => ReviewResult | undefined;
  /** The result for an answer of the worker process. */
  readonly fromWorker: (status: 200 | 400, text: string, record: ReviewRecord) => ReviewResult;
  /** The answer to a request that could not be judged in time. It takes the uid if the request is not parsed. */
  readonly unjudged: (request: AdmissionRequest | string) => ReviewResult;
}

/** The phase of each path. */
const PHASES = {
  "/mutate": "mutate",
  "/validate": "validate",
  "/validate/deny": "deny",
  "/validate/warn": "warn",
} as const satisfies Record<string, Phase>;

/** The path for reviews of policies, on a server that reads the policies of the cluster. */
const POLICIES_PATH = "/policies";

/**
 * How long a review may block the event loop, in milliseconds: fifty times what an ordinary one takes. Reviews that take
 * longer are judged by the worker process.
 */
const TIME_SLICE = 10;

export interface ReviewersOptions {
  /** Returns the current settings. */
  readonly settings: (checkpoint?: Checkpoint) => AdmissionSettings;
  readonly policyReviewer: PolicyReviewer | undefined;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly unchanged: UnchangedReviews;
  readonly recordOptions: RecordOptions;
}

/** The reviewers, by the path of the request. */
export function reviewersByPath(options: ReviewersOptions): ReadonlyMap<string, Reviewer> {
  const { settings, policyReviewer, recordOptions } = options;
  const reviewers = new Map<string, Reviewer>();
  const fromWorker: Reviewer["fromWorker"] = (status, text, record) => ({
    status,
    text: () => text,
    record: (milliseconds) => {
      writeRecord(record, milliseconds, options);
    },
  });
  const resultOf = (status: 200 | 400, body: ReviewReply, makeRecord: () => ReviewRecord): ReviewResult => ({
    status,
    text: () => JSON.stringify(body),
    record: (milliseconds) => {
      writeRecord(makeRecord(), milliseconds, options);
    },
  });
  const slice = new TimeSlice();
  const checkpoint: Checkpoint = () => {
    slice.check();
  };
  for (const [path, phase] of Object.entries(PHASES)) {
    reviewers.set(path, {
      kind: phase,
      fromWorker,
      review: (review, startedAt) => {
        slice.begin(startedAt);
        const { status, body, facts } = answer(review, phase, settings(checkpoint));
        if (facts.decision === "unjudged") return undefined;
        return resultOf(status, body, () => recordOf(facts, recordOptions));
      },
      unjudged: (request) => {
        const { status, body, facts } = overBudget(request, phase, settings());
        return resultOf(status, body, () => recordOf(facts, recordOptions));
      },
    });
  }
  if (policyReviewer !== undefined) {
    reviewers.set(POLICIES_PATH, {
      kind: "policies",
      fromWorker,
      review: (review, startedAt) => {
        slice.begin(startedAt);
        try {
          const { status, body, facts } = policyReviewer(review, checkpoint);
          return resultOf(status, body, () => policyRecordOf(facts));
        } catch (error) {
          if (error instanceof TimeBudgetExceeded) return undefined;
          throw error;
        }
      },
      unjudged: (request) => {
        const uid = typeof request === "string" ? request : request.uid;
        return resultOf(200, refuse(uid, TOO_LONG), () =>
          policyRecordOf({ decision: "denied", reason: TOO_LONG.message }),
        );
      },
    });
  }
  return reviewers;
}

/**
 * Limits a judgement to its time slice. On a busy machine, time also passes while other processes run: so once the slice
 * is over, the judgement continues until this process has also used that much processor time. Otherwise small reviews would
 * queue behind large ones for the worker process.
 */
class TimeSlice {
  #end = 0;
  #cpuUsage: NodeJS.CpuUsage | undefined;

  begin(now: number): void {
    this.#end = now + TIME_SLICE;
    this.#cpuUsage = undefined;
  }

  /** @throws TimeBudgetExceeded if the slice is over */
  check(): void {
    const now = performance.now();
    if (now <= this.#end) return;
    if (this.#cpuUsage === undefined) this.#cpuUsage = process.cpuUsage();
    else {
      const { user, system } = process.cpuUsage(this.#cpuUsage);
      if (user + system > TIME_SLICE * 1000) throw new TimeBudgetExceeded();
    }
    this.#end = now + TIME_SLICE / 2;
  }
}

const TOO_LONG: FailureStatus = {
  status: "Failure",
  message: "Fairlead: the ServicePolicy could not be checked in the time that there is; make it smaller",
  reason: "Forbidden",
  code: 403,
};
