import { execFileSync } from "node:child_process";
import { realpathSync } from "node:fs";
import type { OldText } from "./against.ts";
import { absolute, globPattern } from "./glob.ts";
import type { Checked } from "./old-state.ts";
import { STANDARD_INPUT } from "./source.ts";
import { Unusable } from "./unusable.ts";

const MANIFEST = /\.(?:ya?ml|json)$/i;
/** All manifests of a large repository at once. */
const LARGEST_ANSWER = 1024 * 1024 * 1024;

/**
 * The manifests that the paths of a check stood for in a commit, read by `git` itself.
 * @param ref a commit, branch or tag
 * @throws {Unusable} without git, outside of a repository, for an unknown ref
 */
export function textsAt(ref: string, { paths, exclude }: Checked): OldText[] {
  if (ref === "" || ref.startsWith("-")) throw new Unusable(`--against git:REF needs a commit, branch or tag`);
  if (paths.includes(STANDARD_INPUT)) {
    throw new Unusable("--against git:REF: no commit knows what standard input was; name files or folders");
  }
  const top = git(["rev-parse", "--show-toplevel"], "").toString("utf8").trimEnd();
  const listed = git(["ls-tree", "-r", "-z", "--full-tree", "--name-only", ref], "").toString("utf8");
  const excluded = exclude.map((glob) => globPattern(glob, process.cwd()));
  const wanted = paths.map(matcherOf);
  const files = listed.split("\0").filter((file) => {
    const path = `${top}/${file}`;
    // One name a line is what older versions of git understand; nobody has line ends in the names of manifests.
    if (file.includes("\n")) return false;
    return wanted.some((matches) => matches(path, file)) && !excluded.some((pattern) => pattern.test(path));
  });
  const blobs = git(["cat-file", "--batch"], files.map((file) => `${ref}:${file}\n`).join(""));
  return [...contents(blobs, files)].map(({ file, text }) => ({ file: `${ref}:${file}`, text }));
}

/** Whether a file of a commit is one that the path stands for: the file itself, one below the folder, one of the glob. */
function matcherOf(path: string): (absolutePath: string, file: string) => boolean {
  const named = realPath(path);
  const pattern = globPattern(path.includes("/") ? path : `./${path}`, process.cwd());
  return (absolutePath, file) => {
    if (absolutePath === named || pattern.test(absolutePath)) return true;
    return MANIFEST.test(file) && absolutePath.startsWith(named === "/" ? named : `${named}/`);
  };
}

/** The path as git sees it, which follows links; a file that is gone now may have been there. */
function realPath(path: string): string {
  try {
    return absolute(realpathSync(path));
  } catch {
    return absolute(path);
  }
}

/** The answer of `cat-file --batch`: for each a line `ID blob SIZE`, the bytes, a line end. */
function* contents(blobs: Buffer, files: readonly string[]): Generator<OldText> {
  let position = 0;
  for (const file of files) {
    const lineEnd = blobs.indexOf("\n", position);
    const size = Number(blobs.toString("utf8", position, lineEnd).split(" ").at(-1));
    if (!Number.isInteger(size)) throw new Unusable(`git does not say what ${file} was`);
    const start = lineEnd + 1;
    yield { file, text: blobs.toString("utf8", start, start + size) };
    position = start + size + 1;
  }
}

function git(args: readonly string[], input: string): Buffer {
  try {
    return execFileSync("git", args, { input, maxBuffer: LARGEST_ANSWER, stdio: ["pipe", "pipe", "pipe"] });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    const reason = said === "" ? "git cannot be run" : said.split("\n")[0];
    throw new Unusable(`--against git: ${reason ?? ""}`);
  }
}
