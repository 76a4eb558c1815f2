/**
 * `npm run fuzz -- --runs N [--target NAME] [--seed S] [--jobs N] [--failures N] [--guided]`: feeds each target generated input. The
 * exit code is 1 if an invariant did not hold. `--replay FILE` runs one kept case.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { isObject } from "#src/field/json.ts";
import type { Failure } from "./campaign.ts";
import { guided } from "./guided.ts";
import { keptCases } from "./kept.ts";
import { invariantOf, TARGET_NAMES, type TargetName } from "./target.ts";
import { playerNamed } from "./targets/index.ts";

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "10000" },
    target: { type: "string", multiple: true },
    seed: { type: "string" },
    jobs: { type: "string", default: String(Math.min(2, availableParallelism())) },
    failures: { type: "string", default: "1" },
    replay: { type: "string" },
    /** Keeps and changes cases that reach new code: slower, but reaches more. */
    guided: { type: "boolean", default: false },
    /** Used internally: runs one target in this process and prints one line of JSON at the end. */
    child: { type: "boolean", default: false },
  },
});

const [runs, jobs, failures] = [numberOf("runs"), numberOf("jobs"), numberOf("failures")];
const seed = options.seed === undefined ? Date.now() % 2 ** 31 : Number(options.seed);
const targets = TARGET_NAMES.filter((name) => options.target?.includes(name) ?? true);
const unknown = options.target?.find((name) => !TARGET_NAMES.some((one) => one === name));
if (unknown !== undefined) usage(`${unknown} is no target; there are ${TARGET_NAMES.join(", ")}`);
if (!Number.isSafeInteger(seed)) usage("--seed is a whole number");

if (options.replay !== undefined) process.exitCode = await replayFile(options.replay);
else if (options.child) process.exitCode = await playHere(targets[0] ?? "service");
else process.exitCode = await playAll();

interface Played {
  readonly target: TargetName;
  readonly runs: number;
  readonly failures: readonly Failure[];
}

/** Runs each target in a process of its own, this many at a time. */
async function playAll(): Promise<number> {
  const begun = performance.now();
  const waiting = [...targets];
  const played: Played[] = [];
  const work = async (): Promise<void> => {
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift())
      played.push(await playThere(target));
  };
  await Promise.all(Array.from({ length: jobs }, work));
  const found = played.flatMap(({ target, failures: some }) => some.map((failure) => ({ target, ...failure })));
  for (const { target, invariant, message, input } of found) {
    console.log(`\n${target}: ${message}\nto be kept as fuzz/corpus/NAME.json:`);
    console.log(JSON.stringify({ target, why: invariant, input }));
  }
  const seconds = Math.round((performance.now() - begun) / 1000);
  const least = Math.min(...played.map((one) => one.runs));
  const counts = played.map((one) => `${one.target} ${one.runs}`).join(", ");
  console.log(`fuzz: runs: ${counts}; ${found.length} failures; seed ${seed}; ${seconds} s`);
  return found.length === 0 && least >= runs ? 0 : 1;
}

function playThere(target: TargetName): Promise<Played> {
  const args = [
    "--runs",
    String(runs),
    "--seed",
    String(seed),
    "--failures",
    String(failures),
    "--target",
    target,
    "--child",
    ...(options.guided ? ["--guided"] : []),
  ];
  const child = spawn(process.execPath, [import.meta.filename, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let last: unknown;
  createInterface({ input: child.stdout }).on("line", (line) => {
    last = JSON.parse(line);
  });
  return new Promise((resolve) => {
    child.on("close", (code, signal) => {
      const made = isObject(last) ? last : {};
      const broken: Failure = {
        invariant: "no crash",
        message: `the process ended with ${String(code ?? signal)}`,
        input: null,
      };
      resolve({
        target,
        runs: typeof made["runs"] === "number" ? made["runs"] : 0,
        failures: Array.isArray(made["failures"]) ? made["failures"].filter(isFailure) : [broken],
      });
    });
  });
}

function isFailure(value: unknown): value is Failure {
  return isObject(value) && typeof value["invariant"] === "string" && typeof value["message"] === "string";
}

/** Runs the kept cases first: what failed once must not fail again. */
async function playHere(target: TargetName): Promise<number> {
  const begun = performance.now();
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const player = playerNamed(target, options.guided ? (one) => guided(one, say) : undefined);
  const failed: Failure[] = [];
  // A rejection without a handler is a failure, too.
  process.on("uncaughtException", (error) => {
    failed.push({ invariant: "no crash", message: error.stack ?? error.message, input: null });
  });
  try {
    for (const { file, target: name, input } of keptCases()) {
      if (name !== target) continue;
      await player.replay(input).catch((error: unknown) => {
        failed.push({ invariant: invariantOf(error), message: `${file}: ${String(error)}`, input });
      });
    }
    const onProgress = (done: number): void => {
      const seconds = (performance.now() - begun) / 1000;
      process.stderr.write(`${target}: ${done} runs, ${Math.round(done / seconds)} a second\n`);
    };
    const rare = every(30_000, onProgress);
    const result = await player.campaign({
      runs,
      seed,
      failures: Math.max(0, failures - failed.length),
      onProgress: rare,
    });
    await player.close().catch((error: unknown) => {
      failed.push({ invariant: invariantOf(error), message: String(error), input: null });
    });
    failed.push(...result.failures);
    process.stdout.write(`${JSON.stringify({ runs: result.runs, failures: failed })}\n`);
  } catch (error) {
    failed.push({
      invariant: invariantOf(error),
      message: error instanceof Error ? (error.stack ?? "") : String(error),
      input: null,
    });
    process.stdout.write(`${JSON.stringify({ runs: 0, failures: failed })}\n`);
  }
  return failed.length === 0 ? 0 : 1;
}

function every(milliseconds: number, say: (runs: number) => void): (runs: number) => void {
  let next = performance.now() + milliseconds;
  return (done) => {
    if (performance.now() < next) return;
    next = performance.now() + milliseconds;
    say(done);
  };
}

async function replayFile(file: string): Promise<number> {
  const kept: unknown = JSON.parse(readFileSync(file, "utf8"));
  const target = isObject(kept) ? TARGET_NAMES.find((name) => name === kept["target"]) : undefined;
  if (!isObject(kept) || target === undefined) usage(`${file} holds no kept case`);
  const player = playerNamed(target);
  try {
    await player.replay(kept["input"]);
    console.log("every invariant held");
    return 0;
  } catch (error) {
    console.log(error instanceof Error ? error.stack : String(error));
    return 1;
  } finally {
    await player.close();
  }
}

function numberOf(name: "runs" | "jobs" | "failures"): number {
  const number = Number(options[name]);
  if (!Number.isSafeInteger(number) || number < 1) usage(`--${name} is a number from 1`);
  return number;
}

function usage(problem: string): never {
  console.error(`fuzz: ${problem}`);
  process.exit(2);
}
