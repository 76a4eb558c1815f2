import { CLUSTER, storedText } from "../audit/findings/index.ts";
import { FILE_START } from "../examine/places/index.ts";
import type { Settings } from "../examine/settings/index.ts";
import { type JsonObject, valueAt } from "../field/index.ts";
import type { CheckFinding } from "../examine/model/index.ts";
import type { Summary } from "../reports/model/index.ts";
import { Comparison } from "./comparison.ts";
import type { VersionPair } from "./target-version.ts";

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
  const comparison = new Comparison(pair, settings);
  for (const manifest of services) {
    const [namespace, name] = [textOf(manifest, "namespace"), textOf(manifest, "name")];
    const text = (): string => storedText(manifest);
    yield* comparison.findings({ file: CLUSTER, region: FILE_START, text, namespace, name, manifest });
  }
  return comparison.summary({ files: 1, otherKinds: 0, unusable: 0 });
}

function textOf(service: JsonObject, key: "namespace" | "name"): string {
  const text = valueAt(service, ["metadata", key]);
  return typeof text === "string" ? text : "";
}
