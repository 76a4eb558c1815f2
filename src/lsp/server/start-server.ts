import {
  CodeLensRefreshRequest,
  type Connection,
  createConnection,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  TextDocuments,
  type WorkspaceFolder,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { Projects } from "../projects/index.ts";
import { isOfInterest, MOST_UNITS, pathOf, Publisher, Session, uriOf } from "../session/index.ts";
import { StoredFiles } from "../stored/index.ts";
import { answerRequests } from "./answer-requests.ts";
import { CAPABILITIES } from "./capabilities.ts";
import { Client } from "./client.ts";
import { Log } from "./log.ts";

/** The options of the server. */
export interface ServerOptions {
  readonly version: string;
  /** Whether `.fairlead.yaml` counts. */
  readonly usesConfig: boolean;
  /** Called once a document has been judged. */
  readonly onReady: () => void;
}

/** Starts the language server on standard input and output. It ends with the editor, or when that says so. */
export function startServer(options: ServerOptions): void {
  const connection: Connection = createConnection(process.stdin, process.stdout);
  const log = new Log(connection);
  process.on("uncaughtException", log.bug);
  process.on("unhandledRejection", log.bug);
  connection.onInitialize((params: InitializeParams): InitializeResult => {
    serve(new Client(connection, params), { connection, log, ...options });
    return { capabilities: CAPABILITIES, serverInfo: { name: "fairlead", version: options.version } };
  });
  connection.listen();
}

interface Surroundings extends ServerOptions {
  readonly connection: Connection;
  readonly log: Log;
}

function serve(client: Client, { connection, log, usesConfig, onReady }: Surroundings): void {
  const documents = new TextDocuments(TextDocument);
  const textByFile = (file: string): string | undefined =>
    (documents.get(uriOf(file)) ?? documents.all().find(({ uri }) => pathOf(uri) === file))?.getText();
  const host = {
    openText: textByFile,
    clientSettings: (folder: string) => client.settingsFor(folder, log.warnOnce),
    today: () => new Date().toISOString().slice(0, "YYYY-MM-DD".length),
    tell: log.tell,
    onBug: log.bug,
    onChange: () => {
      publisher.allChanged();
      if (client.canRefreshHints) connection.languages.inlayHint.refresh().catch(log.bug);
      if (client.canRefreshLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(log.bug);
    },
    onConflicts: (files: ReadonlySet<string>) => {
      for (const { uri } of documents.all()) if (files.has(pathOf(uri) ?? "")) publisher.changed(uri);
    },
  };
  const projects = new Projects(host, client.folders, usesConfig);
  const stored = new StoredFiles();
  const session = new Session(projects);
  const publisher = new Publisher({ connection, documents, session, onBug: log.bug, onFirst: onReady });
  followDocuments(documents, { projects, session, publisher, log });
  followWorkspace({ connection, client, projects, log });
  answerRequests({ connection, client, documents, session, stored, openText: textByFile, log });
  documents.listen(connection);
}

interface Parts {
  readonly projects: Projects;
  readonly session: Session;
  readonly publisher: Publisher;
  readonly log: Log;
}

function followDocuments(documents: TextDocuments<TextDocument>, { projects, session, publisher, log }: Parts): void {
  const changed = ({ document }: { readonly document: TextDocument }): void => {
    const file = pathOf(document.uri);
    if (file !== undefined && isOfInterest(document)) projects.fileChanged(file, "text");
    publisher.changed(document.uri);
  };
  documents.onDidOpen(({ document }) => {
    if (document.getText().length > MOST_UNITS)
      log.tell("info", `${document.uri} is longer than ${MOST_UNITS / 1024 / 1024} MiB, and left alone`);
  });
  documents.onDidChangeContent(changed);
  documents.onDidSave(({ document }) => {
    const file = pathOf(document.uri);
    if (file !== undefined) projects.fileChanged(file, "content");
  });
  documents.onDidClose(({ document }) => {
    session.forget(document.uri);
    publisher.closed(document.uri);
    const file = pathOf(document.uri);
    if (file !== undefined) projects.fileChanged(file, "text");
  });
}

interface Workspace extends Pick<Parts, "projects" | "log"> {
  readonly connection: Connection;
  readonly client: Client;
}

function followWorkspace({ connection, client, projects, log }: Workspace): void {
  let { folders } = client;
  connection.onInitialized(() => {
    client.watch().catch(log.bug);
    if (!client.tellsOfFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(foldersOf(removed));
      folders = [...folders.filter((folder) => !gone.has(folder)), ...foldersOf(added)];
      projects.setWorkspace(folders);
    });
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    client.setSettings(settings);
    projects.reload();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) {
      const file = pathOf(uri);
      if (file !== undefined) projects.fileChanged(file, type === FileChangeType.Changed ? "content" : "existence");
    }
  });
}

function foldersOf(folders: readonly WorkspaceFolder[]): string[] {
  return folders.map(({ uri }) => pathOf(uri)).filter((folder) => folder !== undefined);
}
