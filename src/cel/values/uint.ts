import { type Type, UINT } from "../types/index.ts";
import { ObjectValue } from "./value.ts";

/** An unsigned integer of 64 bits. */
export class Uint extends ObjectValue {
  readonly type: Type = UINT;
  readonly value: bigint;

  constructor(value: bigint) {
    super();
    this.value = value;
  }
}
