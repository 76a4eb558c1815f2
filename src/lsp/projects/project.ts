import { basename, dirname, relative, sep } from "node:path";
import { withObjects } from "../../check/context/index.ts";
import { type Input, inputsWithPauses, isFoundByName, layoutOf } from "../../check/inputs/index.ts";
import { EventLoopYield } from "../../check/run/index.ts";
import { CONFIG_NAME } from "../../check/settings/index.ts";
import { isBelow } from "../../files/index.ts";
import { ProjectClaims } from "../claims/index.ts";
import type { ClientSettings } from "./client-settings.ts";
import { currentText, type OpenText } from "./current-text.ts";
import type { FileProblem } from "./file-problem.ts";
import { type FolderSettings, hashOf, loadSettings, type SettingsPlace } from "./load-settings.ts";
import { nameIn, newInputs } from "./project-files.ts";
import type { ProjectState } from "./project-state.ts";
import { ObjectIndex, SLICE } from "./object-index.ts";
import { Work } from "./work.ts";

/** What changed about a file: the text in the editor, what is on disk, also by the editor itself, or whether there is a file. */
export type FileChange = "text" | "content" | "saved" | "existence";

/** What a project needs of the rest of the server. */
export interface ProjectHost {
  readonly openText: OpenText;
  /** The paths of the project's files that are open in the editor, also of those that are on no disk yet. */
  readonly openFiles: (project: Project) => readonly string[];
  readonly clientSettings: (folder: string) => Promise<ClientSettings>;
  readonly today: () => string;
  /** Called for people: once for each state of a broken configuration, and with notes about settings. */
  readonly tell: (severity: "error" | "info", message: string) => void;
  /** Called for the log with what went wrong. */
  readonly onBug: (error: unknown) => void;
  /** Called when files of the project have to be judged again. */
  readonly onChange: (project: Project) => void;
  /** Called when files have other conflicts with each other than before. */
  readonly onConflicts: (files: ReadonlySet<string>) => void;
}

const BEFORE = "Until that is right, the settings before are used.";
const WITHOUT = "Until that is right, the other settings are used.";

/** More files than this are not searched for objects: somebody has opened a disk, and no folder of manifests. */
const MOST_FILES = 50_000;

/** Where a project is. */
export interface ProjectPlace extends SettingsPlace {
  /** False for a folder that nobody has opened: only open files of it are looked at. */
  readonly isSearched: boolean;
}

/** A folder in which `fairlead check .` could run, with its settings and what is around its Services. */
export class Project {
  readonly folder: string;
  readonly #place: ProjectPlace;
  readonly #host: ProjectHost;
  readonly #work: Work;
  #state: ProjectState | undefined;
  #problems: readonly FileProblem[] = [];
  #sources: readonly string[] = [];
  /** Whether the settings in use lack what is at fault. */
  #isMakeshift = false;
  /** The new files whose objects are known. */
  #collected = "";
  readonly #told = new Map<string, string>();

  constructor(place: ProjectPlace, host: ProjectHost) {
    this.folder = place.folder;
    this.#place = place;
    this.#host = host;
    this.#work = new Work(
      {
        commit: () => this.#lookAtCommit(),
        settings: () => this.#loadSettings(),
        files: () => this.#findFiles(),
        objects: () => this.#collectChanges(),
      },
      () => {
        host.onChange(this);
      },
      host.onBug,
    );
    this.#work.ask("settings", 0);
  }

  /**
   * What files are judged by today, once it is loaded; undefined if there was a bug. A server lives past
   * midnight, when exemptions expire: then all files are judged again.
   */
  async state(): Promise<ProjectState | undefined> {
    await this.#work.begun;
    const [state, today] = [this.#state, this.#host.today()];
    if (state !== undefined && state.settings.context.settings.today !== today) {
      this.#state = { ...state, settings: settingsOn(today, state.settings), contexts: new Map() };
      this.#host.onChange(this);
    }
    return this.#state;
  }

  /** The problems of the settings, at their places. */
  get problems(): readonly FileProblem[] {
    return this.#problems;
  }

  /** Reads the settings again. */
  reload(): void {
    this.#work.ask("settings");
  }

  /** Takes note of a change on disk, or of the text of an open file. */
  fileChanged(file: string, change: FileChange): void {
    const state = this.#state;
    const isInRepository = file.includes(`${sep}.git${sep}`);
    // Not every editor can watch files: who saves may have committed before.
    if ((isInRepository || change === "saved") && state?.settings.commit !== undefined) this.#work.ask("commit");
    if (isInRepository) return;
    if (change !== "text") this.#changedOnDisk(file, change);
    state?.claims.changed(file);
    state?.index.changed(file);
    if (state?.objects !== undefined) this.#work.ask("objects");
  }

  #changedOnDisk(file: string, change: FileChange): void {
    const isSource =
      this.#sources.some((source) => isBelow(file, source)) ||
      // One that is nearer than that in use.
      (basename(file) === CONFIG_NAME && isBelow(this.folder, dirname(file)));
    if (isSource) this.#work.ask("settings");
    else if (!isBelow(file, this.folder) || !isFoundByName(relative(this.folder, file))) return;
    else if (change === "existence" || SHAPES_LAYOUT.test(file) || this.#state?.files.has(file) === false)
      this.#work.ask("files");
  }

  close(): void {
    this.#work.close();
    this.#state?.claims.close();
  }

  /** Reads the settings again if the commit that is judged against is another one now. */
  #lookAtCommit(): Promise<boolean> {
    const commit = this.#state?.settings.commit;
    if (commit !== undefined && hashOf(commit.ref, this.folder) !== commit.hash) this.reload();
    return Promise.resolve(false);
  }

  async #loadSettings(): Promise<boolean> {
    const client = await this.#host.clientSettings(this.folder);
    const loaded = await loadSettings(this.#place, client, this.#host.today());
    const { settings, message, problems, sources, notes } = loaded;
    this.#problems = client.enable ? problems : [];
    this.#sources = sources;
    const kept = message === undefined || this.#isMakeshift ? undefined : this.#state;
    const error = message === undefined ? "" : `${message}\n${kept === undefined ? WITHOUT : BEFORE}`;
    this.#tell("error", client.enable ? error : "");
    this.#tell("info", notes.join("\n"));
    if (kept !== undefined) {
      this.#state = { ...kept, client };
      return true;
    }
    this.#isMakeshift = message !== undefined;
    const index = new ObjectIndex(settings.request, this.#host.openText);
    const claims = this.#claimsFor(settings);
    const files = await this.#filesFor(settings);
    this.#state?.claims.close();
    this.#state = { settings, index, claims, objects: undefined, contexts: new Map(), client, ...files };
    this.#setFilesOfClaims(this.#state);
    await this.#collect();
    return true;
  }

  #claimsFor({ context }: FolderSettings): ProjectClaims {
    const { openText, onConflicts, onBug } = this.#host;
    return new ProjectClaims({
      context: { ...context, wantsServices: false },
      nameOf: (file) => nameIn(this, file),
      textOf: (file) => currentText(file, openText),
      onConflicts,
      onBug,
    });
  }

  #setFilesOfClaims({ claims, inputs, layout }: ProjectState): void {
    const files = inputs.flatMap((input) => (input.type === "file" ? [input.file] : []));
    claims.setFiles(files, (file) => layout.setsOf(file, this.folder));
  }

  async #findFiles(): Promise<boolean> {
    const state = this.#state;
    if (state === undefined) return false;
    state.index.forget();
    this.#state = { ...state, ...(await this.#filesFor(state.settings)), contexts: new Map() };
    this.#setFilesOfClaims(this.#state);
    await this.#collect();
    return true;
  }

  async #filesFor({ request }: FolderSettings): Promise<Pick<ProjectState, "layout" | "inputs" | "files">> {
    const { folder } = this;
    const { sets, exclude } = request;
    if (!this.#place.isSearched) return { layout: await layoutOf([], { sets, folder }), inputs: [], files: new Set() };
    const pause = new EventLoopYield(SLICE);
    const layout = await layoutOf([folder], { sets, folder, pause });
    const inputs = [];
    for await (const input of inputsWithPauses([folder], exclude, { folder, layout, pause })) {
      inputs.push(input);
      if (inputs.length <= MOST_FILES) continue;
      this.#tell(
        "info",
        `${folder} has more than ${MOST_FILES} manifests: rules that look at other files see none of them`,
      );
      return { layout, inputs: [], files: new Set() };
    }
    return { layout, inputs, files: new Set(inputs.map(({ file }) => file)) };
  }

  /** All files of the project, as they are in the editor. */
  inputsOf(state: ProjectState): readonly Input[] {
    return [...state.inputs, ...newInputs(this, state, this.#host.openFiles(this))];
  }

  #newFiles(state: ProjectState): string {
    return newInputs(this, state, this.#host.openFiles(this))
      .map(({ file }) => file)
      .join("\n");
  }

  /** Gathers the objects again if those of a file are others now, or there is another file. */
  async #collectChanges(): Promise<boolean> {
    const state = this.#state;
    if (state?.objects === undefined) return false;
    const hasChanged = await state.index.hasChanged();
    if (!hasChanged && this.#newFiles(state) === this.#collected) return false;
    await this.#collect();
    return true;
  }

  /** Gathers the objects of all files anew, if a policy looks at them. */
  async #collect(): Promise<void> {
    const state = this.#state;
    if (state === undefined || state.settings.context.policies.needs.size === 0) return;
    this.#collected = this.#newFiles(state);
    const objects = await state.index.collect(this.inputsOf(state));
    const context = await withObjects(state.settings.context, objects);
    this.#state = { ...state, objects, settings: { ...state.settings, context }, contexts: new Map() };
  }

  /** Says everything once. */
  #tell(severity: "error" | "info", message: string): void {
    if (message === (this.#told.get(severity) ?? "")) return;
    this.#told.set(severity, message);
    if (message !== "") this.#host.tell(severity, message);
  }
}

function settingsOn(today: string, { request, context, ...rest }: FolderSettings): FolderSettings {
  return {
    ...rest,
    request: { ...request, settings: { ...request.settings, today } },
    context: { ...context, settings: { ...context.settings, today } },
  };
}

/** What tells which files belong together. */
const SHAPES_LAYOUT = /(?:^|[\\/])(?:kustomization\.ya?ml|Kustomization|Chart\.yaml)$/i;
