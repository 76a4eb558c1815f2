import { CHECK_OPTIONS, type CheckFlag } from "../check/settings/index.ts";
import type { CheckOption } from "../examine/settings/index.ts";
import type { JsonObject } from "../field/index.ts";

/** The options of `check` that say what is read and how it is judged, whatever the version. */
const SHARED: ReadonlySet<string> = new Set<CheckFlag>([
  "config",
  "no-config",
  "cluster-profile",
  "service-cidr",
  "field-validation",
  "namespace",
  "apply",
  "format",
  "exclude",
  "strict-files",
  "render",
  "helm-values",
  "assume-service",
]);

/** The settings of `.fairlead.yaml` that apply: those of the shared options, and the version. */
const SETTINGS: readonly string[] = [
  "apply",
  "assumeService",
  "clusterProfile",
  "exclude",
  "fieldValidation",
  "kubernetesVersion",
  "namespace",
  "serviceCidr",
  "strictFiles",
];

const OWN: readonly CheckOption[] = [
  {
    flag: "from",
    value: "VERSION",
    help: "version that the Services are stored by, such as 1.31 or openshift-4.18; by default that of the cluster, or of .fairlead.yaml",
    inFile: false,
  },
  {
    flag: "to",
    value: "VERSION",
    help: "version to compare with, such as 1.36 or openshift-4.20; by default the newest known",
    inFile: false,
  },
  {
    flag: "from-cluster",
    help: "compare the Services that are stored in a cluster, in place of manifests; nothing is written",
    inFile: false,
  },
  {
    flag: "kubeconfig",
    value: "FILE",
    help: "kubeconfig to use with --from-cluster (default: KUBECONFIG, else ~/.kube/config)",
    inFile: false,
  },
];

/** The help of shared options that mean something else here. */
const OTHER_HELP: Readonly<Record<string, string>> = {
  "field-validation": "how unknown and duplicate fields are treated: warn (the default), strict (refused) or ignore",
  namespace: "namespace of manifests without one, by default default; with --from-cluster the only one that is read",
  apply: "how manifests are applied over what is stored: client (kubectl apply, the default), server-side or replace",
  render: "render charts with helm, and overlays with kustomize or kubectl, and compare the outcome",
};

const BY_CHECK: readonly CheckOption[] = CHECK_OPTIONS;

/** All options of `upgrade`, in the order of its help. */
export const UPGRADE_OPTIONS: readonly CheckOption[] = [
  ...OWN,
  ...BY_CHECK.filter(({ flag }) => SHARED.has(flag)).map((option) => ({
    ...option,
    help: OTHER_HELP[option.flag] ?? option.help,
  })),
];

/**
 * The options of a run, those of the command line before those of `.fairlead.yaml`, of which only some apply.
 * @param inFile the options in the file, by their names in camel case
 */
export function upgradeOptions(flags: JsonObject, inFile: JsonObject | undefined): JsonObject {
  const entries = Object.entries(inFile ?? {}).filter(([key]) => SETTINGS.includes(key));
  // An unknown field that is refused is so by both versions, and would hide what is not.
  return { fieldValidation: "warn", ...Object.fromEntries(entries), ...flags };
}
