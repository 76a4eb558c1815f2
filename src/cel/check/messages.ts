import type { Type } from "../types/index.ts";
import { checkedTypeText, signatureText } from "./type-text.ts";

/** The messages of the checker, in the words of the API server (cel-go: `checker/errors.go`). */
export const MESSAGES = {
  undeclaredReference: (name: string) => `undeclared reference to '${name}' (in container '')`,
  undefinedField: (field: string) => `undefined field '${field}'`,
  noMatchingOverload: (name: string, types: readonly Type[], isMember: boolean) =>
    `found no matching overload for '${name}' applied to '${signatureText(types, isMember)}'`,
  typeMismatch: (expected: Type, found: Type) =>
    `expected type '${checkedTypeText(expected)}' but found '${checkedTypeText(found)}'`,
  fieldTypeMismatch: (field: string, expected: Type, found: Type) =>
    `expected type of field '${field}' is '${checkedTypeText(expected)}' but provided type is '${checkedTypeText(found)}'`,
  noFieldSelection: (type: Type) => `type '${checkedTypeText(type)}' does not support field selection`,
  notARange: (type: Type) =>
    `expression of type '${checkedTypeText(type)}' cannot be range of a comprehension (must be list, map, or dynamic)`,
  notAType: (type: Type) => `'${type.name}' is not a type`,
  notAMessageType: (type: Type) => `'${type.name}' is not a message type`,
  /** Our own: the API server would go on for as long as it takes. */
  tooComplex: "the types of this expression are too complex",
  unexpectedFailedResolution: (name: string) => `unexpected failed resolution of '${name}'`,
} as const;
