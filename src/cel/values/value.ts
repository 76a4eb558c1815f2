import type { Type } from "../types/index.ts";

/**
 * A value of CEL: null, bool, int (a bigint), double (a number), string, or an object of one of the classes here. Values are never
 * modified.
 */
export type Value = null | boolean | bigint | number | string | ObjectValue;

/** What an evaluation results in. Errors are values, because `&&`, `||` and the macros may absorb them. */
export type Result = Value | CelError;

/** The failure of an evaluation, in the words of the API server. */
export class CelError {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** A value that is an object of JavaScript. */
export abstract class ObjectValue {
  /** The type that the value has at run time; `list` and `map` without the types of what they hold (`dyn`). */
  abstract readonly type: Type;

  /** Whether it equals another value; lists and maps are compared by {@link equals}. */
  equals(other: Value): boolean {
    return this === other;
  }

  /** Why the operator `==` cannot compare it with another value, null aside; undefined where it can. */
  refusal?(other: Value): CelError | undefined;
}

/** A list. */
export abstract class List extends ObjectValue {
  abstract readonly size: number;
  /** The element at an index between 0 and the size. */
  abstract at(index: number): Value;
}

/** A map. Keys are strings, ints, uints and bools; numbers that are equal are the same key. */
export abstract class MapValue extends ObjectValue {
  abstract readonly size: number;
  /** The value of a key; undefined if there is none. */
  abstract get(key: Value): Result | undefined;
  abstract keys(): Iterable<Value>;
}
