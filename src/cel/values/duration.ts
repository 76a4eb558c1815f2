import { DURATION, type Type } from "../types/index.ts";
import { plainDoubleText } from "./numbers.ts";
import { ObjectValue, type Value } from "./value.ts";

/** A length of time in nanoseconds, of 64 bits. */
export class Duration extends ObjectValue {
  readonly type: Type = DURATION;
  readonly nanoseconds: bigint;

  constructor(nanoseconds: bigint) {
    super();
    this.nanoseconds = nanoseconds;
  }

  override equals(other: Value): boolean {
    return other instanceof Duration && other.nanoseconds === this.nanoseconds;
  }

  /** How many of a unit it is, computed as Go's `Duration.Hours`, `Minutes` and `Seconds` do: rounded to a double. */
  in(unit: bigint): number {
    return Number(this.nanoseconds / unit) + Number(this.nanoseconds % unit) / Number(unit);
  }
}

export const SECOND = 1_000_000_000n;
export const MINUTE = 60n * SECOND;
export const HOUR = 60n * MINUTE;

/** The duration as `string` converts it: `90s`, `0.5s`. Source: `Duration.ConvertToType` of cel-go. */
export function durationText(duration: Duration): string {
  return `${plainDoubleText(duration.in(SECOND))}s`;
}

const UNITS: ReadonlyMap<string, bigint> = new Map([
  ["ns", 1n],
  ["us", 1000n],
  // The micro sign, and the Greek letter.
  ["\u00b5s", 1000n],
  ["\u03bcs", 1000n],
  ["ms", 1_000_000n],
  ["s", SECOND],
  ["m", MINUTE],
  ["h", HOUR],
]);

const LIMIT = 2n ** 63n;

/** How many digits of a fraction a unit can feel: fewer than the 63 bits that Go counts in hold. */
const FRACTION_DIGITS = 18;

/** Reads a duration such as `1h30m`, as Go's `time.ParseDuration` does; undefined if it is none. */
export function parseDuration(text: string): Duration | undefined {
  const isNegative = text.startsWith("-");
  const unsigned = isNegative || text.startsWith("+") ? text.slice(1) : text;
  if (unsigned === "0") return new Duration(0n);
  if (unsigned === "") return undefined;
  const parts = /(\d*)(?:(\.)(\d*))?([^\d.]+)/y;
  let total = 0n;
  while (parts.lastIndex < unsigned.length) {
    const [, whole = "", , fraction = "", name = ""] = parts.exec(unsigned) ?? [];
    const unit = UNITS.get(name);
    if (unit === undefined || (whole === "" && fraction === "")) return undefined;
    const digits = fraction.slice(0, FRACTION_DIGITS);
    total += wholePart(whole) * unit;
    // As Go does: the fraction as a double, without what is left below a nanosecond.
    if (digits !== "") total += BigInt(Math.trunc(Number(digits) * (Number(unit) / 10 ** digits.length)));
    if (total > LIMIT) return undefined;
  }
  if (isNegative) return new Duration(-total);
  return total < LIMIT ? new Duration(total) : undefined;
}

/** The number of digits before the point. More than 20 are too many for every unit, and BigInt would read them all. */
function wholePart(digits: string): bigint {
  const significant = digits.replace(/^0+/, "");
  return significant.length > 20 ? LIMIT + 1n : BigInt(significant);
}
