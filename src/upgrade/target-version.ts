import {
  kubernetesOf,
  type KubernetesVersion,
  nearestKnown,
  OPENSHIFT_VERSIONS,
  parseVersion,
  versionText,
} from "../service/versions/index.ts";
import { Unusable } from "../usage/index.ts";

/** One of the two versions that are compared. */
export interface TargetVersion {
  /** The known version that it is judged by. */
  readonly version: KubernetesVersion;
  /** How it is called: `Kubernetes 1.36`, `OpenShift 4.20`. */
  readonly name: string;
  /** What it is judged by if it is not known itself; a sentence. */
  readonly note?: string;
}

/**
 * Reads the version of a cluster: of Kubernetes (`1.36`, `v1.36.2`), or of OpenShift (`4.20`, `openshift-4.20`). A version
 * of Kubernetes that is not known is judged by the nearest one that is.
 * @throws {Unusable} for any other text, and for an OpenShift version that is not in the table
 */
export function readTargetVersion(text: string): TargetVersion {
  const written = text.trim();
  const openshift = /^(?:openshift-)?(v?4\..*)$/i.exec(written)?.[1];
  if (openshift !== undefined) return openshiftVersion(openshift);
  const version = parseVersion(written);
  if (version === undefined) {
    throw new Unusable(
      `${JSON.stringify(text)} is not a version; write one like ${versionText({ minor: 36 })}, or openshift-${String(OPENSHIFT_VERSIONS.at(-1))}`,
    );
  }
  return targetOf(version);
}

/** A version of Kubernetes as one of the two that are compared. */
export function targetOf(version: KubernetesVersion): TargetVersion {
  const known = nearestKnown(version);
  const name = `Kubernetes ${versionText(version)}`;
  if (known.minor === version.minor) return { version, name };
  const note = `${name} is judged by what is known of ${versionText(known)}, the nearest known version`;
  return { version: known, name, note };
}

/** The two versions to compare. */
export interface VersionPair {
  readonly from: TargetVersion;
  readonly to: TargetVersion;
}

/**
 * The pair of two versions. Going back works as going forward does.
 * @param note called with notes for the user, one sentence each
 * @throws {Unusable} if the comparison would say that nothing changes because nothing is known
 */
export function pairOf(from: TargetVersion, to: TargetVersion, note: (sentence: string) => void): VersionPair {
  for (const one of [from, to]) if (one.note !== undefined) note(one.note);
  if (from.version.minor === to.version.minor) {
    if (from.note !== undefined || to.note !== undefined) {
      throw new Unusable(
        `what changes from ${from.name} to ${to.name} is not known: both are judged by the same version`,
      );
    }
    note(`${from.name} and ${to.name} have the API server of the same version: nothing changes`);
  } else if (from.version.minor > to.version.minor) {
    note(`${to.name} is older than ${from.name}: this is what going back changes`);
  }
  return { from, to };
}

function openshiftVersion(text: string): TargetVersion {
  const version = kubernetesOf(text);
  if (version === undefined) {
    throw new Unusable(
      `OpenShift ${text} is not known; known are ${String(OPENSHIFT_VERSIONS[0])} to ${String(OPENSHIFT_VERSIONS.at(-1))}, and every version of Kubernetes can be given in its place`,
    );
  }
  const minor = /^v?(4\.\d+)/.exec(text)?.[1] ?? text;
  return { version, name: `OpenShift ${minor}` };
}
