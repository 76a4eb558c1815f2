import { basename, dirname, join, relative, resolve } from "node:path";
import { environmentIn } from "./environments.ts";
import type { Kustomization } from "./kustomization.ts";
import type { Kustomizations } from "./kustomizations.ts";
import { type AppliedSet, membersOf } from "./members.ts";

/** Why a file is no manifest, as far as other files tell. */
export type FileRole =
  | { readonly type: "helm-template"; readonly chart: string }
  | { readonly type: "patch" }
  /** Settings and data of a kustomization. */
  | { readonly type: "data" };

/** What a folder says about the sets of its files. */
interface FolderSets {
  readonly folder: string;
  readonly root: string;
  /** The absolute path of the folder. */
  readonly path: string;
  /** The set that the user says it is. */
  readonly own: readonly AppliedSet[] | undefined;
  /** The set of its chart. */
  readonly whole: readonly AppliedSet[] | undefined;
  /** The environment of a file by its name. */
  readonly environment: (name: string) => string;
  /** The sets by environments. */
  readonly assumed: Map<string, readonly AppliedSet[]>;
}

/** Where a folder is in a chart. */
interface ChartPosition {
  readonly chart: string | undefined;
  readonly isTemplates: boolean;
}

/** The charts and kustomizations of the folders that are checked, and what they say about files. */
export class Layout {
  readonly #reader: Kustomizations;
  readonly #separateSets: (folder: string) => boolean;
  readonly #charts = new Set<string>();
  readonly #kustomizations = new Map<string, Kustomization>();
  readonly #positions = new Map<string, ChartPosition>();
  /** The sets of the folder that was asked about last: files come folder by folder. */
  #last: FolderSets | undefined;
  #members: ReadonlyMap<string, readonly AppliedSet[]> | undefined;
  #roles: ReadonlyMap<string, FileRole> | undefined;

  /**
   * @param isSet whether the user says that a folder is a set of its own
   */
  constructor(kustomizations: Kustomizations, isSet: (folder: string) => boolean = () => false) {
    this.#reader = kustomizations;
    this.#separateSets = isSet;
  }

  /** Adds a folder. All folders are added before anything is asked. */
  addFolder(folder: string, names: ReadonlySet<string>): void {
    const path = resolve(folder);
    if (names.has("Chart.yaml")) this.#charts.add(path);
    const kustomization = this.#reader.in(folder, names);
    if (kustomization !== undefined) this.#kustomizations.set(path, kustomization);
  }

  /** Why the file is no manifest; undefined if its contents decide. */
  roleOf(file: string): FileRole | undefined {
    if (this.#charts.size === 0 && this.#kustomizations.size === 0) return undefined;
    const path = resolve(file);
    const { chart, isTemplates } = this.#positionOf(dirname(path));
    if (isTemplates && chart !== undefined) return { type: "helm-template", chart };
    this.#roles ??= rolesOf(this.#kustomizations);
    return this.#roles.get(path);
  }

  /**
   * The sets of manifests that the file belongs to: what is applied together to one cluster. In this order: what the
   * user says; the kustomizations that name it; its chart; the folder that is checked, by environments.
   * @param root the folder that the user named; the empty text for files that the user named one by one
   */
  setsOf(file: string, root: string): readonly AppliedSet[] {
    const folder = dirname(file);
    if (this.#last?.folder !== folder || this.#last.root !== root) this.#last = this.#setsIn(folder, root);
    const { own, whole, assumed, environment, path } = this.#last;
    if (own !== undefined) return own;
    this.#members ??= membersOf(this.#kustomizations, (folder) => this.#reader.changesIn(folder));
    const members = this.#members.size === 0 ? undefined : this.#members.get(join(path, basename(file)));
    if (members !== undefined) return members;
    if (whole !== undefined) return whole;
    const name = `${root} ${environment(basename(file))}`;
    const known = assumed.get(name);
    if (known !== undefined) return known;
    const sets = [{ name, isAssumed: true }];
    assumed.set(name, sets);
    return sets;
  }

  #setsIn(folder: string, root: string): FolderSets {
    const path = resolve(folder);
    const own = this.#separateSetOf(path);
    const { chart } = this.#positionOf(path);
    const below = relative(root, path).replaceAll("\\", "/");
    return {
      folder,
      root,
      path,
      own: own === undefined ? undefined : [{ name: own }],
      whole: chart === undefined ? undefined : [{ name: chart }],
      environment: environmentIn(below),
      assumed: new Map(),
    };
  }

  #separateSetOf(folder: string): string | undefined {
    for (let above = folder; ; above = dirname(above)) {
      if (this.#separateSets(above)) return above;
      if (above === dirname(above)) return undefined;
    }
  }

  #positionOf(folder: string): ChartPosition {
    const known = this.#positions.get(folder);
    if (known !== undefined) return known;
    const position = this.#newPosition(folder);
    this.#positions.set(folder, position);
    return position;
  }

  #newPosition(folder: string): ChartPosition {
    if (this.#charts.has(folder)) return { chart: folder, isTemplates: false };
    const above = dirname(folder);
    if (above === folder || this.#charts.size === 0) return { chart: undefined, isTemplates: false };
    const { chart, isTemplates } = this.#positionOf(above);
    return { chart, isTemplates: isTemplates || (chart === above && basename(folder) === "templates") };
  }
}

/** The roles of files that kustomizations name. What one of them applies is a manifest, whatever another one says. */
function rolesOf(kustomizations: ReadonlyMap<string, Kustomization>): ReadonlyMap<string, FileRole> {
  const roles = new Map<string, FileRole>();
  for (const [folder, { data }] of kustomizations) {
    for (const path of data) roles.set(resolve(folder, path), { type: "data" });
  }
  for (const [folder, { patches }] of kustomizations) {
    for (const path of patches) roles.set(resolve(folder, path), { type: "patch" });
  }
  for (const [folder, { resources }] of kustomizations) {
    for (const path of resources) roles.delete(resolve(folder, path));
  }
  return roles;
}
