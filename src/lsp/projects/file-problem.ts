/** A problem of a file that settings come from; lines and columns start at 1. */
export interface FileProblem {
  /** The file's absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
