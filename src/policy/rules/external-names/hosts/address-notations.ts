import { formatIP, type IP, parseIP } from "../../../../net/index.ts";
import { METADATA_ADDRESSES } from "./well-known-hosts.ts";

/** A destination that no external name should lead to: the client itself, or a cloud's metadata service. */
type Trap = "localhost" | "metadata";

/** Resolvers read a name whose last label is a number as an address, in any notation: 127.1, 0x7f000001. */
const NUMERIC = /(^|\.)(\d+|0x[0-9a-f]*)$/;

/** Whether resolvers read the name as an address. */
export function isAddress(name: string): boolean {
  return parseIP(name) !== undefined || NUMERIC.test(name);
}

/** The trap that a name leads to if it is an address in a notation that resolvers read. */
export function trapAt(name: string): Trap | undefined {
  const numbers = name.split(".");
  // Most resolvers read a leading zero as octal, like C; some do not.
  return trapOf(parseIP(name)) ?? (numbers.length > 4 ? undefined : trapOfNumbers(numbers));
}

/**
 * The trap that an address within the name leads to, in the notations of wildcard DNS: 169-254-169-254, a9fea9fe, --1.
 */
export function trapWithin(name: string): Trap | undefined {
  for (const label of name.split(".")) {
    const trap = trapInLabel(label);
    if (trap !== undefined) return trap;
  }
  const tokens = name.split(/[.-]/);
  for (let i = 0; i + 4 <= tokens.length; i++) {
    const four = tokens.slice(i, i + 4);
    if (four.every((token) => DECIMAL.test(token))) {
      const trap = trapOf(parseIP(four.join(".")));
      if (trap !== undefined) return trap;
    }
  }
  return undefined;
}

const DECIMAL = /^\d{1,3}$/;
const LOOPBACK = 0x7f000001;
const METADATA = 0xa9fea9fe;

/** The trap in one label. A single number counts only if it is exactly one of the two addresses: it may be a hash. */
function trapInLabel(label: string): Trap | undefined {
  const number = /^(0x)?[0-9a-f]{8}$/.test(label)
    ? parseInt(label.replace("0x", ""), 16)
    : /^\d{9,10}$/.test(label)
      ? Number(label)
      : undefined;
  if (number === LOOPBACK) return "localhost";
  if (number === METADATA) return "metadata";
  // Hyphens replace colons: --1 is ::1.
  return label.length <= 39 && label.includes("--") ? trapOf(parseIP(label.replaceAll("-", ":"))) : undefined;
}

function trapOfNumbers(texts: readonly string[]): Trap | undefined {
  const numbers = texts.map(numberOf);
  const last = numbers.at(-1);
  if (last === undefined || numbers.some(Number.isNaN)) return undefined;
  // As in inet_aton, the last number fills all remaining bytes.
  const value = numbers.slice(0, -1).reduce((sum, number, i) => sum + number * 256 ** (3 - i), last);
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256);
  return value < 2 ** 32 ? trapOf({ bytes, mapped: false, padded: false }) : undefined;
}

function numberOf(text: string): number {
  if (/^0x[0-9a-f]*$/.test(text)) return parseInt(`0${text.slice(2)}`, 16);
  if (/^0[0-7]+$/.test(text)) return parseInt(text, 8);
  return /^\d+$/.test(text) ? Number(text) : NaN;
}

const UNSPECIFIED = /^(0+|::)$/;

function trapOf(ip: IP | undefined): Trap | undefined {
  if (ip === undefined) return undefined;
  const text = formatIP(ip);
  const [first, second] = ip.bytes;
  if (METADATA_ADDRESSES.has(text) || (ip.bytes.length === 4 && first === 169 && second === 254)) return "metadata";
  const isLoopback = ip.bytes.length === 4 ? first === 127 || ip.bytes.every((byte) => byte === 0) : text === "::1";
  return isLoopback || UNSPECIFIED.test(text) ? "localhost" : undefined;
}
