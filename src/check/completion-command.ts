import { Argument, Command } from "commander";
import { completionScript, SHELLS } from "./completion.ts";

/** `completion SHELL`: prints a script that completes commands and options. */
export function command(): Command {
  return new Command("completion")
    .description("print a completion script for a shell")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .addHelpText("after", "\nFor bash: source <(fairlead completion bash)")
    .action((shell: string) => {
      process.stdout.write(completionScript(shell));
    });
}
