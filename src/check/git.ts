import { execFileSync } from "node:child_process";
import type { OldText } from "./against.ts";
import { STANDARD_INPUT } from "./source.ts";
import { Unusable } from "./unusable.ts";

const MANIFEST = /\.(?:ya?ml|json)$/i;
/** All manifests of a large repository at once. */
const LARGEST_ANSWER = 1024 * 1024 * 1024;

/**
 * The manifests below the paths as a commit has them, read by `git` itself.
 * @param ref a commit, branch or tag
 * @throws {Unusable} without git, outside of a repository, for an unknown ref
 */
export function textsAt(ref: string, paths: readonly string[]): OldText[] {
  if (ref === "" || ref.startsWith("-")) throw new Unusable(`--against git:REF needs a commit, branch or tag`);
  const wanted = paths.filter((path) => path !== STANDARD_INPUT);
  const listed = git(["ls-tree", "-r", "-z", "--name-only", ref, "--", ...wanted], "").toString("utf8");
  const files = listed.split("\0").filter((file) => MANIFEST.test(file));
  // `./` makes git look below the current folder, as ls-tree does.
  const blobs = git(["cat-file", "--batch", "-z"], files.map((file) => `${ref}:./${file}\0`).join(""));
  return [...contents(blobs, files)].map(({ file, text }) => ({ file: `${ref}:${file}`, text }));
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
