/** The engine without the server, on the recorded objects, by processor time, which excludes other programs. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { judge, type JudgeRequest, judgeWhole } from "#src/engine/judge.ts";
import { NO_POLICIES } from "#src/policy/model/types.ts";
import { applyStaticDefaults } from "#src/service/apply-static-defaults.ts";
import { decode } from "#src/service/decode/decode.ts";
import type { Service } from "#src/service/schema/types.ts";
import { NEWEST_KNOWN } from "#src/service/versions/version.ts";
import { readRun, type Run, type Vector } from "../test/conformance/vectors.ts";
import { AIMS, aimText } from "./aims.ts";
import type { Row } from "./table.ts";

export const name = "judge";

const FOLDER = join(import.meta.dirname, "../test/conformance");
/** Processor time has a resolution of milliseconds: a round is long enough for that not to matter. */
const ROUND_SECONDS = 0.25;
/** The first rounds warm up the compiler; of the others the best counts. */
const ROUNDS = 10;

/** Services per second, and the share of each step. */
export function run(): Promise<readonly Row[]> {
  const runs = readdirSync(FOLDER).filter((file) => /^1\.36-dual.*\.gz$/.test(file) && !file.includes("text"));
  const requests = runs
    .map((file) => readRun(join(FOLDER, file)))
    .flatMap((one) => one.vectors.map((vector) => requestOf(vector, one)));
  const allowed = requests.filter((request) => request.operation === "create" && judge(request).decision.allowed);
  const decoded = allowed.flatMap(({ object }) => decode(object).service ?? []);
  const whole = secondsPer(allowed, (request) => void judge(request));
  const decoding = secondsPer(allowed, ({ object }) => void decode(object));
  const defaulting = secondsPer(decoded, (service: Service) => void applyStaticDefaults(service, NEWEST_KNOWN));
  const updates = requests.filter((request) => request.operation === "update");
  const share = (seconds: number): string => `${Math.round((100 * seconds) / whole)} %`;
  const questions = [
    {
      what: "judge(), allowed creates",
      seconds: whole,
      aim: aimText(AIMS.createsPerSecond, 1 / whole),
      share: "100 %",
    },
    { what: "of these: decode", seconds: decoding, share: share(decoding) },
    { what: "of these: static defaults", seconds: defaulting, share: share(defaulting) },
    { what: "of these: prepare, allocate, validate", share: share(whole - decoding - defaulting) },
    {
      what: "judgeWhole(), as the webhook, allowed creates",
      seconds: secondsPer(allowed, (request) => void judgeWhole(request)),
    },
    { what: "judge(), all recorded updates", seconds: secondsPer(updates, (request) => void judge(request)) },
    { what: "judge(), all recorded questions", seconds: secondsPer(requests, (request) => void judge(request)) },
  ];
  return Promise.resolve(
    questions.map(({ what, seconds, aim = "", share = "" }) => ({
      what,
      "per second": seconds === undefined ? "" : perSecond(seconds),
      aim,
      share,
    })),
  );
}

function requestOf({ operation, object, oldObject }: Vector, { cluster, version, dryRun }: Run): JudgeRequest {
  return {
    operation,
    object,
    ...(oldObject === undefined ? {} : { oldObject }),
    dryRun,
    cluster,
    version,
    fieldValidation: "Warn",
    ipFamilyPolicy: "server",
    policies: NO_POLICIES,
    facts: { namespace: "default", today: "2027-01-01" },
  };
}

/** Seconds of processor time for one call. */
function secondsPer<T>(items: readonly T[], work: (item: T) => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) best = Math.min(best, oneRound(items, work));
  return best;
}

function oneRound<T>(items: readonly T[], work: (item: T) => void): number {
  const begun = process.cpuUsage().user;
  let calls = 0;
  let spent: number;
  do {
    for (const item of items) work(item);
    calls += items.length;
    spent = (process.cpuUsage().user - begun) / 1e6;
  } while (spent < ROUND_SECONDS);
  return spent / calls;
}

function perSecond(seconds: number): number {
  return Math.round(1 / seconds);
}
