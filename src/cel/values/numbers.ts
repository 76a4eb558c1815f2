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

/** The least and the greatest int. */
export const MIN_INT = -(2n ** 63n);
export const MAX_INT = 2n ** 63n - 1n;
/** The greatest uint. */
export const MAX_UINT = 2n ** 64n - 1n;

const TWO_TO_63 = 2 ** 63;
const TWO_TO_64 = 2 ** 64;

export function isInt(value: bigint): boolean {
  return value >= MIN_INT && value <= MAX_INT;
}

export function isUint(value: bigint): boolean {
  return value >= 0n && value <= MAX_UINT;
}

/** The int that a double is without its fraction; undefined outside of the ints. The least int counts as outside, as in cel-go. */
export function doubleToInt(value: number): bigint | undefined {
  return value > -TWO_TO_63 && value < TWO_TO_63 ? BigInt(Math.trunc(value)) : undefined;
}

/** The uint that a double is without its fraction; undefined outside of the uints. */
export function doubleToUint(value: number): bigint | undefined {
  return value >= 0 && value < TWO_TO_64 ? BigInt(Math.trunc(value)) : undefined;
}

/** The shortest digits of a finite number, and where the point is: 0.d1d2d3... times ten to the power of `point`. */
function digitsOf(value: number): { readonly digits: string; readonly point: number } {
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const digits = mantissa.replace(".", "");
  return { digits, point: Number(exponent) + 1 };
}

function specialText(value: number): string | undefined {
  if (Number.isNaN(value)) return "NaN";
  if (value === Infinity) return "+Inf";
  if (value === -Infinity) return "-Inf";
  return undefined;
}

/** A double without an exponent, as short as it can be told apart: Go's `strconv.FormatFloat(value, 'f', -1, 64)`. */
export function plainDoubleText(value: number): string {
  const special = specialText(value);
  if (special !== undefined) return special;
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const { digits, point } = digitsOf(Math.abs(value));
  if (value === 0) return `${sign}0`;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${"0".repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Go's `%g` of the shortest digits: with an exponent from here on. */
const GENERAL_EXPONENT = 6;

/** A double as Go's `%g` and `%v` write it: `1.5`, `100000`, `1e+06`, `1e-05`, `+Inf`. */
export function doubleText(value: number): string {
  const special = specialText(value);
  if (special !== undefined) return special;
  const { digits, point } = digitsOf(Math.abs(value));
  const exponent = value === 0 ? 0 : point - 1;
  if (exponent >= -4 && exponent < GENERAL_EXPONENT) return plainDoubleText(value);
  const sign = value < 0 ? "-" : "";
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  const magnitude = Math.abs(exponent).toString().padStart(2, "0");
  return `${sign}${digits.charAt(0)}${fraction}e${exponent < 0 ? "-" : "+"}${magnitude}`;
}
