import { BOOL, DOUBLE, INT, NULL, STRING, type Type, typeType } from "../types/index.ts";
import { ObjectValue, type Value } from "./value.ts";

const TYPE = typeType();

/** A type as a value. It does not know the types of elements: `type([1]) == list`. */
export class TypeValue extends ObjectValue {
  readonly type: Type = TYPE;
  readonly value: Type;

  constructor(value: Type) {
    super();
    this.value = value;
  }

  override equals(other: Value): boolean {
    return other instanceof TypeValue && other.value.name === this.value.name;
  }
}

/** The type that a value has at run time. */
export function typeOf(value: Value): Type {
  switch (typeof value) {
    case "string":
      return STRING;
    case "bigint":
      return INT;
    case "boolean":
      return BOOL;
    case "number":
      return DOUBLE;
    default:
      return value === null ? NULL : value.type;
  }
}
