import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileErrorReason, POLICY_PATH_ERRORS } from "../field/file-error.ts";
import { didYouMean } from "../field/suggestion.ts";

/** The sets that come with Fairlead, by the name that `--policy` takes. */
export const READY_MADE = ["baseline", "restricted", "dual-stack", "advice"] as const;

/** A file that was read, or why it was not. */
export type SourceFile =
  { readonly file: string; readonly text: string } | { readonly file: string; readonly unreadable: string };

const POLICY_FILE = /\.(ya?ml|json)$/;
/** Tests of policies stand beside them. */
const TEST_FILE = /\.test\.ya?ml$/;

/** Whether a folder's file of that name is one of policies: no test, and not hidden. */
export function isPolicyFile(path: string): boolean {
  return POLICY_FILE.test(path) && !TEST_FILE.test(path) && !/(?:^|\/)\./.test(path);
}

/** Reads the files that the sources name: each a file, a directory (with those below it) or a ready-made set. */
export async function readSources(sources: readonly string[]): Promise<readonly SourceFile[]> {
  const files: SourceFile[] = [];
  for (const source of sources) {
    const path = isReadyMade(source) ? await readyMadePath(source) : source;
    for await (const file of filesOf(path)) files.push(file);
  }
  return files;
}

/** Whether the source is the name of a set that comes with Fairlead; a file of that name is `./NAME`. */
export function isReadyMade(source: string): boolean {
  return READY_MADE.some((name) => name === source);
}

async function* filesOf(path: string): AsyncIterable<SourceFile> {
  try {
    if (!(await stat(path)).isDirectory()) {
      yield { file: path, text: await readFile(path, "utf8") };
      return;
    }
    let empty = true;
    for (const file of await policyFilesBelow(path)) {
      empty = false;
      yield { file, text: await readFile(file, "utf8") };
    }
    if (empty) yield { file: path, unreadable: "holds no policy file (*.yaml, *.yml, *.json)" };
  } catch (error) {
    yield { file: path, unreadable: `${fileErrorReason(error, POLICY_PATH_ERRORS)}${didYouMean(path, READY_MADE)}` };
  }
}

/** Names with a dot in front are left out: a mounted ConfigMap keeps its versions in such folders. */
async function policyFilesBelow(directory: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const name of (await readdir(directory)).sort()) {
    if (name.startsWith(".")) continue;
    const path = join(directory, name);
    // Follows symbolic links: those of a mounted ConfigMap lead to its files.
    if ((await stat(path)).isDirectory()) files.push(...(await policyFilesBelow(path)));
    else if (POLICY_FILE.test(name) && !TEST_FILE.test(name)) files.push(path);
  }
  return files;
}

/** The sets lie in `policies` beside the bundle's folder, or two up from here in the source tree. */
async function readyMadePath(name: string): Promise<string> {
  const places = ["../policies", "../../policies"].map((folder) => join(import.meta.dirname, folder, `${name}.yaml`));
  for (const place of places) {
    if (await exists(place)) return place;
  }
  return places[0] ?? name;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
