import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMap, isNode, isScalar, type Pair, parseDocument, type YAMLMap } from "yaml";

const CHART = join(import.meta.dirname, "..", "charts", "fairlead");
const START = "<!-- values: generated from values.yaml by scripts/chart-docs.ts -->";
const END = "<!-- end of values -->";

/** A value of the chart, as the README shows it. */
interface Value {
  readonly key: string;
  readonly preset: string;
  readonly description: string;
}

/**
 * The README with its table of values regenerated from the comments in `values.yaml`.
 * @throws Error if a value has no comment above it, or the README has no place for the table.
 */
export function withValues(readme: string, values: string): string {
  const [before, after] = [readme.indexOf(START), readme.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`README.md: the lines "${START}" and "${END}" are missing`);
  const { contents } = parseDocument(values);
  if (!isMap(contents)) throw new Error("values.yaml: a map was expected");
  const rows = describe(contents, []).map(
    ({ key, preset, description }) => `| \`${key}\` | ${preset} | ${description} |`,
  );
  const table = ["| value | default | what it does |", "|---|---|---|", ...rows].join("\n");
  return `${readme.slice(0, before)}${START}\n${table}\n${readme.slice(after)}`;
}

function describe(map: YAMLMap, parents: readonly string[]): Value[] {
  return map.items.flatMap((pair, index) => {
    const path = [...parents, keyOf(pair)];
    // The comment above the first key of a map is kept with the map.
    const description = commentOf(pair.key) ?? (index === 0 && parents.length > 0 ? commentOf(map) : undefined);
    if (description !== undefined) return [{ key: path.join("."), preset: presetOf(pair), description }];
    if (isMap(pair.value)) return describe(pair.value, path);
    throw new Error(`values.yaml: ${path.join(".")} has no comment above it that says what it does`);
  });
}

function keyOf(pair: Pair): string {
  if (!isScalar(pair.key) || typeof pair.key.value !== "string") throw new Error("values.yaml: a key is not a text");
  return pair.key.value;
}

/** The last paragraph of the comment above a node, as one line; undefined if there is none. */
function commentOf(node: unknown): string | undefined {
  if (!isScalar(node) && !isMap(node)) return undefined;
  const paragraph = node.commentBefore?.split(/\n\s*\n/).at(-1);
  return paragraph
    ?.split("\n")
    .map((line) => line.trim())
    .join(" ")
    .replaceAll("|", "\\|");
}

function presetOf(pair: Pair): string {
  const value: unknown = isNode(pair.value) ? pair.value.toJSON() : null;
  return `\`${JSON.stringify(value)}\``;
}

if (import.meta.main) {
  const path = join(CHART, "README.md");
  const readme = await readFile(path, "utf8");
  const fresh = withValues(readme, await readFile(join(CHART, "values.yaml"), "utf8"));
  if (!process.argv.includes("--check")) {
    await writeFile(path, fresh);
  } else if (fresh !== readme) {
    console.error("charts/fairlead/README.md is stale: run `node scripts/chart-docs.ts`");
    process.exitCode = 1;
  }
}
