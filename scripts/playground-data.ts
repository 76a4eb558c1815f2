import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withoutUndefined } from "#src/field/index.ts";
import { NAMED_SETS } from "#src/policy/files/index.ts";
import type { ExampleGroup, PlaygroundData, PlaygroundExample } from "#playground/session/data.ts";
import type { PlaygroundState } from "#playground/state/index.ts";
import { type CatalogueExample, EXAMPLES } from "../site/catalogue/examples/index.ts";
import { PARTS } from "../site/catalogue/page/parts.ts";
import { TRAPS } from "../site/catalogue/traps/traps.ts";

const ROOT = join(import.meta.dirname, "..");

/** What the page of the playground brings along besides its code. */
export function playgroundData(): PlaygroundData {
  const sets = NAMED_SETS.map((name) => [name, setText(name)] as const);
  return { sets: Object.fromEntries(sets), examples: exampleGroups() };
}

/** The text of a ready-made policy, without its comments: its page explains it, and each reader would have to load them. */
function setText(name: string): string {
  return readFileSync(join(ROOT, "policies", `${name}.yaml`), "utf8").replace(/^ *#.*\n/gm, "");
}

/** The cases of the catalogue that the page can show, in the groups of the catalogue. */
function exampleGroups(): readonly ExampleGroup[] {
  const all = PARTS.flatMap(({ prefix, groups }) =>
    groups.map(({ title, names }) => ({
      title,
      examples: names.toSorted().flatMap((name) => exampleOf(`${prefix}${name}`)),
    })),
  );
  return all.filter(({ examples }) => examples.length > 0);
}

/** None for a rule that no text shows: a request, a file or a filler does. */
function exampleOf(code: string): readonly PlaygroundExample[] {
  const example = EXAMPLES[code];
  if (example === undefined || example.filler !== undefined || example.onlyInRequests !== undefined) return [];
  const title = code.startsWith("yaml/") ? TRAPS[code.slice("yaml/".length)]?.title : undefined;
  return [{ code, state: exampleState(example, "bad"), ...withoutUndefined({ title }) }];
}

/** The state in which the page shows a text of an example. */
export function exampleState(example: CatalogueExample, which: "bad" | "good"): Partial<PlaygroundState> {
  const { before, goodBefore = before, settings = {}, goodSettings = settings, policy } = example;
  const own = which === "bad" ? settings : goodSettings;
  const { kubernetesVersion, externalIPs, others, ...same } = own;
  const manifest = example[which];
  return withoutUndefined({
    ...same,
    // The others are all there are.
    ...(others !== undefined && { isComplete: true }),
    manifest: others === undefined ? manifest : `${manifest.trimEnd()}\n---\n${others}`,
    before: which === "bad" ? before : goodBefore,
    policy,
    version: kubernetesVersion,
    externalIPs: externalIPs === undefined ? undefined : externalIPs.join(",") || "none",
  });
}
