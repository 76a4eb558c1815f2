/** `fairlead check`, and the same as a function. */
export { check, type CheckOptions, type CheckResult } from "./check.ts";
