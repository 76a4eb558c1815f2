import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { didYouMean, errorCode, fileErrorReason, POLICY_PATH_ERRORS } from "../field/index.ts";
import { isBuiltInSet, NAMED_SETS, type SourceFile } from "../policy/files/index.ts";

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
    files.push(...(await readSource(path)));
  }
  return files;
}

/**
 * How often a directory is read before a file of it that cannot be found is an error: one that is removed between the
 * listing and the reading is no fault of the policies, but a broken symbolic link is.
 */
const MAX_ATTEMPTS = 5;

/** A file with its text, or the error because of which it has none. */
type ReadResult = { readonly file: string; readonly text: string } | { readonly file: string; readonly error: unknown };

async function readSource(path: string): Promise<readonly SourceFile[]> {
  for (let attempt = 1; ; attempt++) {
    const results = await readFiles(path);
    const hasVanished = results.some(
      (result) => result.file !== path && "error" in result && errorCode(result.error) === "ENOENT",
    );
    if (hasVanished && attempt < MAX_ATTEMPTS) continue;
    if (results.length === 0) return [{ file: path, unreadable: "holds no policy file (*.yaml, *.yml, *.json)" }];
    return results.map((result) => {
      if (!("error" in result)) return result;
      const { file, error } = result;
      const suggestion = file === path ? didYouMean(path, NAMED_SETS) : "";
      return { file, unreadable: `${fileErrorReason(error, POLICY_PATH_ERRORS)}${suggestion}` };
    });
  }
}

/** Reads a file, or the policy files of a directory and of those below it. `isWanted` is whether a file is read. */
async function readFiles(path: string, isWanted = true): Promise<readonly ReadResult[]> {
  try {
    // `stat` follows symbolic links, through which a mounted ConfigMap exposes its files.
    if (!(await stat(path)).isDirectory()) return isWanted ? [{ file: path, text: await readFile(path, "utf8") }] : [];
    const results: ReadResult[] = [];
    for (const name of (await readdir(path)).sort()) {
      // A mounted ConfigMap keeps its versions in directories whose names start with a dot.
      if (name.startsWith(".")) continue;
      results.push(...(await readFiles(join(path, name), POLICY_FILE.test(name) && !TEST_FILE.test(name))));
    }
    return results;
  } catch (error) {
    return [{ file: path, error }];
  }
}

/** The sets are in `policies`, next to the folder of the bundle or of `src`. */
async function builtInSetPath(name: string): Promise<string> {
  const candidates = ["../policies", "../../policies"].map((folder) =>
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
