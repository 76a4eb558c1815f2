/** The digits of a number and where its point is: 0.d1d2d3... times ten to the power of `point`. */
export interface Digits {
  readonly digits: string;
  readonly point: number;
}

const bits = new DataView(new ArrayBuffer(8));

/** A finite double that is not negative, as `numerator` / 10^`places`: exactly, as every double is a decimal fraction. */
function exact(value: number): { readonly numerator: bigint; readonly places: number } {
  bits.setFloat64(0, value);
  const raw = bits.getBigUint64(0);
  const exponent = Number(raw >> 52n) & 0x7ff;
  const mantissa = (raw & 0xfffffffffffffn) | (exponent === 0 ? 0n : 1n << 52n);
  const power = Math.max(exponent, 1) - 1075;
  if (power >= 0) return { numerator: mantissa << BigInt(power), places: 0 };
  return { numerator: mantissa * 5n ** BigInt(-power), places: -power };
}

/** Divides by a power of ten, rounding to the nearest, halves to the even one. */
function rounded(numerator: bigint, places: number): bigint {
  if (places <= 0) return numerator * 10n ** BigInt(-places);
  const divisor = 10n ** BigInt(places);
  const [quotient, remainder] = [numerator / divisor, numerator % divisor];
  const twice = 2n * remainder;
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** A finite double without its sign, rounded to so many digits behind the point: `1234.50`. */
export function fixed(value: number, places: number): string {
  const { numerator, places: given } = exact(Math.abs(value));
  const digits = rounded(numerator, given - places)
    .toString()
    .padStart(places + 1, "0");
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** A finite double without its sign, rounded to so many digits in all. */
export function significant(value: number, count: number): Digits {
  const { numerator, places } = exact(Math.abs(value));
  if (numerator === 0n) return { digits: "0".repeat(count), point: 1 };
  const length = numerator.toString().length;
  const digits = rounded(numerator, length - count).toString();
  // Rounding 9.99 up gives one digit more.
  return { digits: digits.slice(0, count), point: length - places + (digits.length - count) };
}
