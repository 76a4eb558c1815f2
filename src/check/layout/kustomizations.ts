import { join, resolve } from "node:path";
import { readText } from "../../text/index.ts";
import { changesOf, type ObjectChange, type PatchSource } from "./changes.ts";
import { type Kustomization, parseKustomization } from "./kustomization.ts";
import { KUSTOMIZATION_NAMES } from "../../examine/manifests/index.ts";

/** The kustomizations of folders. Each is read once, whoever asks for it. */
export class Kustomizations {
  readonly #read: (file: string) => string | undefined;
  readonly #known = new Map<string, Kustomization | undefined>();
  readonly #changes = new Map<string, readonly ObjectChange[]>();

  /** @param read reads a file; undefined if it cannot be read */
  constructor(read: (file: string) => string | undefined) {
    this.#read = read;
  }

  /**
   * The kustomization in a folder; undefined if there is none that can be read.
   * @param names the names in the folder if they are known
   */
  in(folder: string, names?: ReadonlySet<string>): Kustomization | undefined {
    const path = resolve(folder);
    if (this.#known.has(path)) return this.#known.get(path);
    const name = names && KUSTOMIZATION_NAMES.find((one) => names.has(one));
    if (names !== undefined && name === undefined) return undefined;
    const text = name === undefined ? this.#firstText(folder) : this.#read(join(folder, name));
    const kustomization = text === undefined ? undefined : parseKustomization(text);
    this.#known.set(path, kustomization);
    return kustomization;
  }

  /**
   * What the kustomization in a folder, and the components that it has, change of the objects in it: as far as it can be read.
   * @param folder an absolute path
   */
  changesIn(folder: string): readonly ObjectChange[] {
    const known = this.#changes.get(folder);
    if (known !== undefined) return known;
    // A component that has itself as a component adds nothing.
    this.#changes.set(folder, []);
    const kustomization = this.in(folder);
    if (kustomization === undefined) return [];
    const { patchSources, replicas, resources } = kustomization;
    const changes = [
      ...replicas,
      ...patchSources.flatMap((source) => this.#changesOf(folder, source)),
      ...resources.flatMap((path) => this.#changesOfComponent(resolve(folder, path))),
    ];
    this.#changes.set(folder, changes);
    return changes;
  }

  #changesOf(folder: string, source: PatchSource): readonly ObjectChange[] {
    const patch = "path" in source ? this.#read(join(folder, source.path)) : source.patch;
    if (patch === undefined) return [];
    return readText(patch, { format: "auto" }).documents.flatMap(({ value }) => changesOf(value, source.target));
  }

  #changesOfComponent(folder: string): readonly ObjectChange[] {
    return this.#known.get(folder)?.isComponent === true ? this.changesIn(folder) : [];
  }

  #firstText(folder: string): string | undefined {
    for (const name of KUSTOMIZATION_NAMES) {
      const text = this.#read(join(folder, name));
      if (text !== undefined) return text;
    }
    return undefined;
  }
}
