import { countedFindings, type PolicyReviewFacts, type ReviewFacts } from "../../admission/index.ts";
import type { AdmissionRequest } from "../../admission/review/index.ts";
import type { JsonObject } from "../../field/index.ts";
import {
  type Logger,
  reviewLine,
  roundToMicroseconds,
  type UnchangedLogging,
  type UnchangedReviews,
  withoutManagedFields,
} from "../logging/index.ts";
import type { Metrics, ReviewCounts } from "./metrics.ts";

/** What is logged and counted for one review. It is plain data, because the worker process sends it to the server. */
export interface ReviewRecord {
  readonly message: "review" | "policy review";
  readonly level: "info" | "warn";
  /** The log line without the duration; absent if it is not logged. */
  readonly line?: JsonObject | undefined;
  /** The objects, if the debug level is logged. */
  readonly bodies?: JsonObject | undefined;
  /** Whether the log only counts the review. */
  readonly isCounted?: boolean;
  readonly counts: ReviewCounts;
}

/** The levels that are logged, and whether reviews that changed nothing are only counted. */
export interface RecordOptions {
  readonly info: boolean;
  readonly warn: boolean;
  readonly debug: boolean;
  readonly countsUnchanged: boolean;
}

/** The options for this logger. At debug level, every review has a line. */
export function recordOptionsOf(log: Logger, unchanged: UnchangedLogging): RecordOptions {
  const [info, warn, debug] = [log.isLevelEnabled("info"), log.isLevelEnabled("warn"), log.isLevelEnabled("debug")];
  return { info, warn, debug, countsUnchanged: unchanged === "counted" && !debug };
}

/** The record of a review of a Service. */
export function recordOf(facts: ReviewFacts, options: RecordOptions): ReviewRecord {
  const { phase, decision, exemption, request } = facts;
  const level = levelOf(decision);
  const isCounted = options.countsUnchanged && facts.unchanged === true;
  return {
    message: "review",
    level,
    isCounted,
    line: options[level] && !isCounted ? reviewLine(facts) : undefined,
    bodies: request !== undefined && options.debug ? bodiesOf(request) : undefined,
    counts: {
      phase,
      operation: request?.operation ?? "",
      decision,
      exemption: exemption?.by,
      findings: countedFindings(facts),
    },
  };
}

/** The record of a review of a policy. */
export function policyRecordOf(facts: PolicyReviewFacts): ReviewRecord {
  const { operation = "", decision } = facts;
  return {
    message: "policy review",
    level: levelOf(decision),
    line: { phase: "policies", ...facts },
    counts: { phase: "policies", operation, decision, findings: [] },
  };
}

/** Logs and counts a review that took this time. */
export function writeRecord(
  { message, level, line, bodies, isCounted, counts }: ReviewRecord,
  milliseconds: number,
  { log, metrics, unchanged }: RecordTargets,
): void {
  if (isCounted === true) unchanged.count(counts.phase, counts.operation);
  if (line !== undefined) {
    line["milliseconds"] = roundToMicroseconds(milliseconds);
    log[level](line, message);
  }
  if (bodies !== undefined) log.debug(bodies, "review body");
  metrics.countReview(counts, milliseconds / 1000);
}

/** Where records are written to. */
export interface RecordTargets {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly unchanged: UnchangedReviews;
}

/** Requests that are not writes of Services should not arrive here, and reviews that exceed their time need attention. */
function levelOf(decision: string): "info" | "warn" {
  return decision === "passed" || decision === "malformed" || decision === "unjudged" ? "warn" : "info";
}

function bodiesOf({ uid, object, oldObject }: AdmissionRequest): JsonObject {
  return { uid, object: withoutManagedFields(object), oldObject: withoutManagedFields(oldObject) };
}
