/** Finds what to check: files, globs, exclusions, files of a git commit, and the manifests in a document. */
export { asSent } from "./as-sent.ts";
export { Exclusion } from "./exclusion.ts";
export { checkedOutCommit, type CommitFile, commitOf, contentsOf, filesOf, git, type GitUse, workTree } from "./git.ts";
export { absoluteGlob, absolutePath, compileGlob, escapeGlob } from "./glob.ts";
export { type Input, type InputFile, inputsOf, kustomizationsOnDisk, layoutOf } from "./inputs.ts";
export { lookAhead, withLookahead } from "./lookahead.ts";
export { type Manifest, manifestsOf } from "./manifests.ts";
export { type GitLocation, parseGitLocation, readNamedFile, readPolicyFiles } from "./named-files.ts";
export { chartOf, looksLikeManifest, mayHoldManifest, placeholderOnLine, templateAction } from "./templates.ts";
