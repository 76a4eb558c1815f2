import { isAbsolute, normalize, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** The path of standard input in reports for programs, whose formats have no notation for it. */
const STANDARD_INPUT = "stdin";

/** The path as code hosts expect it: with slashes, without a leading `./`. */
export function repositoryPath(file: string): string {
  return file === "-" ? STANDARD_INPUT : normalize(file).split(sep).join("/");
}

/** The path as a URI: a relative one for a relative path, a `file:` URI for an absolute path. */
export function fileUri(file: string): string {
  // A name that is not valid Unicode cannot be encoded as it is.
  const name = file.toWellFormed();
  if (isAbsolute(name)) return pathToFileURL(name).href;
  return repositoryPath(name).split("/").map(encodeURIComponent).join("/");
}
