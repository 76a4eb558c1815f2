import { absolute, type Glob, globOf } from "./glob.ts";
import { STANDARD_INPUT } from "./source.ts";

/** Files that a run leaves out, by globs; what is left out is counted, since nobody has looked at it. */
export class Exclusion {
  readonly #patterns: readonly Glob[];
  #own: readonly Glob[] = [];
  readonly #leftOut = new Set<string>();

  /** @param globs what somebody wants left out */
  constructor(globs: readonly string[]) {
    this.#patterns = globs.map(compiled);
  }

  /** Leaves out what the run itself writes too, which is not worth a word. */
  leaveOutOwn(globs: readonly string[]): void {
    this.#own = globs.map(compiled);
  }

  /** How many files have been left out. */
  get count(): number {
    return this.#leftOut.size;
  }

  /** Whether the file is left out. */
  leavesOut(file: string): boolean {
    if (file === STANDARD_INPUT || this.#patterns.length + this.#own.length === 0) return false;
    const path = absolute(file);
    if (this.#own.some((pattern) => pattern.test(path))) return true;
    if (!this.#patterns.some((pattern) => pattern.test(path))) return false;
    this.#leftOut.add(path);
    return true;
  }
}

function compiled(glob: string): Glob {
  return globOf(glob, process.cwd());
}
