/** Policies in files and built-in sets: read, and watched. */
export { compileFiles, digestOf, type LoadedPolicies, loadPolicies } from "./load.ts";
export { type PolicyProblem, problemText } from "./problem.ts";
export { BUILT_IN_SETS, isBuiltInSet, isPolicyFile, readSources, type SourceFile } from "./sources.ts";
export { watchPolicies } from "./watch.ts";
