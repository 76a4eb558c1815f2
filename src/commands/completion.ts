import { Argument, Command } from "commander";
import { completionScript, SHELLS } from "./completion-script.ts";

/** The command `fairlead completion SHELL`: prints a script that completes commands and options. */
export function command(): Command {
  return new Command("completion")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .addHelpText(
      "after",
      "\nFor bash and zsh: source <(fairlead completion bash); for fish: fairlead completion fish | source",
    )
    .action(function (this: Command, shell: string) {
      const commands = this.parent?.commands.map((command) => command.name()) ?? [];
      process.stdout.write(completionScript(shell, commands));
    });
}
