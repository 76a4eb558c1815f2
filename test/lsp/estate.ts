import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type ClientSettings, Projects } from "#src/lsp/projects/index.ts";
import { type Analysed, diagnosticsOf, Session, uriOf } from "#src/lsp/session/index.ts";
import type { Diagnostic } from "#src/editor/model/index.ts";
import type { Checkout } from "#test/check/checkout.ts";

/** The folder of an editor with its open documents, without a process or a protocol. */
export class Estate {
  readonly folder: string;
  /** The day, for the server. */
  today = "2026-11-28";
  /** The files that were said to have other conflicts, and how often everything was said to be judged anew. */
  readonly concerned = new Set<string>();
  changes = 0;
  /** What was said to the user. */
  readonly told: string[] = [];
  readonly projects: Projects;
  readonly session: Session;
  readonly #open = new Map<string, TextDocument>();
  readonly #waiting = new Set<() => void>();

  constructor({ folder }: Checkout, client: Partial<ClientSettings> = {}) {
    this.folder = folder;
    const host = {
      openText: this.openText,
      openFiles: () => [...this.#open.keys()],
      clientSettings: () => Promise.resolve({ enable: true, inlayHints: false, ...client }),
      today: () => this.today,
      tell: (_severity: string, message: string) => {
        this.told.push(message);
      },
      onBug: (error: unknown) => {
        throw error;
      },
      onChange: () => {
        this.changes++;
        this.#look();
      },
      onConflicts: (files: ReadonlySet<string>) => {
        for (const file of files) this.concerned.add(file);
        this.#look();
      },
    };
    this.projects = new Projects(host, [folder], true);
    this.session = new Session(this.projects);
  }

  /** Opens a file of the folder, or replaces its text. @param text by default, that on disk */
  open(name: string, text = readFileSync(join(this.folder, name), "utf8")): void {
    const file = join(this.folder, name);
    const version = (this.#open.get(file)?.version ?? 0) + 1;
    this.#open.set(file, TextDocument.create(uriOf(file), "yaml", version, text));
    this.projects.fileChanged(file, "text");
  }

  close(name: string): void {
    const file = join(this.folder, name);
    this.#open.delete(file);
    this.session.forget(uriOf(file));
    this.projects.fileChanged(file, "text");
  }

  /** The diagnostics of an open document as it is now. */
  async diagnostics(name: string): Promise<readonly Diagnostic[]> {
    const analysed = await this.analysed(name);
    return analysed === undefined ? [] : diagnosticsOf(analysed);
  }

  /** An open document as it is now, with what is known of it; undefined for one that is left alone. */
  async analysed(name: string): Promise<Analysed | undefined> {
    const document = this.#open.get(join(this.folder, name));
    return document && (await this.session.analysed(document));
  }

  /** The text of a file that is open. */
  readonly openText = (file: string): string | undefined => this.#open.get(file)?.getText();
  readonly openDocument = (file: string): TextDocument | undefined => this.#open.get(file);

  /** Resolves when a condition holds, which is looked at whenever the server would judge something anew. */
  async eventually(holds: () => Promise<boolean>): Promise<void> {
    while (!(await holds())) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  end(): void {
    this.projects.forget();
  }

  #look(): void {
    for (const look of this.#waiting) look();
    this.#waiting.clear();
  }
}
