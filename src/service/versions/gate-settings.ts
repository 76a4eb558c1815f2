import { didYouMean } from "../../field/index.ts";
import {
  FEATURE_GATES,
  type FeatureGate,
  type FeatureGates,
  gateVersions,
  isFeatureGate,
  isSettable,
} from "./feature-gates.ts";
import { type KubernetesVersion, versionText } from "./version.ts";

/** The feature gates that settings name, or why they cannot be used. */
export type GateSettings = { readonly gates: FeatureGates } | { readonly problem: string };

/** What Go's strconv.ParseBool reads, as the API server's `--feature-gates` does. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "true", "TRUE", "True"].map((text) => [text, true] as const),
  ...["0", "f", "F", "false", "FALSE", "False"].map((text) => [text, false] as const),
]);

/**
 * Reads `NAME=BOOL` or, as the API server's own flag has it, several of these separated by commas. Of a gate that is set
 * more than once, the last value counts.
 */
export function parseFeatureGates(texts: readonly string[]): GateSettings {
  const settings = texts.flatMap((text) => text.split(",")).map((text) => text.trim());
  const entries: [string, boolean][] = [];
  for (const setting of settings) {
    const [name = "", value] = setting.split("=", 2);
    const on = BOOLEANS.get(value ?? "");
    if (on === undefined) {
      return { problem: `${JSON.stringify(setting)} is not a feature gate; write NAME=true or NAME=false` };
    }
    entries.push([name, on]);
  }
  return featureGatesOf(entries);
}

/** Feature gates by their names; a name that is not that of a gate that changes an answer is a problem. */
export function featureGatesOf(entries: readonly (readonly [name: string, on: boolean])[]): GateSettings {
  const gates: Partial<Record<FeatureGate, boolean>> = {};
  for (const [name, on] of entries) {
    if (!isFeatureGate(name)) return { problem: unknownGate(name) };
    gates[name] = on;
  }
  return { gates };
}

function unknownGate(name: string): string {
  const meant = didYouMean(name, FEATURE_GATES);
  return (
    `${JSON.stringify(name)} is not a feature gate that changes an answer about a Service${meant}` +
    `${meant === "" ? ";" : ""} there are ${FEATURE_GATES.join(", ")}`
  );
}

/** Why feature gates cannot be set in this version: one sentence for each, with the versions in which it can be. */
export function gateProblems(version: KubernetesVersion): readonly string[] {
  return Object.keys(version.featureGates ?? {})
    .filter(isFeatureGate)
    .filter((gate) => !isSettable(gate, version.minor))
    .map((gate) => `the feature gate ${gate} cannot be set in ${versionText(version)}, only ${settableText(gate)}`);
}

function settableText(gate: FeatureGate): string {
  const { first, last } = gateVersions(gate);
  const from = versionText({ minor: first });
  if (last === undefined) return `from ${from} on`;
  return first === last ? `in ${from}` : `in ${from} to ${versionText({ minor: last })}`;
}
