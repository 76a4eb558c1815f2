import { CelError, type Timestamp } from "../values/index.ts";
import { parseInteger } from "./numerals.ts";

/** The clock on the wall of a zone, at a moment: its parts are those of UTC in this date. */
export type WallClock = Date;

/** The clock in UTC. */
export function utcClock({ seconds }: Timestamp): WallClock {
  return new Date(seconds * 1000);
}

/**
 * The clock in a zone: an IANA name such as `Europe/Paris`, or hours and minutes from UTC such as `+02:00`. The server's own zone is
 * taken to be UTC. An error if the zone is not known. Source: `inTimeZone` of cel-go, and Go's `time.LoadLocation`.
 */
export function clockIn(timestamp: Timestamp, zone: string): WallClock | CelError {
  const colon = zone.indexOf(":");
  if (colon !== -1) return clockAtOffset(timestamp, zone.slice(0, colon), zone.slice(colon + 1));
  if (zone === "" || zone === "UTC" || zone === "Local") return utcClock(timestamp);
  const format = zoneFormat(zone);
  return format instanceof CelError ? format : clockOf(format, timestamp);
}

function clockAtOffset({ seconds }: Timestamp, hours: string, minutes: string): WallClock | CelError {
  const [h, m] = [parseGoInt(hours), parseGoInt(minutes)];
  if (h instanceof CelError) return h;
  if (m instanceof CelError) return m;
  const offset = h * 60 + (hours.startsWith("-") ? -m : m);
  return new Date((seconds + offset * 60) * 1000);
}

/** Go's `strconv.Atoi`, with its error. */
function parseGoInt(text: string): number | CelError {
  const value = parseInteger(text);
  if (value !== undefined && value >= -(2n ** 63n) && value < 2n ** 63n) return Number(value);
  const problem = /^[+-]?\d+$/.test(text) ? "value out of range" : "invalid syntax";
  return new CelError(`strconv.Atoi: parsing ${JSON.stringify(text)}: ${problem}`);
}

const formats = new Map<string, Intl.DateTimeFormat | CelError>();
const MAX_FORMATS = 100;

function zoneFormat(zone: string): Intl.DateTimeFormat | CelError {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = newZoneFormat(zone);
  if (formats.size >= MAX_FORMATS) formats.clear();
  formats.set(zone, format);
  return format;
}

function newZoneFormat(zone: string): Intl.DateTimeFormat | CelError {
  if (zone.includes("..") || zone.startsWith("/") || zone.includes("\\"))
    return new CelError("time: invalid location name");
  const unknown = new CelError(`unknown time zone ${zone}`);
  try {
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "iso8601",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    // Names of files tell capitals apart, names in JavaScript do not.
    const { timeZone } = format.resolvedOptions();
    return timeZone !== zone && timeZone.toLowerCase() === zone.toLowerCase() ? unknown : format;
  } catch {
    return unknown;
  }
}

function clockOf(format: Intl.DateTimeFormat, { seconds }: Timestamp): WallClock {
  const parts = new Map(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const clock = new Date(0);
  clock.setUTCFullYear(part("year"), part("month") - 1, part("day"));
  clock.setUTCHours(part("hour"), part("minute"), part("second"));
  return clock;
}
