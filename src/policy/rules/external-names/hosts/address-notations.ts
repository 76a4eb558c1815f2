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

/** {@link isAddress} as a pattern of RE2, for names that the API server has accepted. */
export const ADDRESS_PATTERN = NUMERIC.source;

const OCTET = "(25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})";
/** Zeros, as groups of an IPv6 address in which hyphens replace colons, that `--` stands for or are written beside it. */
const ZEROS = "0+(-0+)*--(0+-)*";
const MAPPED = `${ZEROS}0*ffff-`;

/** {@link trapWithin} as patterns of RE2, for names that the API server has accepted. */
export const TRAP_PATTERNS: Readonly<Record<Trap, string>> = {
  localhost: trapPattern({
    octets: [`127([.-]${OCTET}){3}`, "0{1,3}([.-]0{1,3}){3}"],
    labels: ["(0x)?7f000001", "2130706433", `${ZEROS}0*[01]`, `${MAPPED}(0*7f[0-9a-f]{2}-[0-9a-f]+|0+-0+)`],
  }),
  metadata: trapPattern({
    octets: [
      `169[.-]254([.-]${OCTET}){2}`,
      "100[.-]100[.-]100[.-]200",
      "168[.-]0?63[.-]129[.-]0?16",
      "192([.-]0{1,3}){2}[.-]192",
    ],
    labels: [
      "(0x)?a9fea9fe",
      "2852039166",
      "0*fd00-0*ec2(-0+)*--(0+-)*0*254",
      `${MAPPED}0*(a9fe-[0-9a-f]+|6464-0*64c8|a83f-0*8110|c000-0*c0)`,
    ],
  }),
};

function trapPattern({ octets, labels }: Readonly<Record<"octets" | "labels", readonly string[]>>): string {
  return `(^|[.-])(${octets.join("|")})($|[.-])|(^|[.])(${labels.join("|")})($|[.])`;
}
