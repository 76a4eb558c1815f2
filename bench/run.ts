/**
 * `npm run bench [-- --quick] [--write] [--json FILE] [NAME...]`: runs the benchmarks of this folder, all or the named ones, and
 * prints their tables, ratios first. `--write` keeps the figures of all of them in figures.json and writes docs/performance.md.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
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
if (values.write && positionals.length > 0)
  fail("--write: the figures of docs/performance.md are of one run of all benchmarks");

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
const json = `${JSON.stringify({ conditions, results }, undefined, 2)}\n`;
if (values.json !== undefined) writeFileSync(values.json, json);
if (values.write) {
  writeFileSync(FIGURES, json);
  execFileSync(process.execPath, [join(import.meta.dirname, "../scripts/performance-docs.ts")], { stdio: "inherit" });
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
