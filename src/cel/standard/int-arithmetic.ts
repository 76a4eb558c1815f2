import { CelError, isInt, isUint, type Result, Uint } from "../values/index.ts";

export const INTEGER_OVERFLOW = new CelError("integer overflow");
export const UNSIGNED_OVERFLOW = new CelError("unsigned integer overflow");
const DIVISION_BY_ZERO = new CelError("division by zero");
const MODULUS_BY_ZERO = new CelError("modulus by zero");

// Ints this small cannot leave the 64 bits by one addition: most are.
const SMALL = 2n ** 62n;

/** The int, or an error if it takes more than 64 bits. */
export function checkedInt(value: bigint): Result {
  return (value < SMALL && value > -SMALL) || isInt(value) ? value : INTEGER_OVERFLOW;
}

/** The uint, or an error if it takes more than 64 bits. */
export function checkedUint(value: bigint): Result {
  return isUint(value) ? new Uint(value) : UNSIGNED_OVERFLOW;
}

/** How two whole numbers are divided, and what is left over. */
export interface Division {
  readonly divide: (dividend: bigint, divisor: bigint) => bigint;
  readonly byZero: CelError;
}

export const QUOTIENT: Division = { divide: (dividend, divisor) => dividend / divisor, byZero: DIVISION_BY_ZERO };
export const REMAINDER: Division = { divide: (dividend, divisor) => dividend % divisor, byZero: MODULUS_BY_ZERO };

/** Divides ints. Of the least int by -1 neither the quotient nor the remainder is an int. Source: `overflow.go` of cel-go. */
export function divideInts({ divide, byZero }: Division, dividend: bigint, divisor: bigint): Result {
  if (divisor === 0n) return byZero;
  return divisor === -1n && !isInt(-dividend) ? INTEGER_OVERFLOW : divide(dividend, divisor);
}

/** Divides uints. */
export function divideUints({ divide, byZero }: Division, dividend: bigint, divisor: bigint): Result {
  return divisor === 0n ? byZero : new Uint(divide(dividend, divisor));
}
