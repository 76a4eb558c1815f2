/** Building blocks for expressions in CEL: literals, logic, names, messages. */
export { isInRanges, isOfFamily, prefixLength } from "./addresses.ts";
export { literal, quoted, quotedList } from "./literals.ts";
export { and, type Cel, choose, FALSE, not, or, TRUE } from "./logic.ts";
export {
  isOneOf,
  matchesGlobs,
  matchesGlobsWithExclusions,
  matchesPattern,
  matchesPatternOrIsTooLong,
  selects,
} from "./names.ts";
export { hasGroup, USER_NAME } from "./requests.ts";
export { type Fact, fillTemplate } from "./template.ts";
export { variablesIn } from "./variables.ts";
export { isFieldWritten, isNodePortWritten, isWritten } from "./written.ts";
