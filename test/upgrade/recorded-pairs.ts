import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { readText } from "#src/text/read.ts";
import { ROOT } from "../paths.ts";

/** What a real API server answered. */
export interface RecordedAnswer {
  readonly allowed: boolean;
  readonly code: number;
  /** Field and reason of each cause. */
  readonly causes: readonly string[];
  readonly warnings: number;
  /** The object as mutating admission saw it. */
  readonly admission: unknown;
  readonly stored: unknown;
  /** JSON pointers of what the server picked. */
  readonly picked: readonly string[];
}

interface Question {
  /** The text of the manifest, as it was sent. */
  readonly text: string;
  /** The stored object, of an update. */
  readonly old: unknown;
  readonly answer: RecordedAnswer;
  /** Values that the server had picked for the stored object, by what stands for them. */
  readonly names: ReadonlyMap<unknown, string>;
}

/** A question that was put to two versions. */
export interface Pair {
  readonly from: Question;
  readonly to: Question;
}

/** The questions of one kind that the runs of both versions have. */
export function recordedPairs(from: string, to: string, operation: "create" | "update"): Pair[] {
  const later = questionsOf(to, operation);
  return [...questionsOf(from, operation)].flatMap(([key, question]) => {
    const other = later.get(key);
    return other === undefined ? [] : [{ from: question, to: other }];
  });
}

function questionsOf(version: string, operation: "create" | "update"): Map<string, Question> {
  const file = join(ROOT, "test/conformance", `${version}-dual.jsonl.gz`);
  const [, ...lines] = gunzipSync(readFileSync(file)).toString("utf8").trimEnd().split("\n");
  const questions = new Map<string, Question>();
  for (const line of lines) {
    const value: unknown = JSON.parse(line);
    if (!isObject(value) || value["operation"] !== operation) continue;
    // The text, not the value: a number like 80.0 is a question of its own.
    const range = readText(line, { format: "json" }).documents[0]?.rangeOf(["object"], "value");
    if (range === undefined) continue;
    const text = line.slice(range.start, range.end);
    const old = value["oldObject"];
    const names = pickedValues(old);
    const key = JSON.stringify(withNames([operation === "create" ? text : value["object"], old], names));
    questions.set(key, { text, old, answer: answerOf(value), names });
  }
  return questions;
}

function answerOf(line: JsonObject): RecordedAnswer {
  const expected = valueAt(line, ["expect"]);
  if (!isObject(expected)) throw new Error("a recorded question has no answer");
  const { allowed, code, causes, warnings, stored, allocated } = expected;
  return {
    allowed: allowed === true,
    code: Number(code),
    causes: [...new Set(listOf(causes).map((cause) => `${text(cause, "field")} ${text(cause, "reason")}`))].sort(),
    warnings: Number(warnings),
    admission: line["admission"],
    stored,
    picked: listOf(allocated).map(String),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown, key: string): string {
  return String(valueAt(value, [key]));
}

/** The addresses and ports of a stored object: in each run the server picked others. */
function pickedValues(old: unknown): Map<unknown, string> {
  const found = new Map<unknown, string>();
  const spec = valueAt(old, ["spec"]);
  if (!isObject(spec)) return found;
  const ports = listOf(spec["ports"]).map((port) => valueAt(port, ["nodePort"]));
  for (const value of [...listOf(spec["clusterIPs"]), ...ports, spec["healthCheckNodePort"]]) {
    if (value !== undefined && value !== "None" && !found.has(value)) found.set(value, `picked ${found.size}`);
  }
  return found;
}

/** The value with names in place of what a server had picked. */
export function withNames(value: unknown, names: ReadonlyMap<unknown, string>): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withNames(item, names));
  if (!isObject(value)) return names.get(value) ?? value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withNames(item, names)]));
}
