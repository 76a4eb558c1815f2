/** The types that findings consist of, as editors and reports show them, and the phrases that all of them share. */
export type { RuleText } from "./rule-text.ts";
export {
  CATALOGUE,
  capitalized,
  countPhrase,
  fieldFact,
  fieldHelpLink,
  helpLink,
  objectName,
  sentence,
  suppressionText,
} from "./texts.ts";
export type { CheckedService, CheckFinding, LocatedFinding, Severity, UpgradeChange } from "./types.ts";
