import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  InlayHintRefreshRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  RegistrationRequest,
  ShowDocumentRequest,
  ShowMessageNotification,
  ShutdownRequest,
} from "vscode-languageserver-protocol/node";
import { CLI } from "#test/paths.ts";

/** What the client says that it can do. */
export const CAPABILITIES: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  window: { showDocument: { support: true } },
};

export interface ClientOptions {
  /** The folders that are open, as paths. */
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  readonly args?: readonly string[];
}

/** An editor, as far as the protocol goes, and the server that it has started. */
export class LspClient {
  readonly connection: ProtocolConnection;
  readonly server: ChildProcess;
  /** What the user has set: `fairlead`. */
  settings: unknown = {};
  /** What was said to the user. */
  readonly messages: string[] = [];
  /** Requests of the server, by method. */
  readonly asked: { readonly method: string; readonly params: unknown }[] = [];
  readonly #published: PublishDiagnosticsParams[] = [];
  readonly #waiting = new Set<() => void>();

  constructor({ args = [] }: ClientOptions) {
    const server = spawn(process.execPath, [CLI, "lsp", "--stdio", ...args], { stdio: ["pipe", "pipe", "ignore"] });
    this.server = server;
    const { stdin, stdout } = server;
    this.connection = createProtocolConnection(stdout, stdin);
    this.connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.#published.push(params);
      for (const look of this.#waiting) look();
    });
    this.connection.onNotification(ShowMessageNotification.type, ({ message }) => {
      this.messages.push(message);
      for (const look of this.#waiting) look();
    });
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => this.settings));
    this.connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      for (const { method, registerOptions } of registrations) this.asked.push({ method, params: registerOptions });
    });
    this.connection.onRequest(ShowDocumentRequest.type, (params) => {
      this.asked.push({ method: "window/showDocument", params });
      return { success: true };
    });
    this.connection.onRequest(InlayHintRefreshRequest.type, () => undefined);
    this.connection.onRequest(CodeLensRefreshRequest.type, () => undefined);
    this.connection.listen();
  }

  /** Starts a server for the folders. */
  static async start(options: ClientOptions = {}): Promise<LspClient> {
    const client = new LspClient(options);
    const { folders = [], capabilities = CAPABILITIES, initializationOptions } = options;
    // By name: the type wants `rootUri`, which is deprecated.
    await client.connection.sendRequest(InitializeRequest.method, {
      processId: process.pid,
      capabilities,
      initializationOptions,
      workspaceFolders: folders.map((folder) => ({ uri: uriOf(folder), name: folder })),
    });
    await client.connection.sendNotification(InitializedNotification.type, {});
    return client;
  }

  /** Opens a text as a file, and returns its diagnostics. */
  async open(file: string, text: string, languageId = "yaml"): Promise<readonly Diagnostic[]> {
    const uri = file.includes(":") ? file : uriOf(file);
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
    return this.diagnostics(uri, ({ version }) => version === 1);
  }

  /** Replaces the whole text, and returns the diagnostics of that version. */
  async change(file: string, version: number, text: string): Promise<readonly Diagnostic[]> {
    const uri = uriOf(file);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
    return this.diagnostics(uri, (published) => published.version === version);
  }

  async close(file: string): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: uriOf(file) },
    });
  }

  /** The next diagnostics of a document that are as wanted, among those that have come and will come. */
  async diagnostics(
    uri: string,
    isWanted: (published: PublishDiagnosticsParams) => boolean = () => true,
  ): Promise<readonly Diagnostic[]> {
    const found = await this.#eventually(() => {
      const index = this.#published.findIndex((published) => published.uri === uri && isWanted(published));
      return index === -1 ? undefined : this.#published.splice(0, index + 1).at(-1);
    });
    return found.diagnostics;
  }

  /** The last diagnostics of a document that have come; undefined if they have been asked for already. */
  last(uri: string): readonly Diagnostic[] | undefined {
    return this.#published.findLast((published) => published.uri === uri)?.diagnostics;
  }

  /** The message to the user that has this in it. */
  async message(part: string): Promise<string> {
    return this.#eventually(() => this.messages.find((message) => message.includes(part)));
  }

  /** Ends the server as editors do, and returns its exit code. */
  async end(): Promise<number | null> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    if (this.server.exitCode === null) await once(this.server, "exit");
    this.connection.dispose();
    return this.server.exitCode;
  }

  #eventually<Found>(find: () => Found | undefined): Promise<Found> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }
}

/** The URI of a file. */
export function uriOf(file: string): string {
  return pathToFileURL(file).href;
}
