import { featureGatesOf, type KubernetesVersion, parseVersion, unknownVersionNote } from "../service/versions/index.ts";
import type { TestCase } from "./format.ts";

/**
 * The version of a case, with its feature gates. Those of the default belong to its version: a case with a version of its
 * own has only its own ones.
 */
export function caseVersion(
  { version, featureGates }: NonNullable<TestCase["request"]>,
  otherwise: KubernetesVersion,
): KubernetesVersion {
  const base = parseVersion(version ?? "") ?? otherwise;
  const settings = featureGatesOf(Object.entries(featureGates ?? {}));
  if ("problem" in settings || Object.keys(settings.gates).length === 0) return base;
  return { ...base, featureGates: { ...base.featureGates, ...settings.gates } };
}

/** What a person should know about the versions of the cases: one sentence for each that is not known. */
export function versionNotes(cases: readonly TestCase[], otherwise: KubernetesVersion): readonly string[] {
  const notes = cases.map(({ request = {} }) => unknownVersionNote(caseVersion(request, otherwise)));
  return [...new Set(notes.filter((note) => note !== undefined))];
}
