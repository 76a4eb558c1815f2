import { Command, CommanderError } from "commander";
import { COMMANDS } from "./commands/index.ts";
import { errorCode, fileErrorReason } from "./field/index.ts";
import { logLines } from "./reports/console/index.ts";
import { EXIT_CODES } from "./usage/index.ts";
import { VERSION } from "./version.ts";

/**
 * Runs one command line. Sets `process.exitCode`; throws only if there is a bug.
 * @param args the arguments without node and script
 * @param onReady called once a server is ready
 */
export async function main(args: readonly string[], onReady: () => void = () => undefined): Promise<void> {
  const program = new Command("fairlead")
    .description("Admission control for Kubernetes Services: a webhook, and the same engine as a check in CI.")
    .version(VERSION)
    .exitOverride()
    // Messages quote the argument, which may be a file name of an untrusted checkout.
    .configureOutput({ writeErr: (text) => process.stderr.write(logLines(text)) });
  const name = args.find((arg) => !arg.startsWith("-"));
  const asksForHelp = args.includes("--help") || args.includes("-h");
  if (asksForHelp || !HANDLE_THEIR_OUTPUT.has(name ?? "")) process.stdout.on("error", reportOutputFailure);
  for (const [known, { description, load }] of Object.entries(COMMANDS)) {
    const command =
      known === name
        ? (await load()).command(onReady).exitOverride().copyInheritedSettings(program)
        : new Command(known);
    program.addCommand(command.description(description));
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

/** The commands that detect by themselves that standard output cannot be written. */
const HANDLE_THEIR_OUTPUT: ReadonlySet<string> = new Set(["check", "serve"]);

/** A reader that has read enough, as in `| head`, is no error. */
function reportOutputFailure(error: Error): void {
  if (errorCode(error) === "EPIPE") return;
  process.stderr.write(`fairlead: standard output cannot be written: ${fileErrorReason(error)}\n`);
  process.exitCode = EXIT_CODES.unusable;
}
