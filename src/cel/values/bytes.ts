import { BYTES, type Type } from "../types/index.ts";
import { ObjectValue, type Value } from "./value.ts";

/** A sequence of bytes. */
export class Bytes extends ObjectValue {
  readonly type: Type = BYTES;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    super();
    this.bytes = bytes;
  }

  override equals(other: Value): boolean {
    return other instanceof Bytes && compareBytes(this.bytes, other.bytes) === 0;
  }
}

/** Which of the two comes first: negative, zero or positive. */
export function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const common = Math.min(one.length, other.length);
  for (let index = 0; index < common; index++) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}
