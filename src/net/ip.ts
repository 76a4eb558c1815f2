/**
 * IP addresses as the API server reads them. No library agrees with it: leading zeros are decimal (`010.1.2.3` is
 * ten), IPv6 groups may be padded beyond four digits, IPv4-mapped addresses count as IPv4, zones are refused.
 */
export interface IP {
  /** 4 bytes for IPv4 (IPv4-mapped IPv6 included, as the API server takes it), 16 for IPv6. */
  readonly bytes: readonly number[];
  /** Whether the text was an IPv6 address that stands for an IPv4 one (`::ffff:10.0.0.1`). */
  readonly mapped: boolean;
  /** Whether a number in the text is padded with zeros in a way that stricter readers refuse. */
  readonly padded: boolean;
}

export type Family = "IPv4" | "IPv6";

/** The family that the API server counts the address to. */
export function familyOf(ip: IP): Family {
  return ip.bytes.length === 4 ? "IPv4" : "IPv6";
}

/** Reads an address; undefined if the API server would not. Blanks and zones are not tolerated. */
export function parseIP(text: string): IP | undefined {
  return /[.:]/.exec(text)?.[0] === "." ? parseIPv4(text) : parseIPv6(text);
}

function parseIPv4(text: string): IP | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  const bytes: number[] = [];
  let padded = false;
  for (const part of parts) {
    if (!/^\d+$/.test(part)) return undefined;
    const byte = Number(part);
    if (byte > 255) return undefined;
    if (part.length > 1 && part.startsWith("0")) padded = true;
    bytes.push(byte);
  }
  return { bytes, mapped: false, padded };
}

function parseIPv6(text: string): IP | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] ?? "", halves.length === 1);
  const tail = parseGroups(halves[1] ?? "", true);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 16 - head.bytes.length - tail.bytes.length;
  // "::" stands for one group of zeros at least; without it all eight groups are needed.
  if (halves.length === 2 ? missing < 2 : missing !== 0) return undefined;
  const bytes = [...head.bytes, ...new Array<number>(missing).fill(0), ...tail.bytes];
  const padded = head.padded || tail.padded;
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return { bytes: mapped ? bytes.slice(12) : bytes, mapped, padded };
}

interface Groups {
  readonly bytes: readonly number[];
  readonly padded: boolean;
}

const NO_GROUPS: Groups = { bytes: [], padded: false };

/** Reads groups of hexadecimal digits; the last one may be an IPv4 address where the text ends. */
function parseGroups(text: string, endsText: boolean): Groups | undefined {
  if (text === "") return NO_GROUPS;
  const bytes: number[] = [];
  let padded = false;
  const groups = text.split(":");
  for (const [index, group] of groups.entries()) {
    if (group.includes(".")) {
      const embedded = endsText && index === groups.length - 1 ? parseIPv4(group) : undefined;
      if (embedded === undefined) return undefined;
      bytes.push(...embedded.bytes);
      padded ||= embedded.padded;
      continue;
    }
    if (!/^[0-9a-fA-F]+$/.test(group)) return undefined;
    const value = Number.parseInt(group, 16);
    if (value > 0xffff) return undefined;
    padded ||= group.length > 4;
    bytes.push(value >> 8, value & 0xff);
  }
  return { bytes, padded };
}

/** The canonical text: dotted for IPv4 (an IPv4-mapped one too), RFC 5952 for IPv6. */
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

/** The first longest run of two zero groups or more. */
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

/** A kind of address that no traffic from outside can be sent to, or undefined for an ordinary one. */
export function specialUse(ip: IP): "unspecified" | "loopback" | "link-local" | "link-local multicast" | undefined {
  const [a = 0, b = 0, c = 0] = ip.bytes;
  const zerosBeforeLast = ip.bytes.slice(0, -1).every((byte) => byte === 0);
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
