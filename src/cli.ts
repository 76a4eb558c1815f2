import { Command, CommanderError } from "commander";
import { logLines } from "./check/reports/visible.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { VERSION } from "./version.ts";

/** The module of a command. It is loaded only when its command runs, so that commands do not pay for each other. */
interface CommandModule {
  /** Creates the command with its options; its action sets `process.exitCode`. */
  command(): Command;
}

const COMMANDS: Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<CommandModule> }>> = {
  check: { summary: "judge the Services in manifests, without a cluster", load: () => import("./check/command.ts") },
  serve: { summary: "run the admission webhook", load: () => import("./server/command.ts") },
  explain: { summary: "explain a field or a rule", load: () => import("./explain/command.ts") },
  rules: { summary: "list the built-in policy rules", load: () => import("./policy/rules-command.ts") },
  test: { summary: "run the tests of policies", load: () => import("./policy-test/command.ts") },
  completion: { summary: "print a completion script for a shell", load: () => import("./check/completion-command.ts") },
};

/**
 * Runs one command line. Sets `process.exitCode`; throws only on a bug.
 * @param args the arguments without node and script
 */
export async function main(args: readonly string[]): Promise<void> {
  const program = new Command("fairlead")
    .description("Admission control for Kubernetes Services: a webhook, and the same engine as a check in CI.")
    .version(VERSION)
    .exitOverride()
    // Messages quote the argument, which may be a file name of an untrusted checkout.
    .configureOutput({ writeErr: (text) => process.stderr.write(logLines(text)) });
  const name = args.find((arg) => !arg.startsWith("-"));
  for (const [known, { summary, load }] of Object.entries(COMMANDS)) {
    if (known !== name) program.addCommand(new Command(known).description(summary));
    else program.addCommand((await load()).command().exitOverride().copyInheritedSettings(program));
  }
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has printed the message. Printing help or version on request is not an error.
    process.exitCode =
      error.exitCode === 0 || error.code === "commander.help" ? EXIT_CODES.success : EXIT_CODES.unusable;
  }
}
