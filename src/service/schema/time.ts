/**
 * RFC 3339 as Go parses it: a fraction and an hour of one digit are allowed; leap seconds and a lower-case `t` or `z` are
 * not.
 */
const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|([+-])(\d\d):(\d\d))$/;

/** The fast path: the API server's own format, on a day that every month has. Most timestamps match. */
const CANONICAL = /^(?!0001)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

/**
 * Parses a timestamp and formats it like the API server: UTC, whole seconds. Undefined if it is invalid, null for Go's
 * zero time, the first instant of the year 1.
 */
export function canonicalTime(text: string): string | null | undefined {
  if (CANONICAL.test(text)) return text;
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const offsetHours = Number(match[8] ?? 0);
  const offsetMinutes = Number(match[9] ?? 0);
  if (offsetHours > 24 || offsetMinutes > 60) return undefined;
  const offset = offsetHours * 60 + offsetMinutes;
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, day);
  instant.setUTCHours(hour, match[7] === "-" ? minute + offset : minute - offset, second);
  if (instant.getTime() === ZERO_TIME && !/[.,]0{0,8}[1-9]/.test(text)) return null;
  const utcYear = instant.getUTCFullYear();
  const yearText = `${utcYear < 0 ? "-" : ""}${String(Math.abs(utcYear)).padStart(4, "0")}`;
  return `${yearText}${instant.toISOString().replace(/^[+-]?\d+|\.\d+(?=Z$)/g, "")}`;
}

const ZERO_TIME = Date.parse("0001-01-01T00:00:00Z");

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
