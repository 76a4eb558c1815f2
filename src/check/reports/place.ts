import { isAbsolute, normalize, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** What reports for machines call standard input, for which they have no word of their own. */
const STANDARD_INPUT = "stdin";

/** The path as code hosts expect it: `/` between folders, no `./` in front. */
export function repositoryPath(file: string): string {
  return file === "-" ? STANDARD_INPUT : normalize(file).split(sep).join("/");
}

/** The path as a URI: relative as it was given, or a `file:` URI for an absolute one. */
export function fileUri(file: string): string {
  // A name that is no valid Unicode cannot be encoded as it is.
  const name = file.toWellFormed();
  if (isAbsolute(name)) return pathToFileURL(name).href;
  return repositoryPath(name).split("/").map(encodeURIComponent).join("/");
}
