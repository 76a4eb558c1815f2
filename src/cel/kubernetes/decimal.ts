/** A decimal number: `unscaled` times ten to the power of `exponent`. */
export interface Decimal {
  readonly unscaled: bigint;
  readonly exponent: number;
}

export function sign({ unscaled }: Decimal): -1 | 0 | 1 {
  return unscaled === 0n ? 0 : unscaled < 0n ? -1 : 1;
}

/** The sum, with the smaller of the exponents; undefined if they lie too far apart. */
export function sum(one: Decimal, other: Decimal): Decimal | undefined {
  const exponent = Math.min(one.exponent, other.exponent);
  if (Math.abs(one.exponent - other.exponent) > MAX_DISTANCE) {
    if (one.unscaled === 0n) return other;
    return other.unscaled === 0n ? one : undefined;
  }
  return { unscaled: withExponent(one, exponent) + withExponent(other, exponent), exponent };
}

/** How far the exponents of two numbers may lie apart to be added: nobody waits for a billion digits. */
const MAX_DISTANCE = 10_000;

function withExponent({ unscaled, exponent }: Decimal, smaller: number): bigint {
  return unscaled * 10n ** BigInt(exponent - smaller);
}

/** Which of the two comes first: -1, 0 or 1. */
export function compareDecimals(one: Decimal, other: Decimal): -1 | 0 | 1 {
  const [a, b] = [sign(one), sign(other)];
  if (a !== b || a === 0) return a < b ? -1 : a === b ? 0 : 1;
  const [first, second] = [places(one), places(other)];
  // The number with more digits before the point is the larger one, if both are positive.
  if (first !== second) return first < second === a > 0 ? -1 : 1;
  const exponent = Math.min(one.exponent, other.exponent);
  const difference = withExponent(one, exponent) - withExponent(other, exponent);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** How many digits stand before the point. */
function places({ unscaled, exponent }: Decimal): number {
  return (unscaled < 0n ? -unscaled : unscaled).toString().length + exponent;
}

/** The number with nine digits behind the point, rounded away from zero. An exponent far above zero is left as it is. */
export function roundedToNano(decimal: Decimal): Decimal {
  const { unscaled, exponent } = decimal;
  if (exponent >= -9) return exponent > MAX_DISTANCE ? decimal : { unscaled: withExponent(decimal, -9), exponent: -9 };
  // Beyond all digits only that it is not zero counts.
  const divisor = 10n ** BigInt(Math.min(-9 - exponent, unscaled.toString().length + 1));
  const [quotient, remainder] = [unscaled / divisor, unscaled % divisor];
  return { unscaled: remainder === 0n ? quotient : quotient + BigInt(sign(decimal)), exponent: -9 };
}

/** Ten to a power, as exactly as Go's `math.Pow10` has it: a product of two of its tables; 0 and +Inf beyond the doubles. */
function powerOfTen(exponent: number): number {
  if (exponent < -323) return 0;
  if (exponent > 308) return Infinity;
  const size = Math.abs(exponent);
  const rest = Number(`1e${size % 32}`);
  const thirties = size - (size % 32);
  return exponent < 0 ? Number(`1e-${thirties}`) / rest : Number(`1e${thirties}`) * rest;
}

/** As a double: the digits as a double, times the power as a double. */
export function approximate({ unscaled, exponent }: Decimal): number {
  return exponent === 0 ? Number(unscaled) : Number(unscaled) * powerOfTen(exponent);
}
