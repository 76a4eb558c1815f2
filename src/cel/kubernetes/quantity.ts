import { objectType, type Type } from "../types/index.ts";
import { CelError, isInt, MAX_INT, MIN_INT, type Value } from "../values/index.ts";
import { KubernetesValue } from "./kubernetes-value.ts";
import { approximate, compareDecimals, type Decimal, roundedToNano, sign, sum } from "./decimal.ts";

export const QUANTITY_TYPE = objectType("kubernetes.Quantity");

const TOO_FAR_APART = new CelError("the quantities lie too far apart to be added");

/**
 * An amount of a resource. Kubernetes has two forms of it, an int of 64 bits with a power of ten and a decimal number of any size,
 * and only the first can be an integer. Source: `resource.Quantity` of apimachinery.
 */
export class Quantity extends KubernetesValue {
  readonly type: Type = QUANTITY_TYPE;
  readonly amount: Decimal;
  /** Whether it is of the first form. */
  readonly isSmall: boolean;
  /** Whether it was computed, not read: the API server can't compare others with it by `==`. */
  readonly isComputed: boolean;

  constructor(amount: Decimal, isSmall: boolean, isComputed = false) {
    super();
    this.amount = amount;
    this.isSmall = isSmall;
    this.isComputed = isComputed;
  }

  override equals(other: Value): boolean {
    return other instanceof Quantity && this.compareTo(other) === 0;
  }

  protected override isComparableWith(other: Value): boolean {
    return other instanceof Quantity && !other.isComputed;
  }

  compareTo(other: Quantity): -1 | 0 | 1 {
    return compareDecimals(this.amount, other.amount);
  }

  get sign(): -1 | 0 | 1 {
    return sign(this.amount);
  }

  /** The value as an int; undefined if it is none. Digits behind the point make it none, even zeros. */
  get int(): bigint | undefined {
    const { unscaled, exponent } = this.amount;
    if (!this.isSmall || exponent < 0) return undefined;
    return scaled(unscaled, exponent);
  }

  get approximate(): number {
    return approximate(this.amount);
  }

  add(other: Quantity): Quantity | CelError {
    return this.plus(other.amount, other.isSmall ? other.amount : undefined);
  }

  sub(other: Quantity): Quantity | CelError {
    const { unscaled, exponent } = other.amount;
    // As in Go, there is no negative of the least int.
    const small = other.isSmall ? { unscaled: BigInt.asIntN(64, -unscaled), exponent } : undefined;
    return this.plus({ unscaled: -unscaled, exponent }, small);
  }

  /** The sum; `small` is the other amount if it is of the first form. */
  private plus(other: Decimal, small: Decimal | undefined): Quantity | CelError {
    const { amount } = this;
    const total = small !== undefined && this.isSmall ? sumOfSmall(amount, small) : undefined;
    if (total !== undefined) return new Quantity(total, true, true);
    const large = sum(amount, other);
    return large === undefined ? TOO_FAR_APART : new Quantity(large, false, true);
  }
}

/** The quantity of a number. */
export function quantityOf(int: bigint): Quantity {
  return new Quantity({ unscaled: int, exponent: 0 }, true);
}

/** An int times a power of ten; undefined if it is no int any more. Source: `positiveScaleInt64` of apimachinery. */
function scaled(unscaled: bigint, power: number): bigint | undefined {
  if (power === 0 || unscaled === 0n) return unscaled;
  if (power > 18 || unscaled === MIN_INT) return undefined;
  const product = unscaled * 10n ** BigInt(power);
  return isInt(product) ? product : undefined;
}

/** The sum as an int with a power of ten; undefined if it is none. Source: `int64Amount.Add` of apimachinery. */
function sumOfSmall(one: Decimal, other: Decimal): Decimal | undefined {
  if (other.unscaled === 0n) return one;
  if (one.unscaled === 0n) return other;
  const exponent = Math.min(one.exponent, other.exponent);
  const a = scaled(one.unscaled, one.exponent - exponent);
  const b = scaled(other.unscaled, other.exponent - exponent);
  if (a === undefined || b === undefined || !isInt(a + b)) return undefined;
  return { unscaled: a + b, exponent };
}

/** The power of a suffix, of ten or of two. */
const SUFFIXES: Readonly<Record<string, { readonly ten?: number; readonly two?: number }>> = {
  "": { ten: 0 },
  n: { ten: -9 },
  u: { ten: -6 },
  m: { ten: -3 },
  k: { ten: 3 },
  M: { ten: 6 },
  G: { ten: 9 },
  T: { ten: 12 },
  P: { ten: 15 },
  E: { ten: 18 },
  Ki: { two: 10 },
  Mi: { two: 20 },
  Gi: { two: 30 },
  Ti: { two: 40 },
  Pi: { two: 50 },
  Ei: { two: 60 },
};

const FORMAT_ERROR = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const SUFFIX_ERROR = "unable to parse quantity's suffix";
const NUMBER_ERROR = "unable to parse numeric part of quantity";

/** Reads a quantity such as `1.5Gi`, `100m` or `12e6`. Source: `ParseQuantity` of apimachinery. */
export function parseQuantity(text: string): Quantity | CelError {
  if (text === "") return new CelError(FORMAT_ERROR);
  // Two steps, so that the digits of a long text are not tried again and again.
  const [number = "", signText = "", digits = "", fraction = ""] = /^([+-]?)0*(\d*)(?:\.(\d*))?/.exec(text) ?? [];
  const suffix = text.slice(number.length);
  if (!/^[eEinumkKMGTP]*[+-]?\d*$/.test(suffix)) return new CelError(FORMAT_ERROR);
  const power = powerOf(suffix);
  if (power === undefined) return new CelError(SUFFIX_ERROR);
  const whole = digits === "" ? "0" : digits;
  const isNegative = signText === "-";
  const small = smallAmount(whole, fraction, power);
  if (small !== undefined) return new Quantity(isNegative ? { ...small, unscaled: -small.unscaled } : small, true);
  // Without a digit it is no number, though it is one where all of it fits into an int.
  if (!/\d/.test(number)) return new CelError(NUMBER_ERROR);
  const large = largeAmount(BigInt(whole + fraction), fraction.length, power);
  return new Quantity(isNegative ? { ...large, unscaled: -large.unscaled } : large, false);
}

type Power = (typeof SUFFIXES)[string];

function powerOf(suffix: string): Power | undefined {
  const known = Object.hasOwn(SUFFIXES, suffix) ? SUFFIXES[suffix] : undefined;
  if (known !== undefined) return known;
  const exponent = /^[eE]([+-]?\d+)$/.exec(suffix)?.[1];
  // Longer than an int of 64 bits, it is no number; of the others only the lower half counts.
  if (exponent === undefined || exponent.replace(/^[+-]?0*/, "").length > 19) return undefined;
  const int = BigInt(exponent.replace("+", ""));
  return isInt(int) ? { ten: Number(BigInt.asIntN(32, int)) } : undefined;
}

/** The most digits that surely fit into an int. */
const SAFE_DIGITS = 18;

/** The amount as an int with a power of ten, if its digits are few; undefined otherwise. */
function smallAmount(whole: string, fraction: string, { ten, two = 0 }: Power): Decimal | undefined {
  if (ten === undefined) {
    const spare = 15 - whole.length - Math.trunc((two * 3) / 10) - 1;
    if (fraction !== "" || spare < 0) return undefined;
    const unscaled = BigInt(whole) << BigInt(two);
    return isInt(unscaled) ? { unscaled, exponent: 0 } : undefined;
  }
  const exponent = ten - fraction.length;
  if (whole.length + fraction.length > SAFE_DIGITS || exponent < -9) return undefined;
  return { unscaled: BigInt(whole + fraction), exponent };
}

/** The amount as a decimal number, with nine digits behind the point. One with a power of two ends at the greatest int. */
function largeAmount(digits: bigint, places: number, { ten, two = 0 }: Power): Decimal {
  const exponent = (ten ?? 0) - places;
  const unscaled = digits << BigInt(two);
  const rounded = unscaled === 0n ? { unscaled, exponent } : roundedToNano({ unscaled, exponent });
  const greatest = { unscaled: MAX_INT, exponent: 0 };
  return ten === undefined && compareDecimals(rounded, greatest) > 0 ? greatest : rounded;
}
