/** A policy's defaults: proposed, decided, filled in. */
export { applyDefaults, type DefaultingPolicy } from "./apply-defaults.ts";
export { defaultsProblems, keyProblems } from "./verify.ts";
