/** Edits of a manifest's text that fix findings, and the judgement of what they lead to. */
export { applyEdits, type Edit, isAboutKey, kindEdit } from "./edits.ts";
export { FixPlan, type LocatedManifest } from "./fix-plan.ts";
export { indentationTexts } from "./indentation.ts";
export { type HowJudged, judgeThroughFixes } from "./judge-through-fixes.ts";
