import { join, resolve } from "node:path";
import { type Kustomization, KUSTOMIZATION_NAMES, parseKustomization } from "./kustomization.ts";

/** The kustomizations of folders. Each is read once, whoever asks for it. */
export class Kustomizations {
  readonly #read: (file: string) => string | undefined;
  readonly #known = new Map<string, Kustomization | undefined>();

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

  #firstText(folder: string): string | undefined {
    for (const name of KUSTOMIZATION_NAMES) {
      const text = this.#read(join(folder, name));
      if (text !== undefined) return text;
    }
    return undefined;
  }
}
