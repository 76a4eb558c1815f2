/** Examines the text of a file: judges its Services and reports findings with their locations. */
export type { LocatedClaim } from "./claims.ts";
export { type Context, type ContextSource, inSets, makeContext, withObjects } from "./context.ts";
export { examine } from "./examine.ts";
export { type ExaminationResult, type JudgedService, withConvertedManifest } from "./examination-result.ts";
export { type FindingContent, policyContent, referenceFinding } from "./finding-content.ts";
export { Fingerprints, portablePath } from "./fingerprint.ts";
export { givenReferenceFindings } from "./reference-findings.ts";
export { CHECK_RULES, type CheckRule, checkRuleText, ruleText, ruleTexts } from "./rule-texts.ts";
