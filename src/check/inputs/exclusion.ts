import { STANDARD_INPUT } from "../../files/index.ts";
import { absolutePath, compileGlob, type Glob } from "./glob.ts";

/** Excludes files from a run by globs. Excluded files are counted, because the run has not checked them. */
export class Exclusion {
  readonly #patterns: readonly Glob[];
  #outputs: readonly Glob[] = [];
  readonly #excluded = new Set<string>();

  /** @param globs patterns of the user, as {@link compileGlob} reads them */
  constructor(globs: readonly string[]) {
    this.#patterns = globs.map(compiled);
  }

  /** Also excludes files that the run itself writes; these are not counted. */
  excludeOutputs(globs: readonly string[]): void {
    this.#outputs = globs.map(compiled);
  }

  /** How many files have been excluded. */
  get count(): number {
    return this.#excluded.size;
  }

  /** Whether the file is excluded; if so, it is counted. */
  excludes(file: string): boolean {
    if (file === STANDARD_INPUT || this.#patterns.length + this.#outputs.length === 0) return false;
    const path = absolutePath(file);
    if (this.#outputs.some((pattern) => pattern.test(path))) return true;
    if (!this.#patterns.some((pattern) => pattern.test(path))) return false;
    this.#excluded.add(path);
    return true;
  }
}

function compiled(glob: string): Glob {
  return compileGlob(glob, process.cwd());
}
