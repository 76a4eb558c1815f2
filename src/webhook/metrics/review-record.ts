import { countedFindings, type PolicyReviewFacts, type ReviewFacts } from "../../admission/index.ts";
import type { AdmissionRequest } from "../../admission/review/index.ts";
import type { JsonObject } from "../../field/index.ts";
import { reviewLine, type Logger, roundToMicroseconds, withoutManagedFields } from "../logging/index.ts";
import type { Metrics, ReviewCounts } from "./metrics.ts";

/** What there is to log and to count of one review, as plain data: another process may have judged it. */
export interface ReviewRecord {
  readonly message: "review" | "policy review";
  readonly level: "info" | "warn";
  /** The line but for the time; absent where the level is not logged. */
  readonly line?: JsonObject | undefined;
  /** The objects, where the log wants them. */
  readonly bodies?: JsonObject | undefined;
  readonly counts: ReviewCounts;
}

/** What the log takes at the moment. */
export interface RecordOptions {
  readonly info: boolean;
  readonly warn: boolean;
  readonly debug: boolean;
}

/** What the log takes at the moment. */
export function recordOptionsOf(log: Logger): RecordOptions {
  return { info: log.isLevelEnabled("info"), warn: log.isLevelEnabled("warn"), debug: log.isLevelEnabled("debug") };
}

/** The note of the review of a Service. */
export function recordOf(facts: ReviewFacts, wants: RecordOptions): ReviewRecord {
  const { phase, decision, exemption, request } = facts;
  const level = levelOf(decision);
  return {
    message: "review",
    level,
    line: wants[level] ? reviewLine(facts) : undefined,
    bodies: request !== undefined && wants.debug ? bodiesOf(request) : undefined,
    counts: {
      phase,
      operation: request?.operation ?? "",
      decision,
      exemption: exemption?.by,
      findings: countedFindings(facts),
    },
  };
}

/** The note of the review of a policy. */
export function policyRecordOf(facts: PolicyReviewFacts): ReviewRecord {
  const { operation = "", decision } = facts;
  return {
    message: "policy review",
    level: levelOf(decision),
    line: { phase: "policies", ...facts },
    counts: { phase: "policies", operation, decision, findings: [] },
  };
}

/** Logs and counts a review that took so many milliseconds. */
export function writeRecord(
  { message, level, line, bodies, counts: count }: ReviewRecord,
  milliseconds: number,
  to: RecordTargets,
): void {
  const { log, metrics } = to;
  if (line !== undefined) {
    line["milliseconds"] = roundToMicroseconds(milliseconds);
    log[level](line, message);
  }
  if (bodies !== undefined) log.debug(bodies, "review body");
  metrics.countReview(count, milliseconds / 1000);
}

/** Where notes are written to. */
export interface RecordTargets {
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** What is not a write of a Service should not come here, and what is not judged in its time should be looked into. */
function levelOf(decision: string): "info" | "warn" {
  return decision === "passed" || decision === "malformed" || decision === "unjudged" ? "warn" : "info";
}

function bodiesOf({ uid, object, oldObject }: AdmissionRequest): JsonObject {
  return { uid, object: withoutManagedFields(object), oldObject: withoutManagedFields(oldObject) };
}
