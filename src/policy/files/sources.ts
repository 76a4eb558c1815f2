import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { didYouMean, fileErrorReason, POLICY_PATH_ERRORS } from "../../field/index.ts";

/** The policy sets that ship with Fairlead, by the names that `--policy` accepts. */
export const BUILT_IN_SETS = ["baseline", "restricted", "dual-stack", "advice"] as const;

/** A file that was read, or the reason why it could not be read. */
export type SourceFile =
  { readonly file: string; readonly text: string } | { readonly file: string; readonly unreadable: string };

const POLICY_FILE = /\.(ya?ml|json)$/;
/** Policy tests are kept next to the policies and are not policies themselves. */
const TEST_FILE = /\.test\.ya?ml$/;

/** Whether a file in a directory is a policy file: neither a test nor hidden. */
export function isPolicyFile(path: string): boolean {
  return POLICY_FILE.test(path) && !TEST_FILE.test(path) && !/(?:^|\/)\./.test(path);
}

/** Reads all files of the sources: files, directories (recursively) and built-in sets. */
export async function readSources(sources: readonly string[]): Promise<readonly SourceFile[]> {
  const files: SourceFile[] = [];
  for (const source of sources) {
    const path = isBuiltInSet(source) ? await builtInSetPath(source) : source;
    for await (const file of filesOf(path)) files.push(file);
  }
  return files;
}

/** Whether the source is the name of a built-in set; a file with that name is given as `./NAME`. */
export function isBuiltInSet(source: string): boolean {
  return BUILT_IN_SETS.some((name) => name === source);
}

async function* filesOf(path: string): AsyncIterable<SourceFile> {
  try {
    if (!(await stat(path)).isDirectory()) {
      yield { file: path, text: await readFile(path, "utf8") };
      return;
    }
    let isEmpty = true;
    for (const file of await policyFilesBelow(path)) {
      isEmpty = false;
      yield { file, text: await readFile(file, "utf8") };
    }
    if (isEmpty) yield { file: path, unreadable: "holds no policy file (*.yaml, *.yml, *.json)" };
  } catch (error) {
    yield { file: path, unreadable: `${fileErrorReason(error, POLICY_PATH_ERRORS)}${didYouMean(path, BUILT_IN_SETS)}` };
  }
}

/** Skips names that start with a dot: a mounted ConfigMap keeps its versions in such directories. */
async function policyFilesBelow(directory: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const name of (await readdir(directory)).sort()) {
    if (name.startsWith(".")) continue;
    const path = join(directory, name);
    // `stat` follows symbolic links, through which a mounted ConfigMap exposes its files.
    if ((await stat(path)).isDirectory()) files.push(...(await policyFilesBelow(path)));
    else if (POLICY_FILE.test(name) && !TEST_FILE.test(name)) files.push(path);
  }
  return files;
}

/** The sets are in `policies`, next to the folder of the bundle, of its chunks, or of `src`. */
async function builtInSetPath(name: string): Promise<string> {
  const candidates = ["../policies", "../../policies", "../../../policies"].map((folder) =>
    join(import.meta.dirname, folder, `${name}.yaml`),
  );
  for (const candidate of candidates) {
    if (await exists(candidate)) return candidate;
  }
  return candidates[0] ?? name;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
