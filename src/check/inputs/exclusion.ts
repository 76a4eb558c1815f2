import { STANDARD_INPUT } from "../../files/index.ts";
import { absolutePath, compileGlob, type Glob } from "./glob.ts";

/** The files that a run excludes, by globs. Excluded files are counted, since they have not been checked. */
export class Exclusion {
  readonly #patterns: readonly Glob[];
  #own: readonly Glob[] = [];
  readonly #leftOut = new Set<string>();

  /** @param globs patterns of the user, as `globOf` reads them */
  constructor(globs: readonly string[]) {
    this.#patterns = globs.map(compiled);
  }

  /** Also excludes files that the run itself writes; these are not counted. */
  excludeOutputs(globs: readonly string[]): void {
    this.#own = globs.map(compiled);
  }

  /** How many files have been excluded. */
  get count(): number {
    return this.#leftOut.size;
  }

  /** Whether the file is excluded; if so, it is counted. */
  excludes(file: string): boolean {
    if (file === STANDARD_INPUT || this.#patterns.length + this.#own.length === 0) return false;
    const path = absolutePath(file);
    if (this.#own.some((pattern) => pattern.test(path))) return true;
    if (!this.#patterns.some((pattern) => pattern.test(path))) return false;
    this.#leftOut.add(path);
    return true;
  }
}

function compiled(glob: string): Glob {
  return compileGlob(glob, process.cwd());
}
