/** Edits of a manifest's text that fix findings. */
export { applyEdits, type Edit, isAboutKey, kindEdit } from "./edits.ts";
export { FixPlan, type LocatedManifest, type RefusedStep, type Step } from "./fix-plan.ts";
