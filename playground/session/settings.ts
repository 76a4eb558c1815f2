import { type ApplyMode, APPLY_MODES } from "#src/service/merge/index.ts";
import { BUILT_IN_PROFILES, type ClusterProfile, parsePortRange, UNKNOWN_CLUSTER } from "#src/service/cluster/index.ts";
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
  return {
    ...defaultSettings(today),
    version,
    askedVersion: version,
    cluster: clusterOf(state),
    clusterName: state.profile,
    fieldValidation: FIELD_VALIDATION[state.fieldValidation],
    dryRun: state.dryRun,
    apply: applyModeOf(state.apply),
    namespace: state.namespace.trim() || "default",
  };
}

function clusterOf({ profile, serviceCIDR, nodePortRange, externalIPs }: PlaygroundState): ClusterProfile {
  const { areRangesUnknown, ...cluster } = BUILT_IN_PROFILES.get(profile) ?? UNKNOWN_CLUSTER;
  const serviceCIDRs = rangesOf(serviceCIDR);
  const ports = parsePortRange(nodePortRange.trim());
  const allowedCIDRs = allowedIPs(externalIPs);
  return {
    ...cluster,
    ...(serviceCIDRs === undefined ? areRangesUnknown && { areRangesUnknown } : { serviceCIDRs }),
    ...(ports !== undefined && { nodePortRange: ports }),
    ...(allowedCIDRs !== undefined && { externalIPPolicy: { allowedCIDRs } }),
  };
}

function allowedIPs(text: string): readonly string[] | undefined {
  return text.trim() === "none" ? [] : rangesOf(text);
}

/** Ranges, separated by commas; undefined if it is something else. */
function rangesOf(text: string): readonly string[] | undefined {
  const ranges = text.split(",").map((range) => range.trim());
  return ranges.every((range) => parseCIDR(range) !== undefined) ? ranges : undefined;
}

/** A part of the settings that cannot be read as it is. */
interface SettingsProblem {
  readonly part: keyof PlaygroundState;
  readonly sentence: string;
}

/** What of the settings does not count, because it cannot be read. */
export function problemsOf(
  state: Pick<PlaygroundState, "serviceCIDR" | "nodePortRange" | "externalIPs">,
): readonly SettingsProblem[] {
  const { serviceCIDR, nodePortRange, externalIPs } = state;
  const problems: SettingsProblem[] = [];
  const check = (part: keyof PlaygroundState, text: string, isRead: boolean, want: string): void => {
    if (text.trim() !== "" && !isRead)
      problems.push({ part, sentence: `${JSON.stringify(text)} does not count: write ${want}.` });
  };
  check(
    "serviceCIDR",
    serviceCIDR,
    rangesOf(serviceCIDR) !== undefined,
    "ranges such as 10.96.0.0/16, fd00:10:96::/112",
  );
  check(
    "nodePortRange",
    nodePortRange,
    parsePortRange(nodePortRange.trim()) !== undefined,
    "a range such as 30000-32767",
  );
  check("externalIPs", externalIPs, allowedIPs(externalIPs) !== undefined, "ranges such as 203.0.113.0/24, or none");
  return problems;
}

function versionOf(text: string): KubernetesVersion {
  const version = text.startsWith(OPENSHIFT) ? kubernetesOf(text.slice(OPENSHIFT.length)) : parseVersion(text);
  return version ?? NEWEST_KNOWN;
}

function applyModeOf(text: string): ApplyMode {
  return APPLY_MODES.find((mode) => mode === text) ?? "client";
}
