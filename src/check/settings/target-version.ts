import {
  type FeatureGates,
  gateProblems,
  kubernetesOf,
  type KubernetesVersion,
  nearestKnown,
  NEWEST_KNOWN,
  OPENSHIFT_VERSIONS,
  parseFeatureGates,
  parseVersion,
  unknownVersionNote,
  versionText,
} from "../../service/versions/index.ts";
import { Unusable } from "../../usage/index.ts";

/** What the options say about the version of the API server. */
export interface VersionOptions {
  readonly kubernetesVersion?: string | undefined;
  readonly openshiftVersion?: string | undefined;
  /** `NAME=BOOL` each. */
  readonly featureGates?: readonly string[];
  /** Feature gates of the cluster profile; those of the options come before them. */
  readonly profileGates?: FeatureGates | undefined;
}

/** The version that is judged by. */
export interface TargetVersion {
  /** The version that was asked for. */
  readonly asked: KubernetesVersion;
  /** The known version nearest to it, with the feature gates. */
  readonly version: KubernetesVersion;
  /** What a person should know about it; undefined if it is the version that was asked for. */
  readonly note: string | undefined;
}

/**
 * The version that options ask for; the newest known one if they name none.
 * @throws {Unusable} for a version that cannot be read, for two that differ, and for a feature gate that is unknown or
 *   cannot be set in this version
 */
export function readTargetVersion(options: VersionOptions): TargetVersion {
  const asked = askedVersion(options);
  const gates = parseFeatureGates(options.featureGates ?? []);
  if ("problem" in gates) throw new Unusable(gates.problem);
  const featureGates = { ...options.profileGates, ...gates.gates };
  const nearest = nearestKnown(asked);
  const version = Object.keys(featureGates).length === 0 ? nearest : { ...nearest, featureGates };
  const [problem] = gateProblems(version);
  if (problem !== undefined) throw new Unusable(problem);
  return { asked, version, note: unknownVersionNote(asked) };
}

function askedVersion({ kubernetesVersion, openshiftVersion }: VersionOptions): KubernetesVersion {
  const kubernetes = kubernetesVersion === undefined ? undefined : readVersion(kubernetesVersion);
  const openshift = openshiftVersion === undefined ? undefined : readOpenShiftVersion(openshiftVersion);
  if (kubernetes !== undefined && openshift !== undefined && kubernetes.minor !== openshift.minor) {
    throw new Unusable(
      `OpenShift ${openshiftVersion ?? ""} is Kubernetes ${versionText(openshift)}, not ${versionText(kubernetes)}: ` +
        "give --openshift-version or --kubernetes-version, not both",
    );
  }
  return kubernetes ?? openshift ?? NEWEST_KNOWN;
}

function readVersion(text: string): KubernetesVersion {
  const version = parseVersion(text);
  if (version === undefined) {
    throw new Unusable(
      `${JSON.stringify(text)} is not a Kubernetes version; write one like ${versionText(NEWEST_KNOWN)}`,
    );
  }
  return version;
}

function readOpenShiftVersion(text: string): KubernetesVersion {
  const version = kubernetesOf(text);
  if (version !== undefined) return version;
  const [first = "", last = ""] = [OPENSHIFT_VERSIONS.at(0), OPENSHIFT_VERSIONS.at(-1)];
  throw new Unusable(
    `${JSON.stringify(text)} is not a known version of OpenShift, which are ${first} to ${last}; ` +
      "for another one give its Kubernetes version with --kubernetes-version",
  );
}

/** The version that somebody has written as a number: 1.3 can only be 1.30. Undefined for a number that is none. */
export function versionOfNumber(value: number): string | undefined {
  const text = value.toFixed(2);
  return value >= 1 && Number(text) === value ? text : undefined;
}
