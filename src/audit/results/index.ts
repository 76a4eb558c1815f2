/** Findings as results of the reports that a cluster keeps: no I/O, no clock. */
export { pagesOf, type Page, summaryOf } from "./pages.ts";
export { type AuditResult, resultOfReference, resultOfService, type ResultStatus } from "./result.ts";
