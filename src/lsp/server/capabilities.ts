import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver/node";
import { FIX_ALL } from "../show/index.ts";

/** The command that shows what is stored of a Service. */
export const SHOW_STORED = "fairlead.showStored";

/** What the server can do. */
export const CAPABILITIES = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
  hoverProvider: true,
  completionProvider: { triggerCharacters: [":", " ", "-", '"', "/", "."] },
  definitionProvider: true,
  codeLensProvider: {},
  inlayHintProvider: true,
  executeCommandProvider: { commands: [SHOW_STORED] },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
} as const satisfies ServerCapabilities;
