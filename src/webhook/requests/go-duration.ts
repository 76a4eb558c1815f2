/** In milliseconds. */
const UNITS = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g;

/** Parses a duration in Go's format (`10s`, `1m30s`, `500ms`) into milliseconds; undefined for anything else. */
export function parseGoDuration(text: string): number | undefined {
  let milliseconds = 0;
  let parsedLength = 0;
  for (const [part, number, unit] of text.matchAll(PART)) {
    milliseconds += Number(number) * (isUnit(unit) ? UNITS[unit] : 0);
    parsedLength += part.length;
  }
  return parsedLength === text.length && parsedLength > 0 ? milliseconds : undefined;
}

function isUnit(text: string | undefined): text is keyof typeof UNITS {
  return text !== undefined && Object.hasOwn(UNITS, text);
}
