import type { FeatureGates } from "./feature-gates.ts";

/** A Kubernetes version as `major.minor`; the major is always 1. */
export interface KubernetesVersion {
  readonly minor: number;
  /** The feature gates of the API server that are set otherwise than by default. */
  readonly featureGates?: FeatureGates;
}

/** The range of versions for which there are recorded answers. */
export const OLDEST_KNOWN: KubernetesVersion = { minor: 27 };
export const NEWEST_KNOWN: KubernetesVersion = { minor: 36 };

/** Whether it is known how this version answers: it was recorded, or lies between recorded ones. */
export function isKnown({ minor }: KubernetesVersion): boolean {
  return minor >= OLDEST_KNOWN.minor && minor <= NEWEST_KNOWN.minor;
}

/** The version itself if it is known, otherwise the nearest one that is, with the same feature gates. */
export function nearestKnown(version: KubernetesVersion): KubernetesVersion {
  const minor = Math.min(Math.max(version.minor, OLDEST_KNOWN.minor), NEWEST_KNOWN.minor);
  return minor === version.minor ? version : { ...version, minor };
}

/** What a version that is not known is judged by, as a sentence; undefined for one that is known. */
export function unknownVersionNote(version: KubernetesVersion): string | undefined {
  if (isKnown(version)) return undefined;
  const known = `${versionText(OLDEST_KNOWN)} to ${versionText(NEWEST_KNOWN)}`;
  return `Kubernetes ${versionText(version)} is not among the known versions, ${known}: judged by ${versionText(nearestKnown(version))}`;
}

/** The version as text: `1.36`. */
export function versionText(version: KubernetesVersion): string {
  return `1.${version.minor}`;
}

/** Parses `1.36`, `v1.36.2` or `1.36+`; undefined for anything else. */
export function parseVersion(text: string): KubernetesVersion | undefined {
  const match = /^v?1\.(\d{1,3})(?:[.+-].*)?$/.exec(text.trim());
  return match?.[1] === undefined ? undefined : { minor: Number(match[1]) };
}
