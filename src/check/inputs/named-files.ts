import { readSource } from "../../files/index.ts";
import type { SourceFile } from "../../policy/files/index.ts";
import type { GitUse } from "./git.ts";

const GIT = "git:";

/** The parts of `git:REF:PATH`. The path is relative to the top of the repository; it is undefined for `git:REF`. */
export interface GitLocation {
  readonly ref: string;
  readonly path: string | undefined;
}

/** Reads `git:REF` or `git:REF:PATH`; undefined for anything else. */
export function parseGitLocation(text: string): GitLocation | undefined {
  if (!text.startsWith(GIT)) return undefined;
  const rest = text.slice(GIT.length);
  const colon = rest.indexOf(":");
  if (colon === -1) return { ref: rest, path: undefined };
  return { ref: rest.slice(0, colon), path: rest.slice(colon + 1).replace(/^(?:\.?\/)+|\/+$/g, "") };
}

/**
 * Reads a file that an option names, or a file of a commit: `git:REF:PATH`. Only regular files are read.
 * @param use the option, for messages (`--baseline`), and the folder whose repository has the commit
 */
export async function readNamedFile(use: GitUse, name: string): Promise<{ text: string } | { unreadable: string }> {
  const location = parseGitLocation(name);
  if (location === undefined) return readSource(name);
  const { commitOf, contentsOf, filesOf } = await import("./git.ts");
  const commit = commitOf(use, location.ref);
  const { path } = location;
  const files = path === undefined ? [] : filesOf(use, commit, path).filter((file) => file === path);
  const [found] = contentsOf(use, commit, files);
  return found === undefined ? { unreadable: "the commit holds no such file" } : { text: found.text };
}

/** Reads policies: files, folders, ready-made sets, and files or folders of a commit. Each file is returned once. */
export async function readPolicyFiles(sources: readonly string[], folder: string): Promise<readonly SourceFile[]> {
  if (sources.length === 0) return [];
  const { isPolicyFile, readSources } = await import("../../policy-files/index.ts");
  const files = new Map<string, SourceFile>();
  for (const source of new Set(sources)) {
    const location = parseGitLocation(source);
    const found =
      location === undefined ? await readSources([source]) : await policiesAt(location, source, folder, isPolicyFile);
    for (const file of found) files.set(file.file.replace(/^(?:\.\/)+/, ""), file);
  }
  return [...files.values()];
}

async function policiesAt(
  { ref, path }: GitLocation,
  source: string,
  folder: string,
  isPolicyFile: (name: string) => boolean,
): Promise<readonly SourceFile[]> {
  const { commitOf, contentsOf, filesOf } = await import("./git.ts");
  if (path === undefined) return [{ file: source, unreadable: "names no file: write git:REF:PATH" }];
  const use = { option: "--policy", folder };
  const commit = commitOf(use, ref);
  const files = filesOf(use, commit, path).filter((file) => file === path || isPolicyFile(file));
  if (files.length === 0) return [{ file: source, unreadable: "the commit holds no policy file there" }];
  return contentsOf(use, commit, files).map(({ file, text }) => ({ file: `${ref}:${file}`, text }));
}
