import { fileURLToPath, pathToFileURL } from "node:url";

/** The path of a file by its URI; undefined for what is in no file. */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    // A URI with a host, or with an escaped slash, names no file of this machine.
    return undefined;
  }
}

/** The URI of a file. */
export function uriOf(file: string): string {
  return pathToFileURL(file).href;
}
