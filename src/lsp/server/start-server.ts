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
import { type ProjectHost, Projects } from "../projects/index.ts";
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
  // Nobody listens any more.
  process.stdout.on("error", () => process.exit(1));
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
  const openDocument = (file: string): TextDocument | undefined =>
    documents.get(uriOf(file)) ?? documents.all().find((document) => session.placeOf(document).file === file);
  const host: ProjectHost = {
    openText: (file) => openDocument(file)?.getText(),
    openFiles: (project) =>
      documents
        .all()
        .filter(isOfInterest)
        .map((document) => session.placeOf(document))
        .filter((place) => place.project === project)
        .map(({ file }) => file),
    clientSettings: (folder) => client.settingsFor(folder, log.warnOnce),
    today: () => new Date().toISOString().slice(0, "YYYY-MM-DD".length),
    tell: log.tell,
    onBug: log.bug,
    onChange: () => {
      publisher.allChanged();
      if (client.canRefreshHints) connection.languages.inlayHint.refresh().catch(log.bug);
      if (client.canRefreshLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(log.bug);
    },
    onConflicts: (files) => {
      for (const { uri } of documents.all()) if (files.has(pathOf(uri) ?? "")) publisher.changed(uri);
    },
  };
  const projects = new Projects(host, client.folders, usesConfig);
  const stored = new StoredFiles();
  const session = new Session(projects);
  const publisher = new Publisher({ connection, documents, session, onBug: log.bug, onFirst: onReady });
  followDocuments(documents, { projects, session, publisher, log });
  followWorkspace({ connection, client, projects, publisher, log });
  const end = new AbortController();
  connection.onShutdown(() => {
    end.abort();
  });
  answerRequests({ connection, client, documents, session, stored, openDocument, log, ended: end.signal });
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
    if (isOfInterest(document)) projects.fileChanged(session.placeOf(document).file, "text");
    publisher.changed(document.uri);
  };
  documents.onDidOpen(({ document }) => {
    if (document.getText().length > MOST_UNITS)
      log.tell("info", `${document.uri} is longer than ${MOST_UNITS / 1024 / 1024} MiB, and left alone`);
  });
  documents.onDidChangeContent(changed);
  documents.onDidSave(({ document }) => {
    const file = pathOf(document.uri);
    if (file !== undefined) projects.fileChanged(file, "saved");
  });
  documents.onDidClose(({ document }) => {
    session.forget(document.uri);
    publisher.closed(document.uri);
    if (isOfInterest(document)) projects.fileChanged(session.placeOf(document).file, "text");
  });
}

interface Workspace extends Pick<Parts, "projects" | "publisher" | "log"> {
  readonly connection: Connection;
  readonly client: Client;
}

function followWorkspace({ connection, client, projects, publisher, log }: Workspace): void {
  let { folders } = client;
  connection.onInitialized(() => {
    client.watch().catch(log.bug);
    if (!client.tellsOfFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(foldersOf(removed));
      folders = [...folders.filter((folder) => !gone.has(folder)), ...foldersOf(added)];
      projects.setWorkspace(folders);
      publisher.allChanged();
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
