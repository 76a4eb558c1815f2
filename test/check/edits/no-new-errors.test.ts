import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Draws } from "#fuzz/draws.ts";
import { mutateText, yamlOf } from "#fuzz/generators/manifest-text.ts";
import { drawService } from "#fuzz/generators/service.ts";
import { checkFixed } from "#fuzz/invariants/fixed.ts";
import { type Context, makeContext } from "#src/check/findings/context.ts";
import { examine } from "#src/check/findings/examine.ts";
import { fixText } from "#src/check/run/fix.ts";
import { defaultSettings } from "#src/check/settings/settings.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";

const settings = defaultSettings("2026-11-26");
const CONTEXTS: readonly Context[] = await Promise.all(
  [
    settings,
    { ...settings, cluster: PROFILES.ipv4 },
    { ...settings, cluster: PROFILES.dual, fieldValidation: "Warn" as const },
    { ...settings, cluster: PROFILES.dual6, version: { minor: 30 } },
  ].map((each) => makeContext({ settings: each, old: undefined, wantsServices: false })),
);

/** The errors of a text, by rule and field, with how many of each there are; undefined if not all are reported. */
function errorsOf(text: string, context: Context): ReadonlyMap<string, number> | undefined {
  const errors = new Map<string, number>();
  for (const event of examine(text, "a.yaml", context)) {
    if (event.type === "over-limit") return undefined;
    if (event.type !== "finding" || event.finding.severity !== "error") continue;
    const key = `${event.finding.rule} ${event.finding.field}`;
    errors.set(key, (errors.get(key) ?? 0) + 1);
  }
  return errors;
}

function broughtIn(before: string, after: string, context: Context): string[] {
  const [was, is] = [errorsOf(before, context), errorsOf(after, context)];
  if (was === undefined || is === undefined) return [];
  return [...is].filter(([key, count]) => count > (was.get(key) ?? 0)).map(([key]) => key);
}

const seed = fc.integer();
const manifests = fc.tuple(seed, seed, fc.boolean()).map(([a, b, isMutated]) => {
  const draws = new Draws(a, b);
  const text = yamlOf(draws, drawService(draws));
  return isMutated ? mutateText(draws, text, draws.between(1, 3)) : text;
});

describe("a fix", () => {
  it("brings no error in, changes nothing the second time, and leaves everything else", () => {
    let fixed = 0;
    fc.assert(
      fc.property(manifests, fc.constantFrom(...CONTEXTS), (text, context) => {
        const once = fixText(text, "a.yaml", context).text;
        if (once === text) return;
        fixed++;
        expect(broughtIn(text, once, context)).toEqual([]);
        expect(fixText(once, "a.yaml", context).text).toBe(once);
        checkFixed(text, once, "a.yaml");
      }),
      { seed: 20261127, numRuns: Number(process.env["RUNS"] ?? 4000) },
    );
    expect(fixed).toBeGreaterThan(500);
  }, 240_000);
});
