import type { Path } from "../../field/index.ts";

/** A problem of a policy file and its position; lines and columns start at 1. */
export interface PolicyProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The path of the field; the root if the problem is the file itself. */
  readonly path: Path;
  readonly message: string;
}

/** Formats a problem as `file:line:column: path: message`, like a compiler message. */
export function problemText({ file, line, column, path, message }: PolicyProblem): string {
  const field = path.toString();
  return `${file}:${line}:${column}: ${field === "" ? "" : `${field}: `}${message}`;
}
