/** What every room needs: paths of fields, JSON values, and texts about both. Imports nothing. */
export {
  type Checkpoint,
  everyFewIterations,
  ExpressionTimeExceeded,
  NO_CHECKPOINT,
  TimeBudgetExceeded,
} from "./budget.ts";
export { errorCode, fileErrorReason, POLICY_PATH_ERRORS, SYSTEM_MESSAGES } from "./file-error.ts";
export { equalJson, equalJsonOrEmpty } from "./json-equality.ts";
export { changesBetween, type JsonChange, type JsonOperation, withChange } from "./json-changes.ts";
export { goQuote } from "./go-quote.ts";
export { isPrintable, skipSpace, toLower, trimSpace } from "./go-text.ts";
export {
  isObject,
  type JsonObject,
  NumberText,
  objectsWithin,
  setOwnProperty,
  typeName,
  valueAt,
  type WalkLimits,
  withoutKeys,
} from "./json.ts";
export { lazily } from "./lazily.ts";
export { escapePointer, Path, pointerOf, unescapePointer } from "./path.ts";
export { didYouMean, nearestWord } from "./suggestion.ts";
export { truncatedJson, truncatedText } from "./truncate.ts";
export { compareByUtf8, utf8Length } from "./utf8.ts";
export { wrapText } from "./wrap.ts";
export { withoutUndefined } from "./without-undefined.ts";
export type { Writable } from "./writable.ts";
