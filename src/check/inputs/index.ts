/** Finds what to check: files, globs, exclusions, and files of a git commit. */
export { chartOf } from "./chart.ts";
export { Exclusion } from "./exclusion.ts";
export { checkedOutCommit, type CommitFile, commitOf, contentsOf, filesOf, git, type GitUse, workTree } from "./git.ts";
export { absoluteGlob, absolutePath, compileGlob, escapeGlob } from "./glob.ts";
export { type Input, type InputFile, inputsOf, inputsWithPauses, kustomizationsOnDisk, layoutOf } from "./inputs.ts";
export { lookAhead, withLookahead } from "./lookahead.ts";
export { type GitLocation, parseGitLocation, readNamedFile, readPolicyFiles } from "./named-files.ts";
export { isFoundByName } from "./walk.ts";
