import { Command } from "commander";
import { readProfile, readTargetVersion } from "../check/settings/index.ts";
import { exportPolicies, omissionText, renderingText } from "../export/index.ts";
import { writeOutput } from "../files/index.ts";
import { loadPolicies } from "../policy-files/index.ts";
import { problemText } from "../policy/files/index.ts";
import type { ServicePolicy } from "../policy/schema/index.ts";
import { logLine, logLines } from "../reports/console/index.ts";
import { UNKNOWN_CLUSTER } from "../service/cluster/index.ts";
import { type KubernetesVersion, versionText } from "../service/versions/index.ts";
import { EXIT_CODES, Unusable } from "../usage/index.ts";

/** The first version whose new policies may use comprehensions with two variables, which give the index of a port. */
const OLDEST: KubernetesVersion = { minor: 33 };

interface Options {
  readonly output?: string;
  readonly kubernetesVersion?: string;
  readonly openshiftVersion?: string;
  readonly clusterProfile?: string;
  readonly namePrefix: string;
  readonly strict?: boolean;
}

/**
 * The command `fairlead export`: renders policies for other programs. Exit code 0: rendered; 1: with `--strict`, if a part
 * is left out; 2: policies or options cannot be used.
 */
export function command(): Command {
  const vap = new Command("vap")
    .description("render policies as ValidatingAdmissionPolicy, which the API server enforces without a webhook")
    .argument("<policy...>", "policy files, directories, or names of ready-made sets")
    .option("--output <file>", "file to write to, instead of standard output")
    .option("--kubernetes-version <version>", "version of the API server, such as 1.36; 1.33 or later")
    .option("--openshift-version <version>", "the same as a version of OpenShift, such as 4.20")
    .option("--cluster-profile <name|file>", "ranges of the cluster, which some rules depend on: a name or file")
    .option("--name-prefix <text>", "text that the names of all objects start with", "")
    .option("--strict", "exit with 1 if CEL cannot say a part of the policies")
    .addHelpText("after", "\nWhat CEL cannot say is named on standard error and in comments. It contacts no cluster.")
    .action(async (sources: readonly string[], options: Options) => {
      try {
        process.exitCode = await run(sources, options);
      } catch (error) {
        if (!(error instanceof Unusable)) throw error;
        printNote(error.message);
        process.exitCode = EXIT_CODES.unusable;
      }
    });
  return new Command("export").addCommand(vap);
}

/** Prints a line for people on standard error: standard output is for the objects. */
function printNote(text: string): void {
  process.stderr.write(`fairlead export: ${logLine(text)}\n`);
}

async function run(sources: readonly string[], options: Options): Promise<number> {
  const { output, clusterProfile, namePrefix: prefix, strict = false } = options;
  const { version, note } = readTargetVersion({ ...options, featureGates: [] });
  if (version.minor < OLDEST.minor) {
    throw new Unusable(
      `--kubernetes-version must be ${versionText(OLDEST)} or later: older expressions cannot name a port`,
    );
  }
  if (note !== undefined) printNote(note);
  if (!/^([a-z0-9][-a-z0-9.]*)?$/.test(prefix))
    throw new Unusable("--name-prefix must be lower-case letters, digits, - and .");
  const cluster =
    clusterProfile === undefined ? UNKNOWN_CLUSTER : (await readProfile(clusterProfile, process.cwd())).cluster;
  const policies = await load(sources);
  if (policies === undefined) return EXIT_CODES.unusable;
  const target = { version, cluster, prefix };
  const rendering = exportPolicies(policies, target);
  for (const text of rendering.notes) printNote(text);
  for (const omission of rendering.omissions) printNote(`not exported: ${omissionText(omission)}`);
  const text = renderingText(rendering, target);
  if (output === undefined) process.stdout.write(text);
  else writeOutput("the rendered policies", output, text);
  return strict && rendering.omissions.length > 0 ? EXIT_CODES.failure : EXIT_CODES.success;
}

/** The policies of a team; undefined if there is a problem, which is printed. */
async function load(sources: readonly string[]): Promise<readonly ServicePolicy[] | undefined> {
  const { documents, problems } = await loadPolicies(sources);
  for (const problem of problems) process.stderr.write(`${logLines(problemText(problem))}\n`);
  if (problems.length > 0) return undefined;
  const others = documents.filter(({ kind }) => kind !== "ServicePolicy");
  for (const { kind, metadata } of others) printNote(`the ${kind} ${metadata.name} is passed over: it needs no export`);
  return documents.flatMap((document) => (document.kind === "ServicePolicy" ? [document] : []));
}
