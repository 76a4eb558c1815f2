/** The messages of a reply: causes, warnings and audit annotations, within their size limits. */
export { auditAnnotations } from "./audit-annotations.ts";
export { limitCauses, MOST_CAUSES, type PendingCause } from "./causes.ts";
export { denial, type Refusal, subjectOf } from "./denial.ts";
export { causeOf, policyCauseOf, policyWarningOf, warningOf } from "./finding-messages.ts";
export { truncate } from "./truncate.ts";
export { limitWarnings } from "./warnings.ts";
