import type { Connection, PublishDiagnosticsParams, TextDocuments } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { readSource } from "../../files/index.ts";
import type { FileProblem } from "../projects/index.ts";
import { shownDiagnostic, shownProblem } from "../show/index.ts";
import { ownProblems } from "./own-problems.ts";
import { diagnosticsOf, isOfInterest, type Session } from "./session.ts";
import { pathOf, uriOf } from "./uris.ts";

/** How long changes are collected before documents are judged, in milliseconds: those that have arrived together. */
const COLLECTING = 2;

/** Whom a publisher needs. */
export interface PublisherParts {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly session: Session;
  readonly onBug: (error: unknown) => void;
  /** Called once the first document has been judged. */
  readonly onFirst: () => void;
}

/** Sends the diagnostics of documents that have changed, and of files that settings come from. */
export class Publisher {
  readonly #connection: Connection;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #session: Session;
  readonly #onBug: (error: unknown) => void;
  #onFirst: (() => void) | undefined;
  readonly #changed = new Set<string>();
  #isWaiting = false;
  /** The files that are not open and have problems. */
  #shown: ReadonlySet<string> = new Set();

  constructor({ connection, documents, session, onBug, onFirst }: PublisherParts) {
    this.#connection = connection;
    this.#documents = documents;
    this.#session = session;
    this.#onBug = onBug;
    this.#onFirst = onFirst;
  }

  /** Takes note that a document is to be judged anew. */
  changed(uri: string): void {
    this.#changed.add(uri);
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => void this.#publish(), COLLECTING);
  }

  /** Takes note that all documents are to be judged anew. */
  allChanged(): void {
    for (const uri of this.#documents.keys()) this.changed(uri);
    this.#publishClosed();
  }

  /** Removes what is shown of a document that was closed. */
  closed(uri: string): void {
    this.#changed.delete(uri);
    this.#send({ uri, diagnostics: [] });
    this.#publishClosed();
  }

  async #publish(): Promise<void> {
    this.#isWaiting = false;
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const uri of changed) {
      const document = this.#documents.get(uri);
      if (document === undefined) continue;
      try {
        await this.#judge(document);
      } catch (error) {
        this.#onBug(error);
      }
    }
    if (changed.length === 0) return;
    this.#onFirst?.();
    this.#onFirst = undefined;
  }

  async #judge(document: TextDocument): Promise<void> {
    const { uri } = document;
    const problems = await this.#ownProblems(document);
    const analysed = problems === undefined ? await this.#session.analysed(document) : undefined;
    const diagnostics =
      problems?.map((problem) => shownProblem(problem, document)) ??
      (analysed === undefined ? [] : diagnosticsOf(analysed).map((one) => shownDiagnostic(one, document)));
    // It may have been closed in the meantime.
    if (this.#documents.get(uri) === document) this.#send({ uri, version: document.version, diagnostics });
  }

  async #ownProblems(document: TextDocument): Promise<readonly FileProblem[] | undefined> {
    if (!isOfInterest(document)) return undefined;
    const { file, project } = this.#session.placeOf(document);
    const state = await project.state();
    if (state?.client.enable === false) return [];
    const text = document.getText();
    const own = ownProblems(text, file, state);
    if (own === undefined || own.length > 0) return own;
    // What is wrong with it only shows in what it names, which is looked at once it is saved.
    return isOnDisk(text, file) ? project.problems.filter((problem) => problem.file === file) : [];
  }

  /** The problems of files that settings come from and that are not open. */
  #publishClosed(): void {
    const open = new Set(this.#documents.keys().map(pathOf));
    const byFile = Map.groupBy(
      this.#session.projects.all.flatMap(({ problems }) => problems).filter(({ file }) => !open.has(file)),
      ({ file }) => file,
    );
    for (const file of this.#shown) {
      if (!byFile.has(file) && !open.has(file)) this.#send({ uri: uriOf(file), diagnostics: [] });
    }
    for (const [file, problems] of byFile)
      this.#send({ uri: uriOf(file), diagnostics: problems.map((problem) => shownProblem(problem)) });
    this.#shown = new Set(byFile.keys());
  }

  #send(params: PublishDiagnosticsParams): void {
    this.#connection.sendDiagnostics(params).catch(this.#onBug);
  }
}

function isOnDisk(text: string, file: string): boolean {
  const source = readSource(file);
  return "text" in source && source.text === text;
}
