/**
 * `npm run dialect -- [--runs N] [--seed S]`: compares what is read of made-up texts with what Helm reads of them, whose
 * YAML library is that of kubectl and the API server. The exit code is 1 if any text is read differently.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { isObject, NumberText } from "#src/field/json.ts";
import { readText } from "#src/text/read.ts";
import { tools } from "../scripts/tools.ts";
import { Draws } from "./draws.ts";
import { drawYamlText } from "./generators/yaml-text.ts";

const { values: options } = parseArgs({
  options: { runs: { type: "string", default: "10000" }, seed: { type: "string", default: "1" } },
});
const [runs, seed] = [Number(options.runs), Number(options.seed)];
/** How many texts Helm is given at once. */
const BATCH = 5000;
/** How many differences are printed. */
const SHOWN = 20;

/** Each text is put below a key, so that Helm, which reads objects only, takes all of them. */
const TEMPLATE = `{{ range $path, $bytes := .Files.Glob "texts/*" }}{{ dict "path" $path "read" ($.Files.Get $path | fromYaml) | toJson }}
{{ end }}`;

const { helm } = await tools();
const draws = new Draws(seed);
let different = 0;
for (let done = 0; done < runs; done += BATCH) {
  const texts = Array.from({ length: Math.min(BATCH, runs - done) }, () => drawYamlText(draws).toWellFormed());
  for (const [index, read] of readByHelm(texts)) compare(texts[index] ?? "", read);
}
console.log(`${runs} texts of seed ${seed}: ${different} read differently`);
process.exitCode = different > 0 ? 1 : 0;

/** What Helm reads of each text. */
function readByHelm(texts: readonly string[]): Map<number, unknown> {
  const chart = mkdtempSync(join(tmpdir(), "fairlead-dialect-"));
  try {
    for (const folder of ["templates", "texts"]) mkdirSync(join(chart, folder));
    writeFileSync(join(chart, "Chart.yaml"), "apiVersion: v2\nname: dialect\nversion: 0.0.0\n");
    writeFileSync(join(chart, "templates", "read.txt"), TEMPLATE);
    for (const [index, text] of texts.entries()) writeFileSync(join(chart, "texts", String(index)), text);
    const { stdout, stderr } = spawnSync(helm, ["template", "x", chart], { encoding: "utf8", maxBuffer: 2 ** 30 });
    const answers = stdout
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line): unknown => JSON.parse(line))
      .filter(isObject);
    if (answers.length !== texts.length)
      throw new Error(`helm read ${answers.length} of ${texts.length} texts: ${stderr}`);
    return new Map(answers.map(({ path, read }) => [Number(String(path).slice("texts/".length)), read]));
  } finally {
    rmSync(chart, { recursive: true });
  }
}

function compare(text: string, wanted: unknown): void {
  const [document] = readText(text, { format: "yaml" }).documents;
  const problem = document?.problems[0]?.message;
  const value = plain(document?.value ?? {});
  const error = isObject(wanted) && typeof wanted["Error"] === "string" ? wanted["Error"] : undefined;
  // Helm takes objects only: of others it is known that they could be read.
  const isOther = error?.startsWith("error unmarshaling JSON") === true;
  const isSame =
    error === undefined ? isDeepStrictEqual(value, wanted) : isOther ? problem === undefined : problem !== undefined;
  if (isSame || ++different > SHOWN) return;
  console.log(
    `${JSON.stringify(text)}\n  helm:     ${error ?? JSON.stringify(wanted)}\n  fairlead: ${problem ?? JSON.stringify(value)}`,
  );
}

/** The value as JSON numbers: Helm writes them in its own way. */
function plain(value: unknown): unknown {
  if (value instanceof NumberText) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)])) : value;
}
