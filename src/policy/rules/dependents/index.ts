/** Rules about what depends on a Service. */
export { referencesResolve } from "./references-resolve.ts";
