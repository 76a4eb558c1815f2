import { BOOL, DOUBLE, INT, NULL, STRING, type Type } from "../types/index.ts";
import type { Value } from "../values/index.ts";

/** The type of a constant. */
export function literalType(value: Value): Type {
  switch (typeof value) {
    case "boolean":
      return BOOL;
    case "bigint":
      return INT;
    case "number":
      return DOUBLE;
    case "string":
      return STRING;
    case "object":
      // uint and bytes are objects that know their type.
      return value === null ? NULL : value.type;
  }
}
