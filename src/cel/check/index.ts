/** Checks the types of expressions. */
export { check, type Checked, type Refused } from "./check.ts";
export { withPatchTypes } from "./patch-types.ts";
export type { FunctionReference, Reference, TypeReference, VariableReference } from "./reference.ts";
export { functionsByName, type Scope } from "./scope.ts";
export { OPTIONAL_TYPES, STANDARD_TYPES } from "./standard-types.ts";
export { checkedTypeText } from "./type-text.ts";
export { MESSAGES } from "./messages.ts";
export { isSameType } from "./substitutions.ts";
