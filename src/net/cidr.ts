import { type Family, familyOf, formatIP, type IP, parseIP } from "./ip.ts";

/** An address range, as the API server reads it. */
export interface CIDR {
  readonly ip: IP;
  /** The prefix length in bits of the written family: up to 32 for IPv4, up to 128 for IPv6 (IPv4-mapped too). */
  readonly prefix: number;
  /** Whether a number in the text has leading zeros: in the address or in the prefix length. */
  readonly padded: boolean;
}

/** Parses `address/bits`; undefined if the API server rejects the text. */
export function parseCIDR(text: string): CIDR | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const ip = parseIP(text.slice(0, slash));
  const bits = text.slice(slash + 1);
  if (ip === undefined || !/^\d+$/.test(bits)) return undefined;
  const prefix = Number(bits);
  if (prefix > writtenBits(ip)) return undefined;
  return { ip, prefix, padded: ip.padded || (bits.length > 1 && bits.startsWith("0")) };
}

/** The width of the address in bits, in the family that it is written in: 128 for an IPv4-mapped address. */
export function writtenBits(ip: IP): 32 | 128 {
  return ip.bytes.length === 4 && !ip.mapped ? 32 : 128;
}

/** The prefix length in the family that the address counts as: an IPv4-mapped range has 96 bits fewer. */
function effectivePrefix(cidr: CIDR): number {
  return cidr.ip.mapped ? Math.max(0, cidr.prefix - 96) : cidr.prefix;
}

/** The first address of the range. */
export function firstAddress(cidr: CIDR): IP {
  const prefix = effectivePrefix(cidr);
  return { ...cidr.ip, bytes: cidr.ip.bytes.map((byte, i) => byte & maskByte(prefix, i)) };
}

/** The last address of the range. */
export function lastAddress(cidr: CIDR): IP {
  const prefix = effectivePrefix(cidr);
  return { ...cidr.ip, bytes: cidr.ip.bytes.map((byte, i) => byte | (0xff & ~maskByte(prefix, i))) };
}

function maskByte(prefix: number, index: number): number {
  const bits = Math.min(8, Math.max(0, prefix - index * 8));
  return (0xff << (8 - bits)) & 0xff;
}

/** Whether bits after the prefix are set: `10.1.2.3/8`. */
export function hasHostBits(cidr: CIDR): boolean {
  if (cidr.ip.mapped && cidr.prefix < 96) return true;
  const prefix = effectivePrefix(cidr);
  return cidr.ip.bytes.some((byte, i) => (byte & ~maskByte(prefix, i)) !== 0);
}

/** Whether the address lies in the range; an address of the other family does not. */
export function contains(cidr: CIDR, ip: IP): boolean {
  if (familyOf(cidr.ip) !== familyOf(ip)) return false;
  const prefix = effectivePrefix(cidr);
  return ip.bytes.every((byte, i) => (byte & maskByte(prefix, i)) === ((cidr.ip.bytes[i] ?? 0) & maskByte(prefix, i)));
}

/** Whether both are the same address. */
export function sameAddress(a: IP, b: IP): boolean {
  return a.bytes.length === b.bytes.length && a.bytes.every((byte, i) => byte === b.bytes[i]);
}

/** The family of the range's addresses. */
export function cidrFamily(cidr: CIDR): Family {
  return familyOf(cidr.ip);
}

/** The canonical text; host bits are kept. */
export function formatCIDR(cidr: CIDR): string {
  return `${formatIP(cidr.ip)}/${effectivePrefix(cidr)}`;
}

/** The two possible meanings of a range with host bits: the single address, or the whole range. */
export function interpretations(cidr: CIDR): [address: string, range: string] {
  const prefix = effectivePrefix(cidr);
  return [`${formatIP(cidr.ip)}/${cidr.ip.bytes.length * 8}`, `${formatIP(firstAddress(cidr))}/${prefix}`];
}

/** The address `steps` after `ip`, wrapping around within the width of the family. */
export function addressAfter(ip: IP, steps: number): IP {
  const bytes = [...ip.bytes];
  let carry = steps;
  for (let i = bytes.length - 1; i >= 0; i--) {
    const sum = (bytes[i] ?? 0) + carry;
    bytes[i] = sum & 0xff;
    carry = sum >>> 8;
  }
  return { ...ip, bytes };
}
