/** The public face of the policy room. `load.ts`, `sources.ts` and `watch.ts` read files; all else is pure. */
export { compilePolicies } from "./compile.ts";
export { EXEMPT_ANNOTATION } from "./exempt-annotations.ts";
export { loadPolicies, problemText, type LoadedPolicies, type PolicyProblem } from "./load.ts";
export { rulePage } from "./rules/page.ts";
export { RULES, ruleNamed } from "./rules/registry.ts";
export type { BadExample, Example, Rule, Wording } from "./rules/rule.ts";
export type { Problem } from "./schema/checker.ts";
export { API_VERSION, KIND, type ServicePolicy } from "./schema/document.ts";
export { leftOut, type LeftOut } from "./match/explain.ts";
export { READY_MADE } from "./sources.ts";
export * from "./types.ts";
export { readPolicy, validatePolicy, type PolicyReading } from "./validate.ts";
export { watchPolicies, type PolicyReload, type WatchOptions } from "./watch.ts";
