/** `npm run bench [-- --quick] [--json FILE] [NAME...]`: runs the benchmarks of this folder, all or the named ones. */
import { readdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Benchmark, type Table, tableOf, tablesOf } from "./table.ts";

const { values, positionals } = parseArgs({
  options: { json: { type: "string" }, quick: { type: "boolean", default: false } },
  allowPositionals: true,
});
const results: Record<string, readonly Table[]> = {};
for (const file of readdirSync(import.meta.dirname).sort()) {
  const loaded = await benchmarkIn(file);
  if (loaded === undefined || (positionals.length > 0 && !positionals.includes(loaded.name))) continue;
  const tables = tablesOf(loaded.name, await loaded.run({ quick: values.quick }));
  results[loaded.name] = tables;
  for (const { title, rows } of tables) console.log(`\n${title}\n${tableOf(rows)}`);
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);

/** The benchmark in a file; undefined for other files of this folder. */
async function benchmarkIn(file: string): Promise<Benchmark | undefined> {
  if (!file.endsWith(".bench.ts")) return undefined;
  const loaded: unknown = await import(`./${file}`);
  if (isBenchmark(loaded)) return loaded;
  throw new Error(`${file} must export a name and run()`);
}

function isBenchmark(value: unknown): value is Benchmark {
  return typeof value === "object" && value !== null && "name" in value && "run" in value;
}
