import { readFieldValidation, readPortRange, readServiceCIDRs } from "../../../src/check/settings/read-values.ts";
import { defaultSettings, type Settings } from "../../../src/examine/settings/settings.ts";
import { PROFILES } from "../../../src/service/cluster/cluster-profile.ts";
import { type KubernetesVersion, parseVersion } from "../../../src/service/versions/version.ts";
import type { CatalogueExample } from "../examples/example.ts";

/** Exemptions of the examples' policies expire by it. */
const TODAY = "2026-11-28";

/** The name that messages give an example's policy. */
const POLICY_FILE = "policy.yaml";

/** What `fairlead check` would be set to for this example. @throws Error for a setting that it would refuse */
export function settingsOf({ settings = {}, policy }: CatalogueExample): Settings {
  const defaults = defaultSettings(TODAY);
  const version = settings.kubernetesVersion === undefined ? defaults.version : versionOf(settings.kubernetesVersion);
  return {
    ...defaults,
    version,
    askedVersion: version,
    cluster: clusterOf(settings, defaults),
    ...(settings.profile !== undefined && { clusterName: settings.profile }),
    fieldValidation: readFieldValidation(settings.fieldValidation ?? "strict"),
    dryRun: settings.dryRun ?? false,
    apply: settings.apply ?? defaults.apply,
    namespace: settings.namespace ?? defaults.namespace,
    policies: policy === undefined ? [] : [{ file: POLICY_FILE, text: policy }],
  };
}

function clusterOf(
  { profile, serviceCIDR, nodePortRange, externalIPs }: NonNullable<CatalogueExample["settings"]>,
  { cluster }: Settings,
): Settings["cluster"] {
  const { areRangesUnknown, ...known } =
    profile === undefined ? cluster : { ...PROFILES[profile], areRangesUnknown: undefined };
  const isUnknown = serviceCIDR === undefined && areRangesUnknown === true;
  return {
    ...known,
    ...(isUnknown && { areRangesUnknown }),
    ...(serviceCIDR !== undefined && { serviceCIDRs: readServiceCIDRs([serviceCIDR]) }),
    ...(nodePortRange !== undefined && { nodePortRange: readPortRange(nodePortRange) }),
    ...(externalIPs !== undefined && { externalIPPolicy: { allowedCIDRs: externalIPs } }),
  };
}

function versionOf(text: string): KubernetesVersion {
  const version = parseVersion(text);
  if (version === undefined) throw new Error(`not a version of Kubernetes: ${text}`);
  return version;
}
