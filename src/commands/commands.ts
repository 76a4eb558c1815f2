import type { Command } from "commander";

/** The module of a command. */
interface CommandModule {
  /** Creates the command with its options; its action sets `process.exitCode`. */
  command(): Command;
}

interface ListedCommand {
  /** One line for `fairlead --help`. */
  readonly summary: string;
  /** Loads the module only when the command runs, so that commands do not pay for each other. */
  readonly load: () => Promise<CommandModule>;
}

/** Every command by its name. A new command is a file in this folder and a row here. */
export const COMMANDS: Readonly<Record<string, ListedCommand>> = {
  check: { summary: "judge the Services in manifests, without a cluster", load: () => import("./check.ts") },
  serve: { summary: "run the admission webhook", load: () => import("./serve.ts") },
  explain: { summary: "explain a field or a rule", load: () => import("./explain.ts") },
  rules: { summary: "list the built-in policy rules", load: () => import("./rules.ts") },
  test: { summary: "run the tests of policies", load: () => import("./test.ts") },
  completion: { summary: "print a completion script for a shell", load: () => import("./completion.ts") },
};
