import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Tools } from "#scripts/tools.ts";
import { isObject, NumberText } from "#src/field/json.ts";
import { readText } from "#src/text/read.ts";
import type { Draws } from "../draws.ts";
import { drawYamlText } from "../generators/yaml-text.ts";
import { knownName } from "./known.ts";

/** How many texts Helm is given at once. */
const BATCH = 5000;
/** How many differences are printed. */
const SHOWN = 20;

/** Each text is put below a key, so that Helm, which reads objects only, takes all of them. */
const TEMPLATE = `{{ range $path, $bytes := .Files.Glob "texts/*" }}{{ dict "path" $path "read" ($.Files.Get $path | fromYaml) | toJson }}
{{ end }}`;

/** Draws texts of one document, and returns how many of them are read differently; the first ones are printed. */
export function compareWithHelm({ helm }: Tools, draws: Draws, count: number): number {
  let different = 0;
  for (let done = 0; done < count; done += BATCH) {
    const texts = Array.from({ length: Math.min(BATCH, count - done) }, () => drawYamlText(draws).toWellFormed());
    for (const [index, read] of readByHelm(helm, texts)) {
      const difference = differenceOf(texts[index] ?? "", read);
      if (difference !== undefined && ++different <= SHOWN) console.log(difference);
    }
  }
  return different;
}

/** What Helm reads of each text. */
function readByHelm(helm: string, texts: readonly string[]): Map<number, unknown> {
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

function differenceOf(text: string, wanted: unknown): string | undefined {
  const [document] = readText(text, { format: "yaml" }).documents;
  const problem = document?.problems[0]?.message;
  const value = plain(document?.value ?? {});
  const error = isObject(wanted) && typeof wanted["Error"] === "string" ? wanted["Error"] : undefined;
  // Helm takes objects only: of others it is known that they could be read.
  const isOther = error?.startsWith("error unmarshaling JSON") === true;
  const isSame =
    error === undefined ? isDeepStrictEqual(value, wanted) : isOther ? problem === undefined : problem !== undefined;
  const difference = { fairlead: problem ?? "", kubectl: error ?? "", code: document?.problems[0]?.code };
  if (isSame || knownName(difference, text) !== undefined) return undefined;
  return `${JSON.stringify(text)}\n  helm:     ${error ?? JSON.stringify(wanted)}\n  fairlead: ${problem ?? JSON.stringify(value)}`;
}

/** The value as JSON numbers: Helm writes them in its own way. */
function plain(value: unknown): unknown {
  if (value instanceof NumberText) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)])) : value;
}
