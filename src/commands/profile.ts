import { Command } from "commander";
import { ApiError, connect } from "../cluster/api/index.ts";
import { type ClusterDescription, describeCluster } from "../cluster/facts/index.ts";
import { writeOutput } from "../files/index.ts";
import { logLines } from "../reports/console/index.ts";
import { type ExternalIPPolicy, portRangeText, UNKNOWN_CLUSTER } from "../service/cluster/index.ts";
import { versionText } from "../service/versions/index.ts";
import { ConfigError, EXIT_CODES, Unusable } from "../usage/index.ts";

interface Options {
  readonly kubeconfig?: string;
  readonly namespace: string;
  readonly output?: string;
}

/** The command `fairlead profile`: writes the cluster profile of a cluster. Exit code 2 if the cluster does not tell it. */
export function command(): Command {
  return new Command("profile")
    .option("--kubeconfig <file>", "kubeconfig to use (default: KUBECONFIG, else ~/.kube/config)")
    .option("--namespace <name>", "namespace of the dry runs, for clusters without ServiceCIDR objects", "default")
    .option("--output <file>", "file to write to, instead of standard output")
    .addHelpText("after", "\nWrites nothing to the cluster. `fairlead check --cluster-profile FILE` takes the file.")
    .action(async (options: Options) => {
      try {
        await run(options);
      } catch (error) {
        const isExpected = [ApiError, ConfigError, Unusable].some((type) => error instanceof type);
        if (!isExpected || !(error instanceof Error)) throw error;
        console.error(logLines(`fairlead: ${problemOf(error)}`));
        process.exitCode = EXIT_CODES.unusable;
      }
    });
}

async function run({ kubeconfig, namespace, output }: Options): Promise<void> {
  const text = profileText(await describeCluster(connect(kubeconfig), namespace), namespace);
  if (output === undefined) process.stdout.write(text);
  else writeOutput("the cluster profile", output, text);
}

/** The profile as YAML. @throws {Unusable} if the service CIDRs are not known */
function profileText({ version, ranges, openshift }: ClusterDescription, namespace: string): string {
  if (ranges === undefined) {
    throw new Unusable(
      `this user may read neither ServiceCIDR objects nor the ranges by a dry run: allow list of servicecidrs ` +
        `(networking.k8s.io), or get of the Service default/kubernetes and create of Services in ${namespace}`,
    );
  }
  const { serviceCIDRs, source } = ranges;
  const isAnyAddress = serviceCIDRs.some((range) => range.endsWith("/0"));
  return [
    ...(version === undefined
      ? []
      : [`# Kubernetes ${versionText(version)}: --kubernetes-version ${versionText(version)}`]),
    `# From ${source}; the primary family is first.`,
    ...(isAnyAddress ? ["# This API server tells only its families: /0 stands for a range that is not known."] : []),
    "serviceCIDRs:",
    ...serviceCIDRs.map((range) => `  - ${JSON.stringify(range)}`),
    openshift === undefined
      ? "# No API tells this range: the default, unless kube-apiserver runs with --service-node-port-range."
      : "# From the Network configuration of OpenShift.",
    `nodePortRange: ${openshift?.nodePortRange ?? portRangeText(UNKNOWN_CLUSTER.nodePortRange)}`,
    ...(openshift === undefined ? [] : policyLines(openshift.externalIPPolicy)),
    "",
  ].join("\n");
}

function policyLines(policy: ExternalIPPolicy): string[] {
  const entries = Object.entries(policy);
  return [
    "# Which external IPs users may set, from the Network configuration; {}: none. Leave it out for administrators, whom",
    "# the API server does not hold to it.",
    `externalIPPolicy:${entries.length === 0 ? " {}" : ""}`,
    ...entries.flatMap(([key, ranges]: [string, readonly string[]]) => [
      `  ${key}:`,
      ...ranges.map((range) => `    - ${JSON.stringify(range)}`),
    ]),
  ];
}

function problemOf(error: Error): string {
  if (error instanceof ConfigError) return `${error.message}; --kubeconfig FILE names another one`;
  if (error instanceof ApiError && error.status === 401) return "the API server does not accept the kubeconfig's user";
  return error.message;
}
