import { Command, Option } from "commander";
import { startServer } from "../lsp/server/index.ts";
import { VERSION } from "../version.ts";

interface Options {
  readonly config: boolean;
}

/** The command `fairlead lsp`: the language server. It runs until the editor ends it. */
export function command(onReady: () => void): Command {
  return (
    new Command("lsp")
      .option("--stdio", "talk on standard input and output, which is the only way there is", true)
      // Editors tell whose process the server must not outlive; the library looks for it among the arguments.
      .addOption(new Option("--clientProcessId <pid>").hideHelp())
      .option("--no-config", "use no .fairlead.yaml")
      .action(({ config }: Options) => {
        startServer({ version: VERSION, usesConfig: config, onReady });
      })
  );
}
