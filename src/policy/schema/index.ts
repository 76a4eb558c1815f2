/** The schema of the policy document, and the checker that is compiled from it. */
export { type CheckerResult, compileChecker, type Problem } from "./checker.ts";
export {
  type Action,
  ACTIONS,
  type Defaults,
  DOCUMENT,
  type Exemption,
  type LabelSelector,
  type Match,
  type NamedExpression,
  OPERATIONS,
  type PolicySpec,
  type PortDefault,
  type Reason,
  REASONS,
  type RuleEntry,
  type ServicePolicy,
  SPEC,
  type ValidationEntry,
} from "./document.ts";
export { formatPattern, FORMATS } from "./formats.ts";
export { compilePattern } from "./pattern.ts";
export {
  anyObject,
  flag,
  integer,
  type JsonSchema,
  listOf,
  mapOf,
  object,
  type ObjectOf,
  oneOf,
  optional,
  type Shape,
  text,
  type ValueOf,
  withDefault,
} from "./shape.ts";
