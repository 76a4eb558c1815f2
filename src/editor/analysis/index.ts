/** From a text to all that is known of it. */
export type { AnalysedDocument, AnalysedService, Analysis, ClaimsAround } from "./analysis.ts";
export { analyse } from "./analyse.ts";
