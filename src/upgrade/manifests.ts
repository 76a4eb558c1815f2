import type { CheckRule } from "../examine/findings/index.ts";
import { runCheck, type RunRequest } from "../check/run/index.ts";
import type { CheckFinding } from "../examine/model/index.ts";
import type { Summary } from "../reports/model/index.ts";
import { Comparison } from "./comparison.ts";
import type { VersionPair } from "./target-version.ts";

/** The findings of the check about what cannot be compared. */
const UNUSABLE: ReadonlySet<string> = new Set([
  "chart-template",
  "file-unreadable",
  "not-a-manifest",
  "not-rendered",
  "not-yaml",
] satisfies CheckRule[]);

/**
 * Compares what two versions do with the Services in manifests, which are read as `check` reads them. Yields the findings in
 * the order of the inputs.
 * @returns the summary of the run
 * @throws {Unusable} as the check does
 */
export async function* compareManifests(
  request: Omit<RunRequest, "wantsServices">,
  pair: VersionPair,
): AsyncGenerator<CheckFinding, Summary> {
  const settings = { ...request.settings, version: pair.from.version };
  const comparison = new Comparison(pair, settings);
  const run = runCheck({ ...request, settings, wantsServices: true });
  let step = await run.next();
  for (; step.done !== true; step = await run.next()) {
    const event = step.value;
    if (event.type === "service") {
      const { text } = event.service;
      yield* comparison.findings({ ...event.service, text: () => text });
    }
    if (event.type === "finding" && UNUSABLE.has(event.finding.rule)) yield comparison.add(event.finding);
  }
  return comparison.summary(step.value);
}
