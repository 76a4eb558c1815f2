import { spend } from "../effort/index.ts";
import { Bytes, compareBytes } from "./bytes.ts";
import { Duration } from "./duration.ts";
import { compareTimestamps, Timestamp } from "./timestamp.ts";
import { Uint } from "./numbers.ts";
import type { Value } from "./value.ts";

/** Which of two numbers comes first: negative, zero or positive; NaN if one of them is. */
export function compareNumbers(one: bigint | number | Uint, other: bigint | number | Uint): number {
  const [a, b] = [one instanceof Uint ? one.value : one, other instanceof Uint ? other.value : other];
  // Of an int and a double, the int is rounded first: 2^53 + 1 equals 2^53 as a double. Source: `compare.go` of cel-go.
  if (typeof a === "bigint" && typeof b === "bigint") return a < b ? -1 : Number(a > b);
  return sign(Number(a), Number(b));
}

function sign(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return a === b ? 0 : NaN;
}

export function isNumeric(value: Value): value is bigint | number | Uint {
  return typeof value === "bigint" || typeof value === "number" || value instanceof Uint;
}

/**
 * Which of two values comes first: negative, zero or positive; NaN if one of them is no number that has a place, undefined if the
 * values cannot be compared. Source: the methods `Compare` of cel-go's types.
 */
export function compare(one: Value, other: Value): number | undefined {
  spend();
  if (typeof one === "bigint" && typeof other === "bigint") return one < other ? -1 : Number(one > other);
  if (isNumeric(one)) return isNumeric(other) ? compareNumbers(one, other) : undefined;
  if (typeof one === "string") return typeof other === "string" ? compareText(one, other) : undefined;
  if (typeof one === "boolean") return typeof other === "boolean" ? Number(one) - Number(other) : undefined;
  if (one instanceof Timestamp) return other instanceof Timestamp ? compareTimestamps(one, other) : undefined;
  if (one instanceof Duration && other instanceof Duration)
    return one.nanoseconds < other.nanoseconds ? -1 : Number(one.nanoseconds > other.nanoseconds);
  return one instanceof Bytes && other instanceof Bytes ? compareBytes(one.bytes, other.bytes) : undefined;
}

const SURROGATE = /[\ud800-\udfff]/;

/** Texts in the order of their code points, as the bytes of UTF-8 are. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  if (!SURROGATE.test(one) && !SURROGATE.test(other)) return one < other ? -1 : 1;
  const common = Math.min(one.length, other.length);
  for (let index = 0; index < common; index++) {
    const [a, b] = [one.charCodeAt(index), other.charCodeAt(index)];
    // The surrogates of characters beyond 16 bits come after all others.
    if (a !== b) return isSurrogate(a) === isSurrogate(b) ? a - b : isSurrogate(a) ? 1 : -1;
  }
  return one.length - other.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
