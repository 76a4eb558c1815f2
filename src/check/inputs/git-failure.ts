import { errorCode } from "../../field/index.ts";

/** What git says on standard error, what it means, and what to do. The first row that matches applies. */
const REASONS: readonly (readonly [says: RegExp, reason: string])[] = [
  [
    /not a git repository/i,
    "this folder is in no git repository: run it inside of a clone, or name a file or folder with the earlier manifests in place of git:",
  ],
  [
    /dubious ownership/i,
    "the repository belongs to another user, so git does not read it: run `git config --global --add safe.directory` with its path",
  ],
  [
    /must be run in a work tree/i,
    "this is a bare repository, which has no files to compare with: run it inside of a clone with a work tree",
  ],
  [
    /bad object|missing|unable to read|could not get object info|lazy fetching|promisor/i,
    "this clone lacks objects of the commit (it is a partial or shallow one): fetch them with `git fetch --refetch --no-filter`, or clone it anew",
  ],
];

/** Why git failed, and what to do. @param error what starting it threw */
export function gitFailureReason(error: unknown): string {
  if (errorCode(error) === "ENOENT") {
    return "git is not installed, or not in PATH: install it, or name a file or folder with the earlier manifests in place of git:";
  }
  const says = standardError(error);
  const known = REASONS.find(([pattern]) => pattern.test(says));
  if (known !== undefined) return known[1];
  const [first = ""] = says.split("\n");
  return first === "" ? `git cannot be run here (${errorCode(error) ?? "it says no reason"})` : first;
}

function standardError(error: unknown): string {
  const stderr: unknown = error instanceof Error && "stderr" in error ? error.stderr : undefined;
  return Buffer.isBuffer(stderr) || typeof stderr === "string" ? stderr.toString().trim() : "";
}

/** Why a clone does not know a commit, branch or tag, and what to do. */
export function unknownRevisionReason(ref: string, isShallow: boolean): string {
  const [, remote, branch] = /^(origin|upstream)\/(.+)$/.exec(ref) ?? [];
  const source = remote ?? "origin";
  if (isShallow) {
    return `this clone is shallow and does not hold ${ref}: fetch it with \`git fetch --depth=1 ${source} ${fetchedRef(ref, branch)}\`, or clone with the whole history (actions/checkout: fetch-depth: 0)`;
  }
  return `no commit, branch or tag here has this name: look at \`git branch --all\`, or fetch it with \`git fetch ${source} ${branch ?? ref}\``;
}

function fetchedRef(ref: string, branch: string | undefined): string {
  return branch === undefined ? ref : `${branch}:refs/remotes/${ref}`;
}
