/** Exemptions, in a policy or by an annotation. */
export { annotationExemptions, EXEMPT_ANNOTATION_PREFIX } from "./annotation-exemptions.ts";
export { applyExemptions } from "./apply-exemptions.ts";
export { type CompiledExemption, compileExemption, policyExemption } from "./policy-exemptions.ts";
