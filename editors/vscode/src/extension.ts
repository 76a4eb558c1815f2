import * as vscode from "vscode";
import { type Executable, LanguageClient, type LanguageClientOptions } from "vscode-languageclient/node";
import { serverProgram } from "./server-program.ts";
import { ServerRuns } from "./server-runs.ts";

const LANGUAGES = ["yaml", "json"];
const SCHEMES = ["file", "untitled"];

let runs: ServerRuns | undefined;

/** Starts the server, and registers the commands. Without a server, the commands and settings are still there to get one. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const servers = new ServerRuns(() => new LanguageClient("fairlead", "Fairlead", program(context), options()));
  runs = servers;
  const commands: Readonly<Record<string, () => unknown>> = {
    "fairlead.restart": () => servers.restart(),
    "fairlead.showAsStored": () => showAsStored(servers),
    "fairlead.fixAll": () => fixAll(),
  };
  for (const [name, run] of Object.entries(commands))
    context.subscriptions.push(vscode.commands.registerCommand(name, run));
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("fairlead.path")) void servers.restart();
      // The server asks for the settings that it wants.
      else if (event.affectsConfiguration("fairlead"))
        void servers.client?.sendNotification("workspace/didChangeConfiguration", { settings: null });
    }),
    // The workspace's own program may be run from now on.
    vscode.workspace.onDidGrantWorkspaceTrust(() => void servers.restart()),
  );
  await servers.restart();
}

/** Ends the server. */
export async function deactivate(): Promise<void> {
  await runs?.stop();
}

function program(context: vscode.ExtensionContext): Executable {
  return serverProgram({
    path: vscode.workspace.getConfiguration("fairlead").get("path", ""),
    isTrusted: vscode.workspace.isTrusted,
    folders: (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === "file")
      .map(({ uri }) => uri.fsPath),
    extension: context.extensionPath,
  });
}

function options(): LanguageClientOptions {
  return {
    documentSelector: SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language }))),
  };
}

async function fixAll(): Promise<void> {
  await vscode.commands.executeCommand("editor.action.sourceAction", {
    kind: "source.fixAll.fairlead",
    apply: "first",
  });
}

async function showAsStored({ client }: ServerRuns): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (client === undefined || editor === undefined) return;
  const position = client.code2ProtocolConverter.asPosition(editor.selection.active);
  const uri = client.code2ProtocolConverter.asUri(editor.document.uri);
  await client.sendRequest("workspace/executeCommand", { command: "fairlead.showStored", arguments: [uri, position] });
}
