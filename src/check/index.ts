/** The check of manifests, as a function of the library. */
export { check, type CheckOptions, type CheckResult } from "./check.ts";
