/** A policy's defaults: proposals, decisions, and applying them. */
export { applyDefaults, type DefaultingPolicy } from "./apply-defaults.ts";
export { type FixedProposals, fixedProposals } from "./proposals.ts";
export { defaultsProblems, keyProblems } from "./verify.ts";
