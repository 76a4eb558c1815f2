import { basename, dirname } from "node:path";
import { CONFIG_NAME, findConfig } from "../../check/settings/index.ts";
import { isBelow } from "../../files/index.ts";
import { type FileChange, Project, type ProjectHost, type ProjectPlace } from "./project.ts";

/** The projects of a server, made when a file of them is opened. */
export class Projects {
  readonly #host: ProjectHost;
  readonly #usesConfig: boolean;
  #workspace: readonly string[];
  readonly #projects = new Map<string, Project>();
  /** The place of the project, by the folder of a file. */
  readonly #places = new Map<string, ProjectPlace>();

  /**
   * @param workspace the folders that are open in the editor
   * @param usesConfig whether `.fairlead.yaml` counts
   */
  constructor(host: ProjectHost, workspace: readonly string[], usesConfig: boolean) {
    this.#host = host;
    this.#workspace = workspace;
    this.#usesConfig = usesConfig;
  }

  get all(): readonly Project[] {
    return [...this.#projects.values()];
  }

  /** The project of a file: the folder of the nearest configuration in the workspace folder, or that folder. */
  of(file: string): Project {
    const above = dirname(file);
    const known = this.#places.get(above) ?? this.#placeOf(above);
    this.#places.set(above, known);
    return this.#at(known);
  }

  /** The project of a text that is in no file. */
  ofUntitled(): Project {
    const [first] = this.#workspace;
    if (first !== undefined) return this.of(`${first}/x`);
    const folder = process.cwd();
    return this.#at({ folder, workspace: folder, isSearched: false, usesConfig: this.#usesConfig });
  }

  /** Takes note that folders were opened and closed. */
  setWorkspace(folders: readonly string[]): void {
    this.#workspace = folders;
    this.forget();
  }

  /** Takes note of a change. */
  fileChanged(file: string, change: FileChange): void {
    // Another configuration may be the nearest one of many files now.
    if (change !== "text" && basename(file) === CONFIG_NAME) this.#places.clear();
    for (const project of this.all) project.fileChanged(file, change);
  }

  /** Reads all settings again. */
  reload(): void {
    for (const project of this.all) project.reload();
  }

  /** Forgets all projects: they are made anew. */
  forget(): void {
    for (const project of this.all) project.close();
    this.#projects.clear();
    this.#places.clear();
  }

  #placeOf(above: string): ProjectPlace {
    const usesConfig = this.#usesConfig;
    const [root] = this.#workspace.filter((folder) => isBelow(above, folder)).toSorted((a, b) => b.length - a.length);
    const workspace = root ?? this.#workspace[0] ?? above;
    const config = usesConfig ? findConfig(above) : undefined;
    const own = config === undefined ? undefined : dirname(config);
    if (own !== undefined && root !== undefined && isBelow(own, root))
      return { folder: own, workspace, isSearched: true, usesConfig };
    return { folder: root ?? above, workspace, isSearched: root !== undefined, usesConfig };
  }

  #at(place: ProjectPlace): Project {
    const known = this.#projects.get(place.folder);
    if (known !== undefined) return known;
    const project = new Project(place, this.#host);
    this.#projects.set(place.folder, project);
    return project;
  }
}
