import { basename, dirname, relative, resolve } from "node:path";
import { environmentOf } from "./environments.ts";
import type { Kustomization } from "./kustomization.ts";
import type { Kustomizations } from "./kustomizations.ts";
import { type AppliedSet, membersOf } from "./members.ts";

/** Why a file is no manifest, as far as other files tell. */
export type FileRole =
  | { readonly type: "helm-template"; readonly chart: string }
  | { readonly type: "patch" }
  /** Settings and data of a kustomization. */
  | { readonly type: "data" };

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
    const path = resolve(file);
    const { chart, isTemplates } = this.#positionOf(dirname(path));
    if (isTemplates && chart !== undefined) return { type: "helm-template", chart };
    if (this.#kustomizations.size === 0) return undefined;
    this.#roles ??= rolesOf(this.#kustomizations);
    return this.#roles.get(path);
  }

  /**
   * The sets of manifests that the file belongs to: what is applied together to one cluster. In this order: what the
   * user says; the kustomizations that name it; its chart; the folder that is checked, by environments.
   * @param root the folder that the user named; the empty text for files that the user named one by one
   */
  setsOf(file: string, root: string): readonly AppliedSet[] {
    const path = resolve(file);
    const folder = dirname(path);
    const own = this.#separateSetOf(folder);
    if (own !== undefined) return [{ name: own }];
    this.#members ??= membersOf(this.#kustomizations);
    const members = this.#members.get(path);
    if (members !== undefined) return members;
    const { chart } = this.#positionOf(folder);
    if (chart !== undefined) return [{ name: chart }];
    const below = relative(root, path);
    return [{ name: `${root} ${environmentOf(below.replaceAll("\\", "/"))}`, isAssumed: true }];
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
