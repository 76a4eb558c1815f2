/** The built-in rules: their registry, and how one is run. */
export { findRule, RULES } from "./registry.ts";
export { compileActions, type CompiledRule, compileRule, findingsOf, findingsOfReference } from "./run.ts";
