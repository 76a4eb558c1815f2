import { type ApplyMode, APPLY_MODES } from "#src/service/merge/index.ts";
import { BUILT_IN_PROFILES, UNKNOWN_CLUSTER } from "#src/service/cluster/index.ts";
import {
  kubernetesOf,
  type KubernetesVersion,
  NEWEST_KNOWN,
  OLDEST_KNOWN,
  OPENSHIFT_VERSIONS,
  parseVersion,
  versionText,
} from "#src/service/versions/index.ts";
import { parseCIDR } from "#src/net/index.ts";
import { defaultSettings, type Settings } from "#src/examine/settings/settings.ts";
import type { PlaygroundState } from "../state/index.ts";

const OPENSHIFT = "openshift ";

const FIELD_VALIDATION = { strict: "Strict", warn: "Warn", ignore: "Ignore" } as const;

/** The versions to choose from, the newest first: those of Kubernetes, then those of OpenShift. */
export function versionChoices(): readonly { readonly value: string; readonly label: string }[] {
  const minors = Array.from(
    { length: NEWEST_KNOWN.minor - OLDEST_KNOWN.minor + 1 },
    (_, index) => NEWEST_KNOWN.minor - index,
  );
  const kubernetes = minors.map((minor) => versionText({ minor }));
  return [
    ...kubernetes.map((version) => ({ value: version, label: `Kubernetes ${version}` })),
    ...OPENSHIFT_VERSIONS.toReversed().map((version) => ({
      value: `${OPENSHIFT}${version}`,
      label: `OpenShift ${version} (Kubernetes ${versionText(kubernetesOf(version) ?? NEWEST_KNOWN)})`,
    })),
  ];
}

/** The cluster profiles to choose from. */
export function profileChoices(): readonly { readonly value: string; readonly label: string }[] {
  return [...BUILT_IN_PROFILES].map(([name, { serviceCIDRs, areRangesUnknown }]) => ({
    value: name,
    label: areRangesUnknown === true ? `${name}: any address` : `${name}: ${serviceCIDRs.join(", ")}`,
  }));
}

/** What the engine is to go by; what a link says that cannot be, counts as not said. @param today `YYYY-MM-DD` */
export function settingsOf(state: PlaygroundState, today: string): Settings {
  const version = versionOf(state.version);
  const cluster = BUILT_IN_PROFILES.get(state.profile) ?? UNKNOWN_CLUSTER;
  const ranges = state.serviceCIDR.split(",").map((range) => range.trim());
  const areRangesKnown = ranges.every((range) => parseCIDR(range) !== undefined);
  return {
    ...defaultSettings(today),
    version,
    askedVersion: version,
    cluster: areRangesKnown ? { nodePortRange: cluster.nodePortRange, serviceCIDRs: ranges } : cluster,
    clusterName: state.profile,
    fieldValidation: FIELD_VALIDATION[state.fieldValidation],
    dryRun: state.dryRun,
    apply: applyModeOf(state.apply),
  };
}

function versionOf(text: string): KubernetesVersion {
  const version = text.startsWith(OPENSHIFT) ? kubernetesOf(text.slice(OPENSHIFT.length)) : parseVersion(text);
  return version ?? NEWEST_KNOWN;
}

function applyModeOf(text: string): ApplyMode {
  return APPLY_MODES.find((mode) => mode === text) ?? "client";
}
