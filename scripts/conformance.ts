/**
 * `npm run conformance -- FILE... [--verbose] [--floor FILE]`: compares the engine with all recorded answers, those to
 * Services and those to expressions in admission policies.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { isObject } from "#src/field/json.ts";
import { type CelRun, compareCel, isCelRun, readCelRun } from "../test/conformance/cel.ts";
import { ask, causesOf, compare, POINTS, readRun, type Run, type Vector } from "../test/conformance/vectors.ts";

/** What is compared: the points of Services, and of policies whether they are accepted and what they say of Services. */
const ALL_POINTS = [...POINTS, "policies", "answers"] as const;
type Figures = Record<(typeof ALL_POINTS)[number], { agreed: number; asked: number }>;

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { verbose: { type: "boolean", default: false }, floor: { type: "string" } },
});

if (files.length === 0) {
  console.error("usage: npm run conformance -- FILE... [--verbose] [--floor FILE]");
  process.exit(2);
}

const total = noFigures();
const perFile = new Map<string, Figures>();
for (const file of files) {
  const figures = noFigures();
  if (isCelRun(file)) countCel(readCelRun(file), figures);
  else {
    const run = readRun(file);
    for (const vector of run.vectors) count(vector, run, figures);
  }
  perFile.set(basename(file), figures);
  for (const point of ALL_POINTS) {
    total[point].agreed += figures[point].agreed;
    total[point].asked += figures[point].asked;
  }
}
for (const [file, figures] of perFile) console.log(`${file}: ${line(figures)}`);
console.log(`in all: ${line(total)}`);
process.exitCode = options.floor === undefined ? isFull(total) : exitCodeByFloor(options.floor);

function noFigures(): Figures {
  const zero = (): { agreed: number; asked: number } => ({ agreed: 0, asked: 0 });
  return {
    decision: zero(),
    causes: zero(),
    defaults: zero(),
    stored: zero(),
    warnings: zero(),
    policies: zero(),
    answers: zero(),
  };
}

function countCel(run: CelRun, figures: Figures): void {
  for (const vector of run.vectors) {
    const { policy, answers, said } = compareCel(vector, run);
    const agreements = [policy, ...Object.values(answers)];
    add(figures.policies, policy);
    for (const agrees of Object.values(answers)) add(figures.answers, agrees);
    if (options.verbose && agreements.includes(false)) {
      console.log(`${vector.id}: asked ${JSON.stringify(vector)}`);
      console.log(`  answered ${JSON.stringify(said)}`);
    }
  }
}

function add(figure: { agreed: number; asked: number }, agrees: boolean): void {
  figure.asked += 1;
  if (agrees) figure.agreed += 1;
}

function count(vector: Vector, run: Run, figures: Figures): void {
  const answer = ask(vector, run);
  const agreement = compare(vector, answer, run);
  for (const point of POINTS) {
    const agrees = agreement[point];
    if (agrees === undefined) continue;
    figures[point].asked += 1;
    if (agrees) figures[point].agreed += 1;
    else if (options.verbose) {
      console.log(`${vector.id} ${point}: asked ${JSON.stringify(vector)}`);
      console.log(`  answered ${JSON.stringify({ ...answer, causes: [...causesOf(answer)] })}`);
    }
  }
}

function line(figures: Figures): string {
  return ALL_POINTS.filter((point) => figures[point].asked > 0)
    .map((point) => `${point} ${figures[point].agreed}/${figures[point].asked}`)
    .join(" ");
}

function isFull(figures: Figures): number {
  return ALL_POINTS.every((point) => figures[point].agreed === figures[point].asked) ? 0 : 1;
}

/** The exit code: 1 if a number of agreed questions is below the floor, which is a minimum by file and point. */
function exitCodeByFloor(file: string): number {
  const floor: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isObject(floor)) throw new Error(`${file}: a floor is an object of files`);
  let exitCode = 0;
  for (const [name, points] of Object.entries(floor)) {
    for (const [point, minimum] of Object.entries(isObject(points) ? points : {})) {
      const agreed = ALL_POINTS.some((one) => one === point) ? figureOf(name, point) : undefined;
      if (typeof minimum === "number" && agreed !== undefined && agreed >= minimum) continue;
      console.error(`${name}: ${point} is ${agreed ?? "not asked"}, below the floor of ${String(minimum)}`);
      exitCode = 1;
    }
  }
  return exitCode;
}

function figureOf(file: string, name: string): number | undefined {
  const point = ALL_POINTS.find((one) => one === name);
  return point === undefined ? undefined : perFile.get(file)?.[point].agreed;
}
