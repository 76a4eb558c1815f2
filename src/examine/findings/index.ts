/** Examines a text: judges its Services, and reports findings with their locations. */
export type { Context } from "./context.ts";
export { examine, inOneFile, orEmptyBody } from "./examine.ts";
export { type ExaminedDocument, examinedDocument, type Failure, type Finish } from "./examine-document.ts";
export type { DocumentResult, ExaminationResult, JudgedService } from "./examination-result.ts";
export { type FindingContent, policyContent, referenceFinding } from "./finding-content.ts";
export type { NamespaceOptions, ObjectsAround, SetView } from "./objects-around.ts";
export { FindingLimit } from "./finding-limit.ts";
export { givenReferenceFindings } from "./reference-findings.ts";
export { CHECK_RULES, type CheckRule, checkRuleText, ruleText, ruleTexts } from "./rule-texts.ts";
