import { type Logger, pino, stdTimeFunctions } from "pino";
import type { ReviewFacts } from "../../admission/index.ts";
import { truncate } from "../../admission/messages/index.ts";
import { isObject, type JsonObject } from "../../field/index.ts";
import { countText, totalCount, type WithCount } from "../../service/findings/index.ts";
import type { LogLevel } from "./log-level.ts";
import { BufferedOutput } from "./buffered-output.ts";
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
  const output = new BufferedOutput(standardOutput(), MOST_WAITING, {
    dropped,
    resumed: (lines) => {
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
export function roundToMicroseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

/** The line of one review but for the time that it took: what it was, what became of it and why. No bodies. */
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

/** How many entries of a list a line holds, and how long a text in it may be: what is in a review is its author's to say. */
const MOST_LISTED = 50;
const LONGEST_TEXT = 512;

function shortened(text: string): string;
function shortened(text: string | undefined): string | undefined;
function shortened(text: string | undefined): string | undefined {
  return text === undefined ? undefined : truncate(text, LONGEST_TEXT);
}

/** Adds the list to the line, unless it is empty; what there is no room for is counted. */
function addList<T>(
  line: JsonObject,
  name: string,
  items: readonly T[],
  count: number,
  inWords: (item: T) => string,
  counted: readonly WithCount[] = [],
): void {
  if (items.length === 0) return;
  const listed = items.slice(0, MOST_LISTED).map((item) => shortened(inWords(item)));
  const left = count - listed.length;
  line[name] = left === 0 ? listed : [...listed, `and ${countText(left, counted)} more`];
}

/** Managed fields say who wrote what, at ten times the length of the object. */
export function withoutManagedFields(object: unknown): unknown {
  if (!isObject(object) || !isObject(object["metadata"])) return object;
  const metadata = Object.entries(object["metadata"]).filter(([name]) => name !== "managedFields");
  return { ...object, metadata: Object.fromEntries(metadata) };
}
