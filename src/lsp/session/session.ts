import type { TextDocument } from "vscode-languageserver-textdocument";
import { Fingerprints } from "../../check/fingerprints/index.ts";
import { type Analysis, analyse } from "../../editor/analysis/index.ts";
import type { Context } from "../../examine/findings/index.ts";
import type { Diagnostic } from "../../editor/model/index.ts";
import { contextOf, nameIn, type Project, type Projects, type ProjectState, untitledFile } from "../projects/index.ts";
import { isStoredFile } from "../stored/index.ts";
import { holdsSettings } from "./own-problems.ts";
import { pathOf } from "./uris.ts";

/** An open document with what is known of it. */
export interface Analysed {
  readonly document: TextDocument;
  /** Its version when it was analysed. */
  readonly version: number;
  readonly file: string;
  readonly project: Project;
  readonly state: ProjectState;
  readonly analysis: Analysis;
}

/** In UTF-16 units. Nobody writes a longer manifest by hand. */
export const MOST_UNITS = 4 * 1024 * 1024;

/** The open documents, analysed when somebody asks, and no sooner. */
export class Session {
  readonly projects: Projects;
  readonly #analysed = new Map<string, Analysed>();

  constructor(projects: Projects) {
    this.projects = projects;
  }

  /** The path of a document, and its project. */
  placeOf(document: TextDocument): { readonly file: string; readonly project: Project } {
    const file = pathOf(document.uri);
    if (file !== undefined) return { file, project: this.projects.of(file) };
    const project = this.projects.ofUntitled();
    return { file: untitledFile(project, document.uri, document.languageId), project };
  }

  /**
   * What is known of a document as it is now; undefined for one that is left alone: no YAML or JSON, too long, excluded, a
   * template, or all of them if the user says so.
   */
  async analysed(document: TextDocument): Promise<Analysed | undefined> {
    if (!isOfInterest(document)) return undefined;
    const { file, project } = this.placeOf(document);
    if (isStoredFile(file)) return undefined;
    const state = await project.state();
    const text = document.getText();
    const context = state?.client.enable === true ? contextFor(text, file, project, state) : undefined;
    if (state === undefined || context === undefined) return undefined;
    const { uri, version } = document;
    const before = this.#analysed.get(uri);
    const around = state.claims.around(file);
    const isSame = before?.analysis.context === context && before.analysis.around === around;
    if (isSame && before.version === version) return before;
    const analysis = analyse(text, nameIn(project, file), context, before?.analysis, around);
    state.claims.set(file, analysis.owners, around);
    const analysed = { document, version, file, project, state, analysis };
    this.#analysed.set(uri, analysed);
    return analysed;
  }

  /** Forgets a document that was closed. */
  forget(uri: string): void {
    this.#analysed.delete(uri);
  }
}

/** There is help for settings, too, though the check judges none: a configuration is hidden, and policies may be excluded. */
function contextFor(text: string, file: string, project: Project, state: ProjectState): Context | undefined {
  const context = contextOf(project, state, file);
  if (context !== undefined || !holdsSettings(text, file, state)) return context;
  const own = state.contexts.get("") ?? { ...state.settings.context, isNamed: false };
  state.contexts.set("", own);
  return own;
}

/** Whether a document may be a manifest. A template of a chart is not: editors have a language for those. */
export function isOfInterest(document: TextDocument): boolean {
  const { uri, languageId } = document;
  if (languageId === "helm" || languageId === "jsonc") return false;
  const isText = /^(?:yaml|json)(?:\.|$)/.test(languageId) || /\.(?:ya?ml|json)$/i.test(uri);
  return isText && document.getText().length <= MOST_UNITS;
}

/** The diagnostics, with those that the baseline has as suppressed ones. */
export function diagnosticsOf({ analysis, file, project, state }: Analysed): readonly Diagnostic[] {
  const { baseline } = state.settings.request;
  if (baseline === undefined) return analysis.diagnostics;
  const fingerprints = new Fingerprints();
  const name = nameIn(project, file);
  return analysis.diagnostics.map((diagnostic) => {
    const { code: rule, field, subject, policy } = diagnostic;
    const about = subject === undefined ? {} : subject.kind === "Service" ? { service: subject } : { object: subject };
    const fingerprint = fingerprints.next({
      rule,
      file: name,
      field,
      ...about,
      ...(policy !== undefined && { policy }),
    });
    const reason = baseline.reasonFor(fingerprint);
    return reason === undefined || diagnostic.suppressed !== undefined
      ? diagnostic
      : { ...diagnostic, suppressed: `suppressed by the baseline: ${reason}` };
  });
}
