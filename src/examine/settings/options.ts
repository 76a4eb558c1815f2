import { BUILT_IN_PROFILES } from "../../service/cluster/index.ts";
import { APPLY_MODES } from "../../service/merge/index.ts";
import { FEATURE_GATES, OPENSHIFT_VERSIONS } from "../../service/versions/index.ts";

const PROFILE_NAMES = [...BUILT_IN_PROFILES.keys()];

/** One option of `check`. */
export interface CheckOption {
  /** The long flag, without dashes. */
  readonly flag: string;
  /** The name of the value in the help; absent for an option without a value. */
  readonly value?: string;
  readonly help: string;
  /** Whether it may be given more than once. */
  readonly isList?: true;
  /** The values that it takes, for the completion of shells. */
  readonly choices?: readonly string[];
  /** Whether `.fairlead.yaml` may set it. Its key there is the flag in camel case. */
  readonly inFile: boolean;
  /** Whether it affects only how a run is reported, not what is judged or how strictly. */
  readonly affectsReportsOnly?: true;
}

/**
 * All options of `check`, in the order of its help: for the command line, `.fairlead.yaml` and completion. The values of those that
 * choose a report are known where reports are.
 */
export const OPTIONS = [
  {
    flag: "config",
    value: "FILE|git:REF[:FILE]",
    help: "settings file, also from a commit; by default .fairlead.yaml in this folder or above",
    inFile: false,
  },
  { flag: "no-config", help: "read no .fairlead.yaml", inFile: false },
  {
    flag: "kubernetes-version",
    value: "VERSION",
    help: "version of the API server, such as 1.36; by default the newest known",
    inFile: true,
  },
  {
    flag: "openshift-version",
    value: "VERSION",
    help: `version of OpenShift, such as 4.16, in place of --kubernetes-version`,
    choices: OPENSHIFT_VERSIONS,
    inFile: true,
  },
  {
    flag: "feature-gate",
    value: "NAME=BOOL",
    help: `a feature gate of the API server that is not as by default, one of ${FEATURE_GATES.join(", ")}; may be given more than once`,
    isList: true,
    choices: FEATURE_GATES.flatMap((gate) => [`${gate}=true`, `${gate}=false`]),
    inFile: true,
  },
  {
    flag: "cluster-profile",
    value: "NAME|FILE",
    help: `ranges of the cluster, and what else its API server was started with: a file, or one of ${PROFILE_NAMES.join(", ")}; by default unknown, and nothing that depends on them is judged`,
    choices: PROFILE_NAMES,
    inFile: true,
  },
  {
    flag: "service-cidr",
    value: "CIDR",
    help: "a range of cluster IPs, the primary family's first; may be given more than once; by default that of the profile",
    isList: true,
    inFile: true,
  },
  {
    flag: "node-port-range",
    value: "FIRST-LAST",
    help: "range that node ports are allocated from; by default 30000-32767",
    inFile: true,
  },
  {
    flag: "field-validation",
    value: "MODE",
    help: "how unknown and duplicate fields are treated: strict (an error, the default), warn or ignore",
    choices: ["strict", "warn", "ignore"],
    inFile: true,
  },
  { flag: "namespace", value: "NAME", help: "namespace of manifests without one; by default default", inFile: true },
  {
    flag: "server-dry-run",
    help: "judge as a server-side dry run does, which does not check the range of node ports",
    inFile: true,
  },
  {
    flag: "against",
    value: "FILE|DIR|git:REF",
    help: "previous state: Services that it contains are judged as updates",
    inFile: true,
  },
  {
    flag: "apply",
    value: "HOW",
    help: "how manifests are applied over --against: client (kubectl apply, the default), server-side or replace",
    choices: APPLY_MODES,
    inFile: true,
  },
  {
    flag: "policy",
    value: "FILE|DIR|SET",
    help: "policies to apply, also from a commit (git:REF:PATH); may be given more than once",
    isList: true,
    inFile: true,
  },
  {
    flag: "require-policy",
    value: "FILE|DIR|SET",
    help: "policies to apply whatever .fairlead.yaml says, which then cannot change what is judged; may be given more than once",
    isList: true,
    inFile: false,
  },
  {
    flag: "namespaces",
    value: "FILE",
    help: "manifests of Namespaces, for policies that match by namespace labels; may be given more than once",
    isList: true,
    inFile: true,
  },
  {
    flag: "inventory",
    value: "FILE|DIR",
    help: "what is in the cluster already, such as the output of kubectl get -A -o yaml, for rules that look at several objects; may be given more than once",
    isList: true,
    inFile: true,
  },
  {
    flag: "complete",
    help: "what is checked (and --inventory) is all there is in its cluster: what seems to be missing is missing",
    inFile: true,
  },
  {
    flag: "format",
    value: "FORMAT[=FILE]",
    help: "a report, to standard output or a file; may be given more than once",
    isList: true,
    inFile: true,
    affectsReportsOnly: true,
  },
  {
    flag: "fail-on",
    value: "SEVERITY",
    help: "lowest severity that leads to exit code 1: error (the default) or warning",
    choices: ["error", "warning"],
    inFile: true,
  },
  {
    flag: "fail-if-empty",
    help: "exit code 3 if there is no Service to check",
    inFile: true,
    affectsReportsOnly: true,
  },
  {
    flag: "exclude",
    value: "GLOB",
    help: "files to exclude; may be given more than once",
    isList: true,
    inFile: true,
  },
  {
    flag: "sets",
    value: "GLOB",
    help: "folders whose manifests are applied to a cluster of their own, such as clusters/*; may be given more than once",
    isList: true,
    inFile: true,
  },
  {
    flag: "strict-files",
    help: "a file of a searched folder that is not a manifest, such as a template or a patch, is an error",
    inFile: true,
  },
  { flag: "baseline", value: "FILE", help: "known findings, which do not fail the run", inFile: true },
  {
    flag: "write-baseline",
    value: "FILE",
    help: "write all findings to a baseline, and exit with code 0",
    inFile: false,
  },
  {
    flag: "show",
    value: "WHAT",
    help: "print each Service as stored or admitted, or the diff between manifest and cluster",
    inFile: false,
  },
  {
    flag: "render",
    help: "render charts with helm, and overlays with kustomize or kubectl, and check the outcome",
    inFile: false,
  },
  {
    flag: "helm-values",
    value: "FILE",
    help: "values for charts that are rendered, in place of each values file beside a chart; may be given more than once",
    isList: true,
    inFile: false,
  },
  { flag: "fix", help: "write plain fixes back into the files", inFile: false },
  { flag: "dry-run", help: "with --fix: print the changes as a diff, and write nothing", inFile: false },
  {
    flag: "assume-service",
    help: "treat a document without a kind as a Service, as the API server's endpoint does",
    inFile: true,
  },
  {
    flag: "workers",
    value: "NUMBER",
    help: "number of threads for large runs; 0 for none",
    inFile: true,
    affectsReportsOnly: true,
  },
  { flag: "no-progress", help: "do not show progress on a terminal", inFile: true, affectsReportsOnly: true },
] as const satisfies readonly CheckOption[];

/** The name of an option as a property, and in `.fairlead.yaml`: `failOn` for `fail-on`. */
export function optionKey(flag: string): string {
  return flag.replace(/-(.)/g, (_match, letter: string) => letter.toUpperCase());
}
