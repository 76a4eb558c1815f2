import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";

/** What decides which server is run. */
export interface Surroundings {
  /** The setting `fairlead.path`; VS Code leaves out that of a workspace that is not trusted. */
  readonly path: string;
  readonly isTrusted: boolean;
  /** The folders of the workspace. */
  readonly folders: readonly string[];
  /** The folder of the extension, in which its own server is. */
  readonly extension: string;
}

/** A program with its arguments, as the client starts it. */
export interface Program {
  readonly command: string;
  readonly args: string[];
  readonly options: { readonly env: NodeJS.ProcessEnv };
}

/**
 * The server to run: what the user names; or what a trusted workspace has installed, so that the editor says what CI says; or
 * the one that comes with the extension.
 */
export function serverProgram({ path, isTrusted, folders, extension }: Surroundings): Program {
  const own = join(extension, "server", "dist", "cli.js");
  if (path !== "") return programAt(absolute(path, folders));
  const installed = folders.map((folder) => join(folder, "node_modules", "fairlead", "dist", "cli.js"));
  return programAt((isTrusted ? installed.find((file) => existsSync(file)) : undefined) ?? own);
}

/** A path with a folder in it starts from the workspace; a bare name is looked up in PATH. */
function absolute(path: string, folders: readonly string[]): string {
  const [folder] = folders;
  return folder === undefined || isAbsolute(path) || !/[/\\]/.test(path) ? path : join(folder, path);
}

function programAt(path: string): Program {
  if (!/\.[cm]?js$/.test(path)) return { command: path, args: ["lsp"], options: { env: process.env } };
  // The Node that VS Code itself runs on.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
  return { command: process.execPath, args: [path, "lsp"], options: { env } };
}
