/** The names of the functions of the operators (cel-go, common/operators/operators.go): their operands are the arguments of a call. */
export const CONDITIONAL = "_?_:_";
export const LOGICAL_AND = "_&&_";
export const LOGICAL_OR = "_||_";
export const LOGICAL_NOT = "!_";
export const NEGATE = "-_";
export const ADD = "_+_";
export const EQUALS = "_==_";
export const INDEX = "_[_]";
export const OPTIONAL_INDEX = "_[?_]";
export const OPTIONAL_SELECT = "_?._";
/** Whether a fold that may be ended early goes on: also while what it has so far is an error. */
export const NOT_STRICTLY_FALSE = "@not_strictly_false";

/** Those between two operands, by how they are written. */
export const BINARY: Readonly<Record<string, string>> = {
  "<": "_<_",
  "<=": "_<=_",
  ">": "_>_",
  ">=": "_>=_",
  "==": EQUALS,
  "!=": "_!=_",
  in: "@in",
  "*": "_*_",
  "/": "_/_",
  "%": "_%_",
  "+": ADD,
  "-": "_-_",
};

/** The function that `transformMap` and `transformMapEntry` add to their results with. No expression can name it. */
export const MAP_INSERT = "cel.@mapInsert";
