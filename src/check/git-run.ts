import { execFileSync } from "node:child_process";
import { devNull } from "node:os";
import { Unusable } from "./unusable.ts";

/** All manifests of a large repository at once. */
const LARGEST_ANSWER = 1024 * 1024 * 1024;

/** What a repository's own configuration could have git run, fetch or write, turned off. */
const SETTINGS = [
  "core.fsmonitor=false",
  `core.hooksPath=${devNull}`,
  "core.sshCommand=false",
  "core.gitProxy=false",
  "core.askPass=",
  "credential.helper=",
  "protocol.allow=never",
  // A folder of the checkout that looks like a repository is none.
  "safe.bareRepository=explicit",
];
const OPTIONS = ["--no-pager", "--no-replace-objects", "--no-optional-locks", "--literal-pathspecs"];

/** An older git does not know the first: there the protocols, of which none is allowed, hold. */
const ENVIRONMENT = {
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "none",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TRACE: "0",
  LC_ALL: "C",
};

/** What would have git run a program, whatever the repository says. */
const PROGRAMS = ["GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_PROXY_COMMAND"];

/**
 * What git answers. It reads objects that are here: it runs no other program, fetches nothing and asks nobody.
 * @param option who wants it, for messages
 * @throws {Unusable} with what git says
 */
export function git(option: string, args: readonly string[], input = ""): Buffer {
  const settings = SETTINGS.flatMap((setting) => ["-c", setting]);
  try {
    return execFileSync("git", [...OPTIONS, ...settings, ...args], {
      input,
      maxBuffer: LARGEST_ANSWER,
      stdio: ["pipe", "pipe", "pipe"],
      env: environment(),
    });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    const reason = said === "" ? "git cannot be run here" : said.split("\n")[0];
    throw new Unusable(`${option} git: ${reason ?? ""}`);
  }
}

function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !PROGRAMS.includes(name));
  return { ...Object.fromEntries(inherited), ...ENVIRONMENT };
}

/** The commit that a ref stands for: its hash, which is no option and names nothing else. @throws {Unusable} */
export function commitOf(option: string, ref: string): string {
  if (ref === "" || ref.startsWith("-")) throw new Unusable(`${option} git:REF needs a commit, branch or tag`);
  const found = git(option, ["rev-parse", "--verify", "--end-of-options", `${ref}^{commit}`])
    .toString("utf8")
    .trim();
  if (!/^[0-9a-f]{40,64}$/.test(found)) throw new Unusable(`${option} git:${ref}: git names no commit`);
  return found;
}

/** The top of the work tree, and where in it this folder is (empty, or with a slash at its end). @throws {Unusable} */
export function workTree(option: string): { readonly top: string; readonly prefix: string } {
  const [top = "", prefix = ""] = git(option, ["rev-parse", "--show-toplevel", "--show-prefix"])
    .toString("utf8")
    .split("\n");
  return { top, prefix };
}

/** A file of a commit. */
export interface CommitFile {
  readonly file: string;
  readonly text: string;
}

const REGULAR = /^100(?:644|755) blob /;

/**
 * The names of a commit's files: regular ones, no links.
 * @param path from the top of the repository: a file, or a folder with all below; all unless said
 */
export function filesOf(option: string, commit: string, path?: string): string[] {
  const below = path === undefined || path === "" || path === "." ? [] : ["--", path];
  const listed = git(option, ["ls-tree", "-r", "-z", "--full-tree", commit, ...below]).toString("utf8");
  return listed.split("\0").flatMap((line) => {
    const [about = "", file = ""] = line.split("\t", 2);
    const name = line.slice(about.length + 1);
    // One name a line is what `cat-file` understands; nobody has line ends in the names of manifests.
    return file === "" || name.includes("\n") || !REGULAR.test(about) ? [] : [name];
  });
}

/** The answer of `cat-file --batch`: for each a line `ID blob SIZE`, the bytes, a line end. */
export function contentsOf(option: string, commit: string, files: readonly string[]): CommitFile[] {
  if (files.length === 0) return [];
  const blobs = git(option, ["cat-file", "--batch"], files.map((file) => `${commit}:${file}\n`).join(""));
  let position = 0;
  return files.map((file) => {
    const lineEnd = blobs.indexOf("\n", position);
    const size = Number(blobs.toString("utf8", position, lineEnd).split(" ").at(-1));
    if (!Number.isInteger(size)) throw new Unusable(`${option} git: this repository does not hold ${file}`);
    const start = lineEnd + 1;
    position = start + size + 1;
    return { file, text: blobs.toString("utf8", start, start + size) };
  });
}
