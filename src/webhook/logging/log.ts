import { type Logger, pino, stdTimeFunctions } from "pino";
import type { ReviewFacts } from "../../admission/index.ts";
import { truncate } from "../../admission/messages/index.ts";
import { isObject, type JsonObject } from "../../field/index.ts";
import { countText, totalCount, type WithCount } from "../../service/findings/index.ts";
import { BufferedOutput } from "./buffered-output.ts";
import type { LogLevel } from "./log-level.ts";
import { standardOutput } from "./sink.ts";

export type { Logger } from "pino";

/** The maximum size of the lines that wait to be written, in bytes. */
const MAX_WAITING = 4 * 1024 * 1024;
/** How long a flush may take, in milliseconds: there may be no reader. */
const FLUSH_TIMEOUT = 1000;

/** A log of JSON lines that is written to standard output in the background. */
export interface LogOutput {
  readonly log: Logger;
  /** Writes plain text to the same output. */
  readonly print: (text: string) => void;
  /** Writes the waiting lines, unless that takes too long. */
  readonly flush: () => Promise<void>;
}

/** @param onDropped is called for each line that is dropped because the output is too slow */
export function createLog(level: LogLevel, onDropped: () => void): LogOutput {
  const output = new BufferedOutput(standardOutput(), MAX_WAITING, {
    dropped: onDropped,
    resumed: (lines) => {
      // Logged at every level, so that the gap in the log is visible.
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
      await output.flush(FLUSH_TIMEOUT);
    },
  };
}

function levelName(label: string): { level: string } {
  return { level: label };
}

/** Rounds a duration in milliseconds to microseconds. */
export function roundToMicroseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

/** The log line of a review, without its duration and without the objects. */
export function reviewLine(facts: ReviewFacts): JsonObject {
  const { request, judgement, patch = [], reason } = facts;
  const line: JsonObject = { phase: facts.phase, decision: facts.decision, uid: shortened(facts.uid) };
  if (request !== undefined) {
    line["operation"] = request.operation;
    if (request.subResource !== "") line["subResource"] = shortened(request.subResource);
    const name = request.name === "" ? `${shortened(request.generateName)}*` : shortened(request.name);
    line["service"] = `${shortened(request.namespace)}/${name}`;
    line["user"] = shortened(request.user.name);
    if (request.dryRun) line["dryRun"] = true;
  }
  if (reason !== undefined) line["reason"] = shortened(reason);
  if (judgement !== undefined) {
    const { causes, policy } = judgement;
    addList(line, "causes", causes, totalCount(causes), ({ code, path }) => `${code} ${path.toString()}`, causes);
    addList(
      line,
      "policies",
      policy.findings,
      totalCount(policy.findings),
      ({ policy, rule, action, suppressed }) => `${policy}/${rule}=${suppressed === undefined ? action : "suppressed"}`,
    );
    addList(
      line,
      "skipped",
      policy.skipped,
      policy.skipped.length,
      ({ policy, path, reason }) => `${policy} ${path.toString()}: ${reason}`,
    );
  }
  addList(line, "patched", patch, patch.length, ({ path }) => path);
  return line;
}

/** The limits of a line, because a review's content is chosen by its author: entries of a list, and characters of a text. */
const MAX_LISTED = 50;
const MAX_TEXT = 512;

/** The text, truncated to the limit. */
function shortened(text: string): string;
function shortened(text: string | undefined): string | undefined;
function shortened(text: string | undefined): string | undefined {
  return text === undefined ? undefined : truncate(text, MAX_TEXT);
}

/** Adds a list to the line unless it is empty; entries beyond the limit are counted. */
function addList<T>(
  line: JsonObject,
  name: string,
  items: readonly T[],
  count: number,
  format: (item: T) => string,
  counted: readonly WithCount[] = [],
): void {
  if (items.length === 0) return;
  const listed = items.slice(0, MAX_LISTED).map((item) => shortened(format(item)));
  const omitted = count - listed.length;
  line[name] = omitted === 0 ? listed : [...listed, `and ${countText(omitted, counted)} more`];
}

/** Returns the object without `metadata.managedFields`, which can be ten times as long as the rest. */
export function withoutManagedFields(object: unknown): unknown {
  if (!isObject(object) || !isObject(object["metadata"])) return object;
  const metadata = Object.entries(object["metadata"]).filter(([name]) => name !== "managedFields");
  return { ...object, metadata: Object.fromEntries(metadata) };
}
