/**
 * `npm run bench [-- --quick] [--write] [--json FILE] [NAME...]`: runs the benchmarks of this folder, all or the named ones, and
 * prints their tables, ratios first. `--write` keeps their figures in figures.json, those of benchmarks that were not run as they are, and
 * writes docs/performance.md.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Figures, isFigures, withNamed } from "./figures.ts";
import { conditionsOf } from "./machine.ts";
import { type Benchmark, type Table, tableOf, tablesOf } from "./table.ts";

const FIGURES = join(import.meta.dirname, "figures.json");

const { values, positionals } = parseArgs({
  options: {
    json: { type: "string" },
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const benchmarks = await allBenchmarks();
const unknown = positionals.filter((name) => !benchmarks.some((one) => one.name === name));
if (unknown.length > 0)
  fail(`no benchmark ${unknown.join(", ")}; there are ${benchmarks.map(({ name }) => name).join(", ")}`);

const conditions = conditionsOf(process.argv.slice(2), values.quick);
const results: Record<string, readonly Table[]> = {};
for (const benchmark of benchmarks) {
  const { name } = benchmark;
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const tables = tablesOf(name, await benchmark.run({ quick: values.quick }));
  results[name] = tables;
  for (const { title, rows } of [...ofKind(tables, "ratios"), ...ofKind(tables, "figures")])
    console.log(`\n${title}\n${tableOf(rows)}`);
}
const figures: Figures = { conditions, results };
if (values.json !== undefined) writeFileSync(values.json, textOf(figures));
if (values.write) {
  writeFileSync(FIGURES, textOf(positionals.length === 0 ? figures : withNamed(keptFigures(), figures)));
  execFileSync(process.execPath, [join(import.meta.dirname, "../scripts/performance-docs.ts")], { stdio: "inherit" });
}

function textOf(figures: Figures): string {
  return `${JSON.stringify(figures, undefined, 2)}\n`;
}

function keptFigures(): Figures {
  const kept: unknown = JSON.parse(readFileSync(FIGURES, "utf8"));
  return isFigures(kept) ? kept : fail(`${FIGURES}: not what this writes`);
}

/** The benchmarks of this folder, in the order of their names. */
async function allBenchmarks(): Promise<readonly Benchmark[]> {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".bench.ts"));
  return Promise.all(
    files.sort().map(async (file) => {
      const loaded: unknown = await import(`./${file}`);
      if (isBenchmark(loaded)) return loaded;
      throw new Error(`${file} must export a name and run()`);
    }),
  );
}

function isBenchmark(value: unknown): value is Benchmark {
  return typeof value === "object" && value !== null && "name" in value && "run" in value;
}

function ofKind(tables: readonly Table[], kind: Table["kind"]): readonly Table[] {
  return tables.filter((table) => table.kind === kind);
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
