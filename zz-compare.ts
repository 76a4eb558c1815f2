import { spawnSync } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import { NumberText } from "#src/field/json.ts";
import { readText } from "#src/text/read.ts";
import { Draws } from "/work/wt-text/fuzz/draws.ts";
import { drawYamlText } from "/work/wt-text/fuzz/generators/yaml-text.ts";
const runs = Number(process.argv[2] ?? 10000), seed = Number(process.argv[3] ?? 1);
const draws = new Draws(seed);
const texts = Array.from({ length: runs }, () => drawYamlText(draws).toWellFormed());
const out = spawnSync("/tmp/oracle/oracle", { input: texts.map((t) => JSON.stringify(t)).join("\n"), maxBuffer: 1 << 30 }).stdout.toString().trimEnd().split("\n");
let same = 0, errors = 0, bad = 0, t = 0;
function plain(v: unknown): unknown {
  if (v instanceof NumberText) { const n = Number(v.text); return Number.isFinite(n) ? n : v.text; }
  if (Array.isArray(v)) return v.map(plain);
  if (v && typeof v === "object") return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, plain(x)]));
  return v;
}
const shown = Number(process.argv[4] ?? 15);
texts.forEach((text, i) => {
  const want = JSON.parse(out[i]!);
  const t0 = performance.now();
  const { documents } = readText(text, { format: "yaml" });
  t += performance.now() - t0;
  const d = documents[0];
  const problem = d?.problems[0];
  if (want.error) errors++;
  const got = d === undefined ? null : plain(d.value);
  const ok = want.error ? problem !== undefined : problem === undefined && isDeepStrictEqual(got, JSON.parse(want.json)) && (d?.duplicates.length ?? 0) === 0 === want.strict;
  if (ok) same++;
  else if (bad++ < shown) console.log(JSON.stringify(text), "\n  want", JSON.stringify(want).slice(0, 300), "\n  got ", problem ? problem.code + " " + problem.message : JSON.stringify(got)?.slice(0, 300), d?.duplicates.length);
});
console.log({ runs, same, errors, bad, ms: Math.round(t) });
