/** Examines a text: judges its Services, and reports findings with their locations. */
export type { LocatedClaim } from "./claims.ts";
export type { Context } from "./context.ts";
export { examine } from "./examine.ts";
export type { ExaminationResult, JudgedService } from "./examination-result.ts";
export { type FindingContent, policyContent, referenceFinding } from "./finding-content.ts";
export type { NamespaceOptions, ObjectsAround, SetView } from "./objects-around.ts";
export { givenReferenceFindings } from "./reference-findings.ts";
export { CHECK_RULES, type CheckRule, checkRuleText, ruleText, ruleTexts } from "./rule-texts.ts";
