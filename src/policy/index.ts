/**
 * What other folders may use of the policies. Only `load.ts`, `sources.ts` and `watch.ts` read files; the rest is pure.
 */
export { compilePolicies } from "./compile.ts";
export { loadPolicies, problemText } from "./load.ts";
export { rulePage } from "./rules/page.ts";
export { RULES, findRule } from "./rules/registry.ts";
export type { BadExample, Example, Rule } from "./rules/rule.ts";
export type { Problem } from "./schema/checker.ts";
export { API_VERSION, KIND, type ServicePolicy } from "./schema/document.ts";
export { nonMatchingPolicies, type NonMatchingPolicy } from "./match/explain.ts";
export { BUILT_IN_SETS } from "./sources.ts";
export * from "./types.ts";
export { readPolicy, validatePolicy } from "./validate.ts";
export { watchPolicies } from "./watch.ts";
