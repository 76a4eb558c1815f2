import type { FunctionDeclaration, Overload } from "../functions/index.ts";
import { DURATION, INT, STRING, TIMESTAMP } from "../types/index.ts";
import { CelError, Duration, HOUR, MINUTE, type Result, SECOND, Timestamp, type Value } from "../values/index.ts";
import { method, NO_SUCH_OVERLOAD } from "./declare.ts";
import { clockIn, utcClock, type WallClock } from "./time-zone.ts";

const DAY = 86_400_000;

/** A part of the clock. The fraction of the second is the same in every zone, and comes with the moment. */
type Part = (clock: WallClock, timestamp: Timestamp) => number;

function dayOfYear(clock: WallClock): number {
  const start = new Date(0);
  start.setUTCFullYear(clock.getUTCFullYear(), 0, 1);
  return Math.floor((clock.getTime() - start.getTime()) / DAY);
}

function inUtc(part: Part): Overload["call"] {
  return (timestamp: Value): Result =>
    timestamp instanceof Timestamp ? BigInt(part(utcClock(timestamp), timestamp)) : NO_SUCH_OVERLOAD;
}

function inZone(part: Part): Overload["call"] {
  return (timestamp: Value, zone: Value): Result => {
    if (!(timestamp instanceof Timestamp) || typeof zone !== "string") return NO_SUCH_OVERLOAD;
    const clock = clockIn(timestamp, zone);
    return clock instanceof CelError ? clock : BigInt(part(clock, timestamp));
  };
}

function accessor(
  name: string,
  id: string,
  idInZone: string,
  part: Part,
  durations: readonly Overload[] = [],
): FunctionDeclaration {
  return {
    name,
    overloads: [
      method([id, [TIMESTAMP], INT], inUtc(part)),
      method([idInZone, [TIMESTAMP, STRING], INT], inZone(part)),
      ...durations,
    ],
  };
}

function ofDuration(id: string, part: (duration: Duration) => bigint): readonly Overload[] {
  return [method([id, [DURATION], INT], (value) => (value instanceof Duration ? part(value) : NO_SUCH_OVERLOAD))];
}

const whole = (unit: bigint) => (duration: Duration) => BigInt(Math.trunc(duration.in(unit)));

/** The parts of moments and durations. Source: `standard.go`, `timestamp.go` and `duration.go` of cel-go. */
export const TIMES: readonly FunctionDeclaration[] = [
  accessor("getFullYear", "timestamp_to_year", "timestamp_to_year_with_tz", (clock) => clock.getUTCFullYear()),
  accessor("getMonth", "timestamp_to_month", "timestamp_to_month_with_tz", (clock) => clock.getUTCMonth()),
  accessor("getDayOfYear", "timestamp_to_day_of_year", "timestamp_to_day_of_year_with_tz", dayOfYear),
  accessor(
    "getDayOfMonth",
    "timestamp_to_day_of_month",
    "timestamp_to_day_of_month_with_tz",
    (clock) => clock.getUTCDate() - 1,
  ),
  accessor("getDate", "timestamp_to_day_of_month_1_based", "timestamp_to_day_of_month_1_based_with_tz", (clock) =>
    clock.getUTCDate(),
  ),
  accessor("getDayOfWeek", "timestamp_to_day_of_week", "timestamp_to_day_of_week_with_tz", (clock) =>
    clock.getUTCDay(),
  ),
  accessor(
    "getHours",
    "timestamp_to_hours",
    "timestamp_to_hours_with_tz",
    (clock) => clock.getUTCHours(),
    ofDuration("duration_to_hours", whole(HOUR)),
  ),
  accessor(
    "getMinutes",
    "timestamp_to_minutes",
    "timestamp_to_minutes_with_tz",
    (clock) => clock.getUTCMinutes(),
    ofDuration("duration_to_minutes", whole(MINUTE)),
  ),
  accessor(
    "getSeconds",
    "timestamp_to_seconds",
    "timestamp_to_seconds_tz",
    (clock) => clock.getUTCSeconds(),
    ofDuration("duration_to_seconds", whole(SECOND)),
  ),
  accessor(
    "getMilliseconds",
    "timestamp_to_milliseconds",
    "timestamp_to_milliseconds_with_tz",
    (_, { nanoseconds }) => Math.trunc(nanoseconds / 1_000_000),
    ofDuration("duration_to_milliseconds", ({ nanoseconds }) => nanoseconds / 1_000_000n),
  ),
];
