import type { CheckRule } from "../check/findings/index.ts";
import { FILE_START } from "../check/places/index.ts";
import { runCheck, type RunRequest } from "../check/run/index.ts";
import type { Settings } from "../check/settings/index.ts";
import { isObject, type JsonObject, valueAt } from "../field/index.ts";
import { plainYaml } from "../reports/console/index.ts";
import type { CheckFinding, Summary } from "../reports/model/index.ts";
import { Comparison } from "./comparison.ts";
import type { VersionPair } from "./target-version.ts";
import { withoutKeys } from "./without-keys.ts";

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
  const comparison = comparisonOf(pair, settings);
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

/** What stands for the name of a file where Services come from a cluster. */
const CLUSTER = "cluster";

/**
 * Compares what two versions do with the Services of a cluster.
 * @param services the objects as they are stored
 * @param settings whose version does not count
 */
export function* compareStored(
  services: readonly JsonObject[],
  settings: Settings,
  pair: VersionPair,
): Generator<CheckFinding, Summary> {
  const comparison = comparisonOf(pair, settings);
  for (const manifest of services) {
    const [namespace, name] = [textOf(manifest, "namespace"), textOf(manifest, "name")];
    const text = (): string => plainYaml(withoutManagers(manifest));
    yield* comparison.findings({ file: CLUSTER, region: FILE_START, text, namespace, name, manifest });
  }
  return comparison.summary({ files: 1, otherKinds: 0, unusable: 0 });
}

function comparisonOf({ from, to }: VersionPair, settings: Settings): Comparison {
  return new Comparison({ from: from.version, to: to.version, settings }, { from: from.name, to: to.name });
}

function textOf(service: JsonObject, key: "namespace" | "name"): string {
  const text = valueAt(service, ["metadata", key]);
  return typeof text === "string" ? text : "";
}

/** Managed fields are the larger part of many objects, and say nothing about a Service. */
function withoutManagers(service: JsonObject): JsonObject {
  const { metadata } = service;
  return isObject(metadata) ? { ...service, metadata: withoutKeys(metadata, ["managedFields"]) } : service;
}
