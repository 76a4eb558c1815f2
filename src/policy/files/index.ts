/** Policies in files that have been read: compiled, with the places of their problems; and the names of built-in sets. */
export { BUILT_IN_SETS, isBuiltInSet, NAMED_SETS } from "./built-in-sets.ts";
export { COMING_FROM } from "./coming-from.ts";
export { type CompiledFiles, compileFiles, compileSteps } from "./compile-files.ts";
export { type PolicyProblem, problemText } from "./problem.ts";
export type { SourceFile } from "./source-file.ts";
