import { DYN, optionalType, type Type } from "../types/index.ts";
import { ObjectValue, type Value } from "./value.ts";

const OPTIONAL = optionalType(DYN);

/** A value that may be missing. */
export class Optional extends ObjectValue {
  readonly type: Type = OPTIONAL;
  /** undefined if it is missing. */
  readonly value: Value | undefined;

  constructor(value: Value | undefined) {
    super();
    this.value = value;
  }
}

export const NONE = new Optional(undefined);
