/** Policies on disk: files, folders and built-in sets, read and watched. */
export { type LoadedPolicies, loadPolicies } from "./load.ts";
export { isPolicyFile, readSources } from "./sources.ts";
export { watchPolicies } from "./watch.ts";
