/** From an AdmissionReview to its answer. */
export { answer } from "./answer.ts";
export { type CountedFinding, countedFindings, type ReviewFacts } from "./facts.ts";
export { overBudget } from "./over-budget.ts";
export { policyDocument } from "./policy-document.ts";
export { answerPolicyReview, type PolicyAnswer, type PolicyReviewer, type PolicyReviewFacts } from "./policy-review.ts";
export type { AdmissionSettings, KnownInventory, Phase, Validity } from "./settings.ts";
