/**
 * An IP address as the API server reads it. No library agrees with the server: numbers with leading zeros are decimal
 * (`010.1.2.3` starts with ten), IPv6 groups may be padded beyond four digits, IPv4-mapped addresses count as IPv4, zones
 * are rejected.
 */
export interface IP {
  /** 4 bytes for IPv4 (also for IPv4-mapped IPv6, as in the API server), 16 for IPv6. */
  readonly bytes: readonly number[];
  /** Whether the text was an IPv4-mapped IPv6 address (`::ffff:10.0.0.1`). */
  readonly mapped: boolean;
  /** Whether a number in the text has leading zeros that stricter parsers reject. */
  readonly padded: boolean;
}

/** An IP family, as Kubernetes spells it. */
export type Family = "IPv4" | "IPv6";

/** The family of the address in the API server: IPv4 for an IPv4-mapped address. */
export function familyOf(ip: IP): Family {
  return ip.bytes.length === 4 ? "IPv4" : "IPv6";
}

const [DOT, COLON, ZERO, UPPER_A, LOWER_A] = [0x2e, 0x3a, 0x30, 0x41, 0x61];

/**
 * Parses an address; undefined if the API server rejects the text. Blanks and zones are not allowed. Goes character by
 * character for speed: a Service may have half a million addresses.
 */
export function parseIP(text: string): IP | undefined {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT) return parseIPv4(text, 0);
    if (code === COLON) return parseIPv6(text);
  }
  return undefined;
}

/** Parses four decimal numbers up to 255, from `start` to the end of the text. */
function parseIPv4(text: string, start: number): IP | undefined {
  const bytes: number[] = [];
  let padded = false;
  let at = start;
  for (;;) {
    const first = at;
    let byte = 0;
    for (; at < text.length; at++) {
      const digit = text.charCodeAt(at) - ZERO;
      if (digit < 0 || digit > 9) break;
      byte = byte * 10 + digit;
      if (byte > 255) return undefined;
    }
    if (at === first) return undefined;
    padded ||= at - first > 1 && text.charCodeAt(first) === ZERO;
    if (bytes.push(byte) === 4) return at === text.length ? { bytes, mapped: false, padded } : undefined;
    if (text.charCodeAt(at) !== DOT) return undefined;
    at++;
  }
}

/**
 * Parses groups of hexadecimal digits; the last one may be an IPv4 address, and `::` stands for at least one group of
 * zeros.
 */
function parseIPv6(text: string): IP | undefined {
  const head: number[] = [];
  let tail: number[] | undefined;
  let padded = false;
  for (let at = 0; ;) {
    if (text.startsWith("::", at)) {
      if (tail !== undefined) return undefined;
      tail = [];
      at += 2;
      if (at === text.length) break;
    } else if (at > 0) at++;
    const bytes = tail ?? head;
    const first = at;
    let value = 0;
    for (; at < text.length && text.charCodeAt(at) !== COLON; at++) {
      if (text.charCodeAt(at) === DOT) break;
      value = value * 16 + hexDigit(text.charCodeAt(at));
      if (!(value <= 0xffff)) return undefined;
    }
    if (at === first || bytes.length > 14) return undefined;
    if (text.charCodeAt(at) === DOT) {
      const embedded = parseIPv4(text, first);
      if (embedded === undefined) return undefined;
      bytes.push(...embedded.bytes);
      padded ||= embedded.padded;
      break;
    }
    padded ||= at - first > 4;
    bytes.push(value >> 8, value & 0xff);
    if (at === text.length) break;
  }
  return wholeIPv6(head, tail, padded);
}

/** The value of a hexadecimal digit; NaN for any other character. */
function hexDigit(code: number): number {
  if (code >= ZERO && code < ZERO + 10) return code - ZERO;
  if (code >= LOWER_A && code < LOWER_A + 6) return code - LOWER_A + 10;
  return code >= UPPER_A && code < UPPER_A + 6 ? code - UPPER_A + 10 : Number.NaN;
}

/** The address from the bytes before its `::` and after it (`tail`); without `::` there is no tail. */
function wholeIPv6(bytes: number[], tail: readonly number[] | undefined, padded: boolean): IP | undefined {
  const missing = 16 - bytes.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  for (let i = 0; i < missing; i++) bytes.push(0);
  if (tail !== undefined) bytes.push(...tail);
  const mapped = bytes[10] === 0xff && bytes[11] === 0xff && bytes.slice(0, 10).every((byte) => byte === 0);
  return { bytes: mapped ? bytes.slice(12) : bytes, mapped, padded };
}

/** The canonical text: dotted decimal for IPv4 (also if IPv4-mapped), RFC 5952 for IPv6. */
export function formatIP(ip: { readonly bytes: readonly number[] }): string {
  if (ip.bytes.length === 4) return ip.bytes.join(".");
  const groups: number[] = [];
  for (let i = 0; i < 16; i += 2) groups.push(((ip.bytes[i] ?? 0) << 8) | (ip.bytes[i + 1] ?? 0));
  const zeros = longestZeroRun(groups);
  if (zeros === undefined) return hex(groups);
  return `${hex(groups.slice(0, zeros.start))}::${hex(groups.slice(zeros.end))}`;
}

function hex(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(":");
}

/** The first of the longest runs of at least two zero groups. */
function longestZeroRun(groups: readonly number[]): { start: number; end: number } | undefined {
  let longest: { start: number; end: number } | undefined;
  let start = 0;
  for (let end = 0; end <= groups.length; end++) {
    if (groups[end] === 0) continue;
    if (end - start >= 2 && (longest === undefined || end - start > longest.end - longest.start))
      longest = { start, end };
    start = end + 1;
  }
  return longest;
}

/** The special use of an address that traffic from outside cannot be sent to; undefined for an ordinary address. */
export function specialUse(ip: IP): "unspecified" | "loopback" | "link-local" | "link-local multicast" | undefined {
  const [a = 0, b = 0, c = 0] = ip.bytes;
  const zerosBeforeLast = a === 0 && ip.bytes.slice(0, -1).every((byte) => byte === 0);
  const last = ip.bytes.at(-1);
  if (zerosBeforeLast && last === 0) return "unspecified";
  if (ip.bytes.length === 4) {
    if (a === 127) return "loopback";
    if (a === 169 && b === 254) return "link-local";
    if (a === 224 && b === 0 && c === 0) return "link-local multicast";
    return undefined;
  }
  if (zerosBeforeLast && last === 1) return "loopback";
  if (a === 0xfe && (b & 0xc0) === 0x80) return "link-local";
  if (a === 0xff && (b & 0x0f) === 0x02) return "link-local multicast";
  return undefined;
}
