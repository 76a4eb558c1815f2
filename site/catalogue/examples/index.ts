/** The examples of the catalogue: of every rule, and of every trap of YAML as `yaml/NAME`. */
import { TRAPS } from "../traps/traps.ts";
import { ENGINE_EXAMPLES } from "./engine.ts";
import type { CatalogueExample, ExampleInWords } from "./example.ts";
import { OWN_EXAMPLES } from "../own/own.ts";
import { POLICY_EXAMPLES } from "./policy.ts";

export type { CatalogueExample, ExampleInWords, ExampleSettings, OnlyInRequests } from "./example.ts";
export { ENGINE_EXAMPLES } from "./engine.ts";
export { OWN_EXAMPLES } from "../own/own.ts";
export { POLICY_EXAMPLES } from "./policy.ts";

const TRAP_EXAMPLES = Object.fromEntries(Object.entries(TRAPS).map(([name, trap]) => [`yaml/${name}`, trap]));

/** Whether the example has texts that can be judged. */
export function hasTexts(example: CatalogueExample | ExampleInWords): example is CatalogueExample {
  return !("notAManifest" in example);
}

/** Whether no manifest breaks the rule, only a request does. */
export function isOnlyInRequests(example: CatalogueExample | ExampleInWords): boolean {
  return hasTexts(example) && example.onlyInRequests !== undefined;
}

/** Every example with texts, by the rule as reports show it, or as `yaml/NAME`. */
export const EXAMPLES: Readonly<Record<string, CatalogueExample>> = Object.fromEntries(
  Object.entries({ ...ENGINE_EXAMPLES, ...OWN_EXAMPLES, ...POLICY_EXAMPLES, ...TRAP_EXAMPLES }).flatMap(
    ([rule, example]) => (hasTexts(example) ? [[rule, example] as const] : []),
  ),
);
