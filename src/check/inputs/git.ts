import { execFileSync } from "node:child_process";
import { devNull } from "node:os";
import { errorCode } from "../../field/index.ts";
import { Unusable } from "../../usage/index.ts";
import { gitFailureReason, unknownRevisionReason } from "./git-failure.ts";

/** The most bytes of output that git may return: all manifests of a large repository at once. */
const MAX_OUTPUT_BYTES = 1024 * 1024 * 1024;

/** Settings that prevent a repository's own configuration from making git run a program, fetch or write. */
const SETTINGS = [
  "core.fsmonitor=false",
  `core.hooksPath=${devNull}`,
  "core.sshCommand=false",
  "core.gitProxy=false",
  "core.askPass=",
  "credential.helper=",
  "protocol.allow=never",
  // A folder of the checkout that looks like a bare repository must not be used as one.
  "safe.bareRepository=explicit",
];
const OPTIONS = ["--no-pager", "--no-replace-objects", "--no-optional-locks", "--literal-pathspecs"];

/**
 * An older git does not know GIT_NO_LAZY_FETCH; there GIT_ALLOW_PROTOCOL, which allows no protocol, prevents fetching.
 */
const ENVIRONMENT = {
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "none",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TRACE: "0",
  LC_ALL: "C",
};

/** Environment variables that make git run a program, whatever the repository's configuration says; not passed on. */
const PROGRAMS = ["GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_PROXY_COMMAND"];

/** For what git runs. */
export interface GitUse {
  /** The option that needs it, for messages: `--against`. */
  readonly option: string;
  /** The folder whose repository is read. */
  readonly folder: string;
}

/**
 * Runs git and returns its standard output. Git reads local objects only: it runs no other program, fetches nothing and
 * prompts for nothing.
 * @param mayFail whether a failure of git is an empty output
 * @throws {Unusable} with what is wrong and what to do
 */
export function git({ option, folder }: GitUse, args: readonly string[], input = "", mayFail = false): Buffer {
  const settings = SETTINGS.flatMap((setting) => ["-c", setting]);
  try {
    return execFileSync("git", [...OPTIONS, ...settings, ...args], {
      cwd: folder,
      input,
      maxBuffer: MAX_OUTPUT_BYTES,
      stdio: ["pipe", "pipe", "pipe"],
      env: environment(),
    });
  } catch (error) {
    if (mayFail && errorCode(error) !== "ENOENT") return Buffer.alloc(0);
    throw new Unusable(`${option} git: ${gitFailureReason(error)}`);
  }
}

function outputOf(use: GitUse, args: readonly string[], mayFail = false): string {
  return git(use, args, "", mayFail).toString("utf8").trim();
}

function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !PROGRAMS.includes(name));
  return { ...Object.fromEntries(inherited), ...ENVIRONMENT };
}

/**
 * The hash of the commit that a ref names: unlike the ref, it cannot be taken for an option or change.
 * @throws {Unusable}
 */
export function commitOf(use: GitUse, ref: string): string {
  if (ref === "" || ref.startsWith("-")) throw new Unusable(`${use.option} git:REF needs a commit, branch or tag`);
  const isShallow = outputOf(use, ["rev-parse", "--is-shallow-repository"]) === "true";
  // With --quiet, git says nothing of a name that it does not know; other errors it reports.
  const found = outputOf(use, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`], true);
  if (!/^[0-9a-f]{40,64}$/.test(found)) {
    throw new Unusable(`${use.option} git:${ref}: ${unknownRevisionReason(ref, isShallow)}`);
  }
  return found;
}

/**
 * The top of the work tree, and the path of the folder in it (empty, or ending with a slash).
 * @throws {Unusable}
 */
export function workTree(use: GitUse): { readonly top: string; readonly prefix: string } {
  const [top = "", prefix = ""] = outputOf(use, ["rev-parse", "--show-toplevel", "--show-prefix"]).split("\n");
  return { top, prefix };
}

/** A file of a commit. */
export interface CommitFile {
  readonly file: string;
  readonly text: string;
}

const REGULAR = /^100(?:644|755) blob /;

/**
 * The paths of a commit's regular files; symbolic links are left out.
 * @param path a file, or a folder with everything below it, from the top of the repository; by default all files
 */
export function filesOf(use: GitUse, commit: string, path?: string): string[] {
  const below = path === undefined || path === "" || path === "." ? [] : ["--", path];
  const listed = git(use, ["ls-tree", "-r", "-z", "--full-tree", commit, ...below]).toString("utf8");
  return listed.split("\0").flatMap((line) => {
    const [about = "", file = ""] = line.split("\t", 2);
    const name = line.slice(about.length + 1);
    // `cat-file` reads one name per line; file names of manifests contain no line ends.
    return file === "" || name.includes("\n") || !REGULAR.test(about) ? [] : [name];
  });
}

/**
 * The contents of files of a commit. For each, `git cat-file --batch` prints a line `ID blob SIZE`, the bytes and a
 * line end.
 * @throws {Unusable} if the repository does not hold one of them
 */
export function contentsOf(use: GitUse, commit: string, files: readonly string[]): CommitFile[] {
  if (files.length === 0) return [];
  const blobs = git(use, ["cat-file", "--batch"], files.map((file) => `${commit}:${file}\n`).join(""));
  let position = 0;
  return files.map((file) => {
    const lineEnd = blobs.indexOf("\n", position);
    const size = Number(blobs.toString("utf8", position, lineEnd).split(" ").at(-1));
    if (!Number.isInteger(size)) throw new Unusable(`${use.option} git: this repository does not hold ${file}`);
    const start = lineEnd + 1;
    position = start + size + 1;
    return { file, text: blobs.toString("utf8", start, start + size) };
  });
}

/** The hash of the commit that is checked out in the folder; undefined outside of a repository, or without git. */
export function checkedOutCommit(folder: string): string | undefined {
  try {
    const found = outputOf({ option: "--format html:", folder }, ["rev-parse", "--verify", "--quiet", "HEAD"], true);
    return /^[0-9a-f]{40,64}$/.test(found) ? found : undefined;
  } catch (error) {
    if (error instanceof Unusable) return undefined;
    throw error;
  }
}
