import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver/node";
import { SHOW_STORED } from "../answers/index.ts";
import { FIX_ALL } from "../show/index.ts";

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
