import { CelError, Duration, isInt, isTimestampInRange, type Result, SECOND, Timestamp } from "../values/index.ts";
import { INTEGER_OVERFLOW } from "./int-arithmetic.ts";

export const TIMESTAMP_OVERFLOW = new CelError("timestamp overflow");

/** The duration, or an error if it takes more than 64 bits. */
export function checkedDuration(nanoseconds: bigint): Result {
  return isInt(nanoseconds) ? new Duration(nanoseconds) : INTEGER_OVERFLOW;
}

/** The moment a duration later, in the same zone. Source: `addTimeDurationChecked` of cel-go. */
export function later(timestamp: Timestamp, nanoseconds: bigint): Result {
  const total = BigInt(timestamp.nanoseconds) + nanoseconds;
  const rest = ((total % SECOND) + SECOND) % SECOND;
  const seconds = timestamp.seconds + Number((total - rest) / SECOND);
  return isTimestampInRange(seconds) ? new Timestamp(seconds, Number(rest), timestamp.offset) : TIMESTAMP_OVERFLOW;
}

/** The moment a duration earlier. */
export function earlier(timestamp: Timestamp, nanoseconds: bigint): Result {
  return isInt(-nanoseconds) ? later(timestamp, -nanoseconds) : INTEGER_OVERFLOW;
}

/** How much time lies between two moments. Source: `subtractTimeChecked` of cel-go. */
export function between(end: Timestamp, start: Timestamp): Result {
  const seconds = BigInt(end.seconds - start.seconds) * SECOND;
  return isInt(seconds) ? checkedDuration(seconds + BigInt(end.nanoseconds - start.nanoseconds)) : INTEGER_OVERFLOW;
}
