import {
  type CIDR,
  contains,
  firstAddress,
  formatCIDR,
  formatIP,
  type IP,
  sameAddress,
  specialUse,
} from "../../net/index.ts";
import { Failure, isMapped, parseAddress, parsePrefix } from "../go/index.ts";
import { goQuote } from "../../field/index.ts";
import { opaqueType, type Type } from "../types/index.ts";
import { CelError, type Value } from "../values/index.ts";
import { KubernetesValue } from "./kubernetes-value.ts";

export const IP_TYPE = opaqueType("net.IP");
export const CIDR_TYPE = opaqueType("net.CIDR");

/** An address: neither with a zone nor IPv4 written as IPv6. Source: `IP` of the API server's `pkg/cel`. */
export class IPValue extends KubernetesValue {
  readonly type: Type = IP_TYPE;
  readonly ip: IP;

  constructor(ip: IP) {
    super();
    this.ip = ip;
  }

  /** For the cost: the bytes of the address. */
  get size(): number {
    return this.ip.bytes.length;
  }

  override equals(other: Value): boolean {
    return other instanceof IPValue && sameAddress(this.ip, other.ip);
  }

  override toString(): string {
    return formatIP(this.ip);
  }

  /** Whether it is neither unspecified, loopback, multicast, link-local nor the broadcast address. Source: Go's `netip`. */
  get isGlobalUnicast(): boolean {
    const [first = 0] = this.ip.bytes;
    if (this.ip.bytes.length === 16) return first !== 0xff && specialUse(this.ip) === undefined;
    const isBroadcast = this.ip.bytes.every((byte) => byte === 255);
    return (first & 0xf0) !== 0xe0 && !isBroadcast && specialUse(this.ip) === undefined;
  }
}

/** An address range, whose address may have bits behind the prefix. Source: `CIDR` of the API server's `pkg/cel`. */
export class CIDRValue extends KubernetesValue {
  readonly type: Type = CIDR_TYPE;
  readonly cidr: CIDR;

  constructor(cidr: CIDR) {
    super();
    this.cidr = cidr;
  }

  /** For the cost: the bytes of the prefix. */
  get size(): number {
    return Math.ceil(this.cidr.prefix / 8);
  }

  override equals(other: Value): boolean {
    return (
      other instanceof CIDRValue && this.cidr.prefix === other.cidr.prefix && sameAddress(this.cidr.ip, other.cidr.ip)
    );
  }

  override toString(): string {
    return formatCIDR(this.cidr);
  }

  containsIP({ ip }: IPValue): boolean {
    return contains(this.cidr, ip);
  }

  containsCIDR({ cidr }: CIDRValue): boolean {
    return this.cidr.prefix <= cidr.prefix && contains(this.cidr, cidr.ip);
  }

  /** The range without the bits behind the prefix. */
  masked(): CIDRValue {
    return new CIDRValue({ ...this.cidr, ip: firstAddress(this.cidr) });
  }
}

/** Reads an address. Source: `parseIPAddr` of the API server's `library/ip.go`. */
export function parseIPValue(text: string): IPValue | CelError {
  const address = parseAddress(text);
  if (address instanceof Failure)
    return new CelError(`IP Address ${goQuote(text)} parse error during conversion from string: ${address.message}`);
  if (address.zone !== "") return new CelError(`IP address ${goQuote(text)} with zone value is not allowed`);
  if (isMapped(address)) return mappedError(text);
  return new IPValue({ bytes: address.bytes, mapped: false, padded: false });
}

function mappedError(text: string): CelError {
  return new CelError(`IPv4-mapped IPv6 address ${goQuote(text)} is not allowed`);
}

/** Reads an address range. Source: `parseCIDR` of the API server's `library/cidr.go`. */
export function parseCIDRValue(text: string): CIDRValue | CelError {
  const prefix = parsePrefix(text);
  // A text that is no range is introduced twice.
  if (prefix instanceof Failure) return cidrError(cidrError(prefix.message).message);
  if (isMapped(prefix.address)) return cidrError(mappedError(text).message);
  return new CIDRValue({
    ip: { bytes: prefix.address.bytes, mapped: false, padded: false },
    prefix: prefix.bits,
    padded: false,
  });
}

function cidrError(message: string): CelError {
  return new CelError(`network address parse error during conversion from string: ${message}`);
}
