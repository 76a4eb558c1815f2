import { REPORT_FORMATS } from "./reports/index.ts";
import { SHOWS } from "./reports/views.ts";

/** One option of `check`: its flag, its key in `.fairlead.yaml`, and what it means. */
export interface CheckOption {
  /** The long flag, without dashes. */
  readonly flag: string;
  /** The value's name in the help; absent for a switch. */
  readonly value?: string;
  readonly help: string;
  /** Whether it may be given more than once. */
  readonly isList?: true;
  /** The words that it takes, for the completion of shells. */
  readonly choices?: readonly string[];
  /** Whether `.fairlead.yaml` may say it. The key there is the flag in camel case. */
  readonly inFile: boolean;
  /** Whether it says how a run is reported, and changes nothing of what is judged, and how strictly. */
  readonly isOfReports?: true;
}

/** Every option of `check`, in the order of its help. The command line, `.fairlead.yaml` and completion read it. */
export const CHECK_OPTIONS = [
  {
    flag: "config",
    value: "FILE|git:REF[:FILE]",
    help: "settings, of a commit as well; unless said, .fairlead.yaml in this folder or above",
    inFile: false,
  },
  { flag: "no-config", help: "read no .fairlead.yaml", inFile: false },
  { flag: "kubernetes-version", value: "VERSION", help: "version of the API server, such as 1.36", inFile: true },
  {
    flag: "cluster-profile",
    value: "NAME|FILE",
    help: "address ranges of the cluster: ipv4, ipv6, dual, dual6, or a file",
    choices: ["ipv4", "ipv6", "dual", "dual6"],
    inFile: true,
  },
  {
    flag: "service-cidr",
    value: "CIDR",
    help: "a range of cluster IPs, the primary family's first; may be given more than once",
    isList: true,
    inFile: true,
  },
  { flag: "node-port-range", value: "FIRST-LAST", help: "ports that node ports are given from", inFile: true },
  {
    flag: "field-validation",
    value: "MODE",
    help: "what unknown and duplicate fields do: strict (an error), warn or ignore",
    choices: ["strict", "warn", "ignore"],
    inFile: true,
  },
  { flag: "namespace", value: "NAME", help: "namespace of manifests that name none", inFile: true },
  { flag: "dry-run", help: "judge as a server-side dry run does, which looks at no node ports", inFile: true },
  {
    flag: "against",
    value: "FILE|DIR|git:REF",
    help: "the state before: Services that it holds are judged as updates",
    inFile: true,
  },
  {
    flag: "policy",
    value: "FILE|DIR|SET",
    help: "policies to apply, of a commit as well (git:REF:PATH); may be given more than once",
    isList: true,
    inFile: true,
  },
  {
    flag: "require-policy",
    value: "FILE|DIR|SET",
    help: "policies to apply whatever .fairlead.yaml says, which then changes nothing of what is judged; may be given more than once",
    isList: true,
    inFile: false,
  },
  {
    flag: "namespaces",
    value: "FILE",
    help: "manifests of Namespaces, for policies that go by their labels; may be given more than once",
    isList: true,
    inFile: true,
  },
  {
    flag: "format",
    value: "FORMAT[=FILE]",
    help: "a report, to standard output or a file; may be given more than once",
    isList: true,
    choices: Object.keys(REPORT_FORMATS),
    inFile: true,
    isOfReports: true,
  },
  {
    flag: "fail-on",
    value: "SEVERITY",
    help: "the least severity that ends in exit code 1: error or warning",
    choices: ["error", "warning"],
    inFile: true,
  },
  { flag: "fail-if-empty", help: "exit code 3 if there is no Service to check", inFile: true, isOfReports: true },
  {
    flag: "exclude",
    value: "GLOB",
    help: "files to leave out; may be given more than once",
    isList: true,
    inFile: true,
  },
  { flag: "baseline", value: "FILE", help: "known findings, which fail no run", inFile: true },
  {
    flag: "write-baseline",
    value: "FILE",
    help: "write all findings as known ones, and end with exit code 0",
    inFile: false,
  },
  {
    flag: "show",
    value: "WHAT",
    help: "print each Service as stored or admitted, or the diff between manifest and cluster",
    choices: SHOWS,
    inFile: false,
  },
  { flag: "fix", help: "write plain fixes back into the files", inFile: false },
  {
    flag: "assume-service",
    help: "take a document without a kind for a Service, as the server's endpoint does",
    inFile: true,
  },
  { flag: "workers", value: "NUMBER", help: "threads for large runs; 0 for none", inFile: true, isOfReports: true },
  { flag: "no-progress", help: "show no progress on a terminal", inFile: true, isOfReports: true },
] as const satisfies readonly CheckOption[];

/** The name of an option as a property and in `.fairlead.yaml`: `failOn` for `fail-on`. */
export function optionKey(flag: string): string {
  return flag.replace(/-(.)/g, (_match, letter: string) => letter.toUpperCase());
}
