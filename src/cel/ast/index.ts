/** The tree of an expression. */
export type {
  Ast,
  Call,
  Comprehension,
  Expression,
  Identifier,
  Issue,
  ListExpression,
  Literal,
  MapEntry,
  MapExpression,
  Select,
  StructExpression,
  StructField,
} from "./ast.ts";
export {
  ADD,
  BINARY,
  CONDITIONAL,
  EQUALS,
  INDEX,
  LOGICAL_AND,
  LOGICAL_NOT,
  LOGICAL_OR,
  MAP_INSERT,
  NEGATE,
  NOT_STRICTLY_FALSE,
  OPTIONAL_INDEX,
  OPTIONAL_SELECT,
} from "./operators.ts";
export { partsOf } from "./parts.ts";
