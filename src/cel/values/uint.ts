import { UINT } from "../types/index.ts";
import { ObjectValue } from "./value.ts";

/** A uint: from 0 to 2^64 - 1. */
export class Uint extends ObjectValue {
  readonly type = UINT;
  readonly value: bigint;

  constructor(value: bigint) {
    super();
    this.value = value;
  }
}
