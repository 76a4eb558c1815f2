/** The types that reports are made of, and the phrases that all formats share. */
export type { ReporterOptions, RuleText, RunFacts } from "./options.ts";
export { fileUri, repositoryPath } from "./paths.ts";
export {
  capitalized,
  countPhrase,
  fieldFact,
  fileName,
  helpLink,
  sentence,
  objectName,
  summaryText,
  suppressionText,
} from "./texts.ts";
export type { CheckedService, CheckFinding, Reporter, Severity, Summary, UpgradeChange } from "./types.ts";
