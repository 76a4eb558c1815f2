import { type Logger, pino, stdTimeFunctions } from "pino";
import type { ReviewFacts } from "../admission/facts.ts";
import { isObject, type JsonObject } from "../field/json.ts";
import type { LogLevel } from "./config/settings.ts";
import { Output } from "./output.ts";
import { standardOutput } from "./sink.ts";

export type { Logger } from "pino";

/** How many bytes of lines may wait to be written. */
const MOST_WAITING = 4 * 1024 * 1024;
/** How long, in milliseconds, the last lines may take to be written: nobody may be there to read them. */
const FLUSH_TIME = 1000;

/** A log of JSON lines on standard output, written in the background. */
export interface LogOutput {
  readonly log: Logger;
  /** Writes text between the lines. */
  readonly print: (text: string) => void;
  /** Writes out what is still held, as far as somebody takes it soon. */
  readonly flush: () => Promise<void>;
}

/** @param dropped told of each line that nobody took in time. */
export function createLog(level: LogLevel, dropped: () => void): LogOutput {
  const output = new Output(standardOutput(), MOST_WAITING, {
    dropped,
    again: (lines) => {
      // Whatever level is asked for: what the log lacks must be seen in the log.
      log
        .child({}, { level: "warn" })
        .warn({ dropped: lines }, "lines of the log were dropped: nobody took them in time");
    },
  });
  const log = pino({ level, base: {}, timestamp: stdTimeFunctions.isoTime, formatters: { level: levelName } }, output);
  return {
    log,
    print: output.write,
    flush: async () => {
      await output.flush(FLUSH_TIME);
    },
  };
}

function levelName(label: string): { level: string } {
  return { level: label };
}

/** To the microsecond. */
export function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

/** The line of one review but for the time that it took: what it was, what became of it and why. No bodies. */
export function lineOf(facts: ReviewFacts): JsonObject {
  const { request, judgement, patch, reason } = facts;
  const line: JsonObject = { phase: facts.phase, decision: facts.decision, uid: facts.uid };
  if (request !== undefined) {
    line["operation"] = request.operation;
    if (request.subResource !== "") line["subResource"] = request.subResource;
    line["service"] = `${request.namespace}/${request.name === "" ? `${request.generateName}*` : request.name}`;
    line["user"] = request.user.name;
    if (request.dryRun) line["dryRun"] = true;
  }
  if (reason !== undefined) line["reason"] = reason;
  if (judgement !== undefined && judgement.causes.length > 0) {
    line["causes"] = judgement.causes.map(({ code, path }) => `${code} ${path.toString()}`);
  }
  if (judgement !== undefined && judgement.policy.findings.length > 0) {
    line["policies"] = judgement.policy.findings.map(
      ({ policy, rule, action, suppressed }) => `${policy}/${rule}=${suppressed === undefined ? action : "suppressed"}`,
    );
  }
  if (judgement !== undefined && judgement.policy.skipped.length > 0) {
    line["skipped"] = judgement.policy.skipped.map(
      ({ policy, path, reason }) => `${policy} ${path.toString()}: ${reason}`,
    );
  }
  if (patch !== undefined && patch.length > 0) line["patched"] = patch.map(({ path }) => path);
  return line;
}

/** Managed fields say who wrote what, at ten times the length of the object. */
export function withoutManagedFields(object: unknown): unknown {
  if (!isObject(object) || !isObject(object["metadata"])) return object;
  const metadata = Object.entries(object["metadata"]).filter(([name]) => name !== "managedFields");
  return { ...object, metadata: Object.fromEntries(metadata) };
}
