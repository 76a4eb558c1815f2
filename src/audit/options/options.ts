import { CHECK_OPTIONS, type CheckFlag } from "../../check/settings/index.ts";
import type { CheckOption } from "../../examine/settings/index.ts";
import type { JsonObject } from "../../field/index.ts";

/** The options of `check` that mean the same for what is stored. */
const SHARED: ReadonlySet<string> = new Set<CheckFlag>([
  "config",
  "no-config",
  "kubernetes-version",
  "openshift-version",
  "feature-gate",
  "cluster-profile",
  "service-cidr",
  "node-port-range",
  "namespace",
  "policy",
  "require-policy",
  "format",
  "fail-on",
  "fail-if-empty",
  "baseline",
  "write-baseline",
]);

/** The settings of `.fairlead.yaml` that apply: those that are not about files. The cluster tells its version by itself. */
const SETTINGS: readonly string[] = [
  "clusterProfile",
  "failIfEmpty",
  "failOn",
  "nodePortRange",
  "policy",
  "serviceCidr",
];

const OWN: readonly CheckOption[] = [
  {
    flag: "kubeconfig",
    value: "FILE",
    help: "kubeconfig to use (default: KUBECONFIG, else ~/.kube/config, else the Pod's service account)",
    inFile: false,
  },
  {
    flag: "cluster-policies",
    help: "apply the ServicePolicy objects of the cluster, too",
    inFile: false,
  },
];

/** The help of shared options that mean something else here. */
const OTHER_HELP: Readonly<Record<string, string>> = {
  "kubernetes-version": "version of the API server to judge by, such as 1.36; by default the cluster's own",
  namespace: "the only namespace whose Services are judged; by default all",
  baseline: "known findings, which do not fail the run; that of .fairlead.yaml does not count",
};

const BY_CHECK: readonly CheckOption[] = CHECK_OPTIONS;

/** All options of `audit`, in the order of its help. */
export const AUDIT_OPTIONS: readonly CheckOption[] = [
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
export function auditOptions(flags: JsonObject, inFile: JsonObject | undefined): JsonObject {
  const entries = Object.entries(inFile ?? {}).filter(([key]) => SETTINGS.includes(key));
  return { ...Object.fromEntries(entries), ...flags };
}
