import { TIMESTAMP, type Type } from "../types/index.ts";
import { ObjectValue, type Value } from "./value.ts";

/** The seconds of the first and the last moment that a timestamp can be: the years 1 to 9999. Source: `timestamp.go` of cel-go. */
export const MIN_SECONDS = -62_135_596_800;
export const MAX_SECONDS = 253_402_300_799;

/** A moment. */
export class Timestamp extends ObjectValue {
  readonly type: Type = TIMESTAMP;
  /** Since 1970, rounded down. */
  readonly seconds: number;
  /** Of the second: 0 to 999,999,999. */
  readonly nanoseconds: number;
  /** The zone that it is written in: seconds east of UTC. Two that differ only in it are equal. */
  readonly offset: number;

  constructor(seconds: number, nanoseconds = 0, offset = 0) {
    super();
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
    this.offset = offset;
  }

  override equals(other: Value): boolean {
    return other instanceof Timestamp && compareTimestamps(this, other) === 0;
  }
}

/** Which of the two comes first: negative, zero or positive. */
export function compareTimestamps(one: Timestamp, other: Timestamp): number {
  return one.seconds - other.seconds || one.nanoseconds - other.nanoseconds;
}

export function isTimestampInRange(seconds: number): boolean {
  return seconds >= MIN_SECONDS && seconds <= MAX_SECONDS;
}

// One digit of the hour is enough, and a comma may stand for the point: so Go reads it.
const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/**
 * Reads a moment such as `2026-01-02T03:04:05Z`, as Go's `time.Parse` with `time.RFC3339` does; undefined if it is none. It may lie
 * outside of what a timestamp can be: {@link isTimestampInRange}.
 */
export function parseTimestamp(text: string): Timestamp | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [, ...parts] = match;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(0, 6).map(Number);
  const [fraction = "", sign, zoneHours, zoneMinutes] = parts.slice(6);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  const [east, minutesEast] = [Number(zoneHours ?? 0), Number(zoneMinutes ?? 0)];
  if (!isDate || hour > 23 || minute > 59 || second > 59 || east > 24 || minutesEast > 60) return undefined;
  const offset = (sign === "-" ? -60 : 60) * (east * 60 + minutesEast);
  const seconds = date.getTime() / 1000 + hour * 3600 + minute * 60 + second - offset;
  return new Timestamp(seconds, Number(fraction.slice(0, 9).padEnd(9, "0")), offset === 0 ? 0 : offset);
}

/** The moment as `string` converts it: Go's `time.RFC3339Nano`, in the zone that it was written in. */
export function timestampText({ seconds, nanoseconds, offset }: Timestamp): string {
  const fraction = nanoseconds === 0 ? "" : `.${nanoseconds.toString().padStart(9, "0").replace(/0+$/, "")}`;
  const local = new Date((seconds + offset) * 1000).toISOString().slice(0, -".000Z".length);
  return `${local}${fraction}${zoneText(offset)}`;
}

function zoneText(offset: number): string {
  if (offset === 0) return "Z";
  const minutes = Math.trunc(Math.abs(offset) / 60);
  const twoDigits = (number: number): string => number.toString().padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${twoDigits(Math.trunc(minutes / 60))}:${twoDigits(minutes % 60)}`;
}
