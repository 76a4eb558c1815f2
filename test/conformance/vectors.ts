import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import { judge, type Judgement, type JudgeRequest } from "#src/engine/judge.ts";
import { isObject, NumberText, valueAt } from "#src/field/json.ts";
import { NO_POLICIES } from "#src/policy/model/types.ts";
import type { ClusterProfile } from "#src/service/cluster/cluster-profile.ts";
import { describe } from "#src/service/findings/describe.ts";
import type { Decision } from "#src/service/process.ts";
import { type KubernetesVersion, parseVersion } from "#src/service/versions/version.ts";
import { readText } from "#src/text/read.ts";

/** One recorded question with its answer; the format is described in README.md beside this file. */
export interface Vector {
  readonly id: string;
  readonly operation: "create" | "update" | "status";
  readonly object?: unknown;
  readonly oldObject?: unknown;
  readonly text?: string;
  readonly contentType?: string;
  readonly fieldValidation?: "Ignore" | "Warn" | "Strict";
  readonly admission?: unknown;
  readonly expect: {
    readonly allowed: boolean;
    readonly code: number;
    readonly causes?: readonly { readonly field: string; readonly reason: string }[];
    readonly stored?: unknown;
    readonly allocated?: readonly string[];
    readonly warnings: number;
  };
}

/** One run: the cluster that was asked, and its answers. */
export interface Run {
  readonly cluster: ClusterProfile;
  readonly version: KubernetesVersion;
  readonly dryRun: boolean;
  /** An emulated older version gives the warnings of the newer program: they are not compared. */
  readonly comparesWarnings: boolean;
  readonly vectors: readonly Vector[];
}

export const POINTS = ["decision", "causes", "defaults", "stored", "warnings"] as const;
export type Point = (typeof POINTS)[number];

/** Which points of a question are compared, and whether the engine agrees. */
export type Agreement = Partial<Record<Point, boolean>>;

/**
 * Reads a run from a `.jsonl` or `.jsonl.gz` file: all of its questions, or one in `step` of them.
 * @throws if the first line is no header.
 */
export function readRun(file: string, step = 1): Run {
  return runOf(recordedText(file), file, step);
}

/** The content of a `.jsonl` or `.jsonl.gz` file. */
export function recordedText(file: string): string {
  const bytes = readFileSync(file);
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

/**
 * The run of a file with this content.
 * @throws if the first line is no header.
 */
export function runOf(text: string, file: string, step = 1): Run {
  const lines = text.split("\n").filter((line) => line !== "");
  const [first, ...rest] = lines.filter((_, i) => i === 0 || (i - 1) % step === 0).map(parseLine);
  if (!isObject(first) || first["header"] !== true) throw new Error(`${file}: the first line is no header`);
  const [from, to] = String(first["nodePortRange"]).split("-").map(Number);
  const version = parseVersion(String(first["emulated"] ?? first["kubernetes"]));
  if (version === undefined || from === undefined || to === undefined || !Array.isArray(first["serviceCIDRs"])) {
    throw new Error(`${file}: the header lacks a version, a node port range or service CIDRs`);
  }
  return {
    cluster: { serviceCIDRs: first["serviceCIDRs"].map(String), nodePortRange: { first: from, last: to } },
    version,
    dryRun: first["dryRun"] !== false,
    comparesWarnings: first["emulated"] === undefined,
    vectors: rest.filter(isVector),
  };
}

/** Numbers keep their text where a JSON number would lose it, as the engine is given them elsewhere. */
function parseLine(line: string): unknown {
  const value: unknown = JSON.parse(line, (_key, parsed: unknown, context?: { source?: string }) =>
    typeof parsed === "number" && context?.source !== undefined && !/^-?\d{1,15}$/.test(context.source)
      ? new NumberText(context.source)
      : parsed,
  );
  return value;
}

function isVector(value: unknown): value is Vector {
  return isObject(value) && typeof value["id"] === "string" && isObject(value["expect"]);
}

/** Asks the engine one question. */
export function ask(vector: Vector, run: Run): Judgement {
  const { object, duplicates, unreadable } = read(vector);
  if (unreadable) return UNREADABLE;
  const request: JudgeRequest = {
    operation: vector.operation,
    object,
    ...(vector.oldObject === undefined ? {} : { oldObject: vector.oldObject }),
    dryRun: run.dryRun,
    fieldValidation: vector.fieldValidation ?? "Warn",
    duplicates,
    cluster: run.cluster,
    version: run.version,
    ipFamilyPolicy: "server",
    policies: NO_POLICIES,
    facts: { namespace: "default", today: "2027-01-01" },
  };
  return judge(request);
}

const UNREADABLE: Judgement = {
  decision: { allowed: false, code: 400 },
  allocated: [],
  causes: [],
  warnings: [],
  policy: { findings: [], applied: [], skipped: [] },
};

function read(vector: Vector): { object: unknown; duplicates: NonNullable<JudgeRequest["duplicates"]>; unreadable: boolean } {
  if (vector.text === undefined) return { object: vector.object, duplicates: [], unreadable: false };
  const { documents } = readText(vector.text, { format: vector.contentType === "application/json" ? "json" : "yaml" });
  // The server reads the first document of a body and no further.
  const [first] = documents;
  if (first !== undefined && first.problems.length > 0) return { object: undefined, duplicates: [], unreadable: true };
  // A body with nothing in it is a null to the server.
  return { object: first?.value ?? null, duplicates: first?.duplicates ?? [], unreadable: false };
}

/** Compares the engine's answer with the recorded one, on the points that the question is compared on. */
export function compare(vector: Vector, answer: Judgement, run: Run): Agreement {
  const { expect } = vector;
  const agreement: Agreement = { decision: sameDecision(expect, answer.decision) };
  // A server that fails says nothing of the object.
  if (expect.code === 500) return agreement;
  agreement.causes = isDeepStrictEqual(causesOf(answer), new Set((expect.causes ?? []).map(({ field, reason }) => `${field} ${reason}`)));
  if (vector.admission !== undefined) agreement.defaults = isDeepStrictEqual(answer.defaulted, vector.admission);
  if (expect.allowed) {
    // A value that is carried over from the old object is recorded like one that the server picks.
    const picked = expect.allocated ?? [];
    agreement.stored =
      isDeepStrictEqual(masked(answer.stored, picked), masked(expect.stored, picked)) &&
      answer.allocated.every((pointer) => picked.includes(pointer));
  }
  if (run.comparesWarnings) agreement.warnings = answer.warnings.length === expect.warnings;
  return agreement;
}

/** The object with the values at the pointers blotted out; the values must be there. */
function masked(object: unknown, pointers: readonly string[]): unknown {
  const copy: unknown = structuredClone(object);
  for (const pointer of pointers) {
    const steps = pointer.split("/").slice(1).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const parent = valueAt(copy, steps.slice(0, -1));
    const last = steps.at(-1);
    if (Array.isArray(parent) && typeof last === "number" && last in parent) parent[last] = "picked";
    else if (isObject(parent) && typeof last === "string" && Object.hasOwn(parent, last)) parent[last] = "picked";
  }
  return copy;
}

function sameDecision(expect: Vector["expect"], decision: Decision): boolean {
  return decision.allowed ? expect.allowed : !expect.allowed && expect.code === decision.code;
}

/** The causes as the server reports them; only a refusal with 422 has some. */
export function causesOf(answer: Judgement): Set<string> {
  if (!answer.decision.allowed && answer.decision.code !== 422) return new Set();
  return new Set(answer.causes.map(describe).map(({ field, reason }) => `${field} ${reason ?? ""}`));
}
