import { BYTES } from "../types/index.ts";
import { ObjectValue } from "./value.ts";

/** Bytes, which need not be text. */
export class Bytes extends ObjectValue {
  readonly type = BYTES;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    super();
    this.bytes = bytes;
  }
}
