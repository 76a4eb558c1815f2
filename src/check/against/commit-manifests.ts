import { realpathSync } from "node:fs";
import { basename, dirname } from "node:path";
import { isBelow, STANDARD_INPUT } from "../../files/index.ts";
import { Unusable } from "../../usage/index.ts";
import {
  absolutePath,
  type CommitFile,
  commitOf,
  compileGlob,
  contentsOf,
  filesOf,
  type GitUse,
  workTree,
} from "../inputs/index.ts";
import { looksLikeManifest } from "../../examine/manifests/index.ts";
import { Kustomizations, Layout } from "../layout/index.ts";
import type { OldText } from "../../examine/before/index.ts";

const MANIFEST = /\.(?:ya?ml|json)$/i;
const OPTION = "--against";

/** The commits are those of the repository that the folder is in. */
function gitIn(folder: string): GitUse {
  return { option: OPTION, folder };
}

/** The inputs of a check, whose previous state is to be read. */
export interface CheckPaths {
  readonly paths: readonly string[];
  /** Globs of files to exclude. */
  readonly exclude: readonly string[];
  /** The folder in which the check runs. */
  readonly folder: string;
}

/**
 * The manifests of a commit that the paths of a check name, read by `git` itself.
 * @param ref a commit, branch or tag
 * @throws {Unusable} without git, outside a repository, or for an unknown ref
 */
export function manifestsOfCommit(ref: string, { paths, exclude, folder }: CheckPaths): OldText[] {
  const use = gitIn(folder);
  const commit = commitOf(use, ref);
  if (paths.includes(STANDARD_INPUT)) {
    throw new Unusable("--against git:REF: no commit knows what standard input was; name files or folders");
  }
  const { top } = workTree(use);
  for (const path of paths) refuseOutside(path, top, ref);
  const excluded = exclude.map((glob) => compileGlob(glob, folder));
  const matchers = paths.map((path) => matcherOf(path, folder));
  const files = filesOf(use, commit).filter((file) => {
    const path = `${top}/${file}`;
    return matchers.some((matches) => matches(path, file)) && !excluded.some((pattern) => pattern.test(path));
  });
  return textsOf(ref, contentsOf(use, commit, files));
}

/**
 * The manifests at a path of a commit.
 * @param path from the top of the repository
 * @param folder a folder of the repository
 * @throws {Unusable} if there are none
 */
export function manifestsAtPath(ref: string, path: string, folder: string): OldText[] {
  const use = gitIn(folder);
  const commit = commitOf(use, ref);
  const files = filesOf(use, commit, path).filter((file) => file === path || MANIFEST.test(file));
  if (files.length === 0) throw new Unusable(`--against git:${ref}:${path}: the commit holds no manifest there`);
  return textsOf(ref, contentsOf(use, commit, files));
}

/** @throws {Unusable} for a path that no commit of this repository can hold */
function refuseOutside(path: string, top: string, ref: string): void {
  const named = realPath(path);
  if (/[*?[\]{}!]/.test(path) || isBelow(named, top) || isBelow(top, named)) return;
  throw new Unusable(
    `${OPTION} git:${ref}: ${path} is outside of the repository ${top}, so no commit of it holds earlier manifests: run in the repository that ${path} is in`,
  );
}

/**
 * The texts of files of a commit, named `REF:FILE`. Of several, those are left out that are no manifests: templates of
 * charts, patches of kustomizations, and others.
 */
function textsOf(ref: string, contents: readonly CommitFile[]): OldText[] {
  const isFound = contents.length > 1;
  const manifests = isFound ? contents.filter(manifestFilter(contents)) : contents;
  return manifests.map(({ file, text }) => ({ file: `${ref}:${file}`, text, isFound }));
}

function manifestFilter(contents: readonly CommitFile[]): (file: CommitFile) => boolean {
  const texts = new Map(contents.map(({ file, text }) => [file, text]));
  const names = new Map<string, Set<string>>();
  for (const { file } of contents) {
    const folder = dirname(file);
    names.set(folder, (names.get(folder) ?? new Set()).add(basename(file)));
  }
  const layout = new Layout(new Kustomizations((file) => texts.get(file)));
  for (const [folder, each] of names) layout.addFolder(folder, each);
  return ({ file, text }) => layout.roleOf(file) === undefined && looksLikeManifest(text);
}

/** Tells whether a path of the check names a file of a commit: the file itself, a folder above it, or a glob. */
function matcherOf(path: string, folder: string): (absolutePath: string, file: string) => boolean {
  const named = realPath(path);
  const pattern = compileGlob(path.includes("/") ? path : `./${path}`, folder);
  return (absolutePath, file) => {
    if (absolutePath === named || pattern.test(absolutePath)) return true;
    return MANIFEST.test(file) && absolutePath.startsWith(named === "/" ? named : `${named}/`);
  };
}

/**
 * The path with links resolved, as git sees it; a file that no longer exists is left as it is: the commit may have it.
 */
function realPath(path: string): string {
  try {
    return absolutePath(realpathSync(path));
  } catch {
    return absolutePath(path);
  }
}
