import type { Command } from "commander";

/** The module of one command. */
interface CommandModule {
  /** Creates the command with its options; its action sets `process.exitCode`. A server calls `onReady`. */
  command(onReady: () => void): Command;
}

interface ListedCommand {
  /** One line for `fairlead --help` and the command's own help. */
  readonly description: string;
  /** Loads the module: only that of the command that runs, so that no command waits for the modules of others. */
  readonly load: () => Promise<CommandModule>;
}

/** Every command by its name. A new command is a file in this folder and a row here. */
export const COMMANDS: Readonly<Record<string, ListedCommand>> = {
  check: {
    description: "judge the Services in manifests as the API server and policies would, without a cluster",
    load: () => import("./check.ts"),
  },
  audit: {
    description: "judge the Services that a cluster has already, by the API server's rules and by policies",
    load: () => import("./audit.ts"),
  },
  upgrade: {
    description: "tell what another version of the API server does otherwise with each Service",
    load: () => import("./upgrade.ts"),
  },
  serve: { description: "run the admission webhook", load: () => import("./serve.ts") },
  explain: { description: "explain a field or a rule", load: () => import("./explain.ts") },
  profile: { description: "write the profile of a cluster, for check", load: () => import("./profile.ts") },
  rules: { description: "list the built-in policy rules, or print the page of one", load: () => import("./rules.ts") },
  test: { description: "run the tests of policies: files named *.test.yaml", load: () => import("./test.ts") },
  export: { description: "render policies for API servers without a webhook", load: () => import("./export.ts") },
  lsp: {
    description: "run the language server, which editors start: findings, fixes and help while somebody types",
    load: () => import("./lsp.ts"),
  },
  playground: {
    description: "serve the playground: a page in which the engine answers while you type",
    load: () => import("./playground.ts"),
  },
  completion: { description: "print a completion script for a shell", load: () => import("./completion.ts") },
};
