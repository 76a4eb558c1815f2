import { goQuote } from "../../field/index.ts";
import { Failure } from "./failure.ts";

/** An IP address as Go's `net/netip` has it: an IPv4-mapped one stays an IPv6 address. */
export interface Address {
  /** 4 bytes for IPv4, 16 for IPv6. */
  readonly bytes: readonly number[];
  /** What stands behind a `%`; empty without. */
  readonly zone: string;
}

/** An address and the number of bits before the slash and behind it. */
export interface Prefix {
  readonly address: Address;
  readonly bits: number;
}

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** Whether it is an IPv4 address written as an IPv6 address: `::ffff:10.0.0.1`. */
export function isMapped({ bytes }: Address): boolean {
  return bytes.length === 16 && MAPPED.every((byte, i) => byte === bytes[i]);
}

/** Reads an address. Stricter than the API server's reader of Services: no leading zeros. Source: `netip.ParseAddr` of Go. */
export function parseAddress(text: string): Address | Failure {
  const first = /[.:%]/.exec(text)?.[0];
  if (first === ":") return parseIPv6(text);
  if (first !== ".") return failure(text, first === "%" ? "missing IPv6 address" : "unable to parse IP");
  const bytes = fourBytes(text, text);
  return bytes instanceof Failure ? bytes : { bytes, zone: "" };
}

/** Reads an address range. Source: `netip.ParsePrefix` of Go. */
export function parsePrefix(text: string): Prefix | Failure {
  const fail = (message: string): Failure => new Failure(`netip.ParsePrefix(${goQuote(text)}): ${message}`);
  const slash = text.lastIndexOf("/");
  if (slash < 0) return fail("no '/'");
  const address = parseAddress(text.slice(0, slash));
  if (address instanceof Failure) return fail(address.message);
  if (address.zone !== "") return fail("IPv6 zones cannot be present in a prefix");
  const digits = text.slice(slash + 1);
  // More digits than these are no number of Go's.
  if (!/^(\d|[1-9]\d*)$/.test(digits) || Number(digits) >= 2 ** 63)
    return fail(`bad bits after slash: ${goQuote(digits)}`);
  const bits = Number(digits);
  return bits > address.bytes.length * 8 ? fail("prefix length out of range") : { address, bits };
}

function failure(text: string, message: string, rest = ""): Failure {
  const place = rest === "" ? "" : ` (at ${goQuote(rest)})`;
  return new Failure(`ParseAddr(${goQuote(text)}): ${message}${place}`);
}

/** The four numbers of `text`, which is the whole address or the end of it. */
function fourBytes(whole: string, text: string): number[] | Failure {
  const bytes: number[] = [];
  let digits = 0;
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character >= "0" && character <= "9") {
      if (digits === 1 && value === 0) return failure(whole, "IPv4 field has octet with leading zero");
      value = value * 10 + Number(character);
      digits++;
      if (value > 255) return failure(whole, "IPv4 field has value >255");
    } else if (character === ".") {
      if (at === 0 || at === text.length - 1 || text.charAt(at - 1) === ".")
        return failure(whole, "IPv4 field must have at least one digit", text.slice(at));
      if (bytes.length === 3) return failure(whole, "IPv4 address too long");
      bytes.push(value);
      value = 0;
      digits = 0;
    } else return failure(whole, "unexpected character", text.slice(at));
  }
  if (bytes.length < 3) return failure(whole, "IPv4 address too short");
  return [...bytes, value];
}

function parseIPv6(text: string): Address | Failure {
  const percent = text.indexOf("%");
  const zone = percent < 0 ? "" : text.slice(percent + 1);
  if (percent >= 0 && zone === "") return failure(text, "zone must be a non-empty string");
  const bytes = sixteenBytes(text, percent < 0 ? text : text.slice(0, percent));
  return bytes instanceof Failure ? bytes : { bytes, zone };
}

function sixteenBytes(whole: string, address: string): number[] | Failure {
  const bytes: number[] = [];
  let rest = address;
  /** Where the `::` is, in bytes. */
  let gap = -1;
  if (rest.startsWith("::")) {
    gap = 0;
    rest = rest.slice(2);
  }
  while (bytes.length < 16 && !(rest === "" && gap === bytes.length)) {
    const group = /^[0-9a-fA-F]{0,5}/.exec(rest)?.[0] ?? "";
    if (group.length > 4) return failure(whole, "each group must have 4 or less digits", rest);
    if (group === "") return failure(whole, "each colon-separated field must have at least one digit", rest);
    if (rest.charAt(group.length) === ".") {
      if (gap < 0 && bytes.length !== 12)
        return failure(whole, "embedded IPv4 address must replace the final 2 fields of the address", rest);
      if (bytes.length > 12)
        return failure(whole, "too many hex fields to fit an embedded IPv4 at the end of the address", rest);
      const last = fourBytes(whole, rest);
      if (last instanceof Failure) return last;
      bytes.push(...last);
      rest = "";
      break;
    }
    const value = Number.parseInt(group, 16);
    bytes.push(value >> 8, value & 0xff);
    rest = rest.slice(group.length);
    if (rest === "") break;
    if (!rest.startsWith(":")) return failure(whole, "unexpected character, want colon", rest);
    if (rest === ":") return failure(whole, "colon must be followed by more characters", rest);
    rest = rest.slice(1);
    if (rest.startsWith(":")) {
      if (gap >= 0) return failure(whole, "multiple :: in address", rest);
      gap = bytes.length;
      rest = rest.slice(1);
    }
  }
  if (rest !== "") return failure(whole, "trailing garbage after address", rest);
  return filled(whole, bytes, gap);
}

/** The address with zeros for its `::`. */
function filled(whole: string, bytes: readonly number[], gap: number): number[] | Failure {
  const missing = 16 - bytes.length;
  if (gap < 0) return missing === 0 ? [...bytes] : failure(whole, "address string too short");
  if (missing === 0) return failure(whole, "the :: must expand to at least one field of zeros");
  return [...bytes.slice(0, gap), ...new Array<number>(missing).fill(0), ...bytes.slice(gap)];
}
