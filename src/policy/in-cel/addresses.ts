import { type Family, firstAddress, formatIP, parseCIDR } from "../../net/index.ts";
import { quoted } from "./literals.ts";
import { and, type Cel, FALSE, or } from "./logic.ts";

/**
 * Whether an address lies in one of the ranges, which are valid. The functions of Kubernetes read neither numbers with leading zeros
 * nor IPv4-mapped addresses, which the API server takes in Services: these are rewritten before.
 */
export function isInRanges(address: Cel, ranges: readonly string[]): Cel {
  const texts = ranges.flatMap((range) => rangeText(range) ?? []);
  if (texts.length === 0) return FALSE;
  const text = plainAddress(address);
  const isInside = texts.map((range) => `cidr(${quoted(range)}).containsIP(one)`);
  return `[${text}].exists(one, ${and("isIP(one)", or(...isInside))})`;
}

/**
 * The length of the prefix of a range that the API server has accepted, in its effective family: ::ffff:10.0.0.0/104 is
 * 10.0.0.0/8.
 */
export function prefixLength(range: Cel): Cel {
  const written = `int(${range}.substring(${range}.indexOf("/") + 1))`;
  return `(${isMapped(range)} ? ${written} - 96 : ${written})`;
}

/** Whether a range that the API server has accepted is of a family; an IPv4-mapped range is one of IPv4. */
export function isOfFamily(range: Cel, family: Family): Cel {
  const isIPv4 = `(!${range}.contains(":") || ${isMapped(range)})`;
  return family === "IPv4" ? isIPv4 : `!${isIPv4}`;
}

function isMapped(range: Cel): Cel {
  return `${range}.matches("(?i)^[0:]+:ffff:[0-9]+[.]")`;
}

/** An IPv4 address without leading zeros, also out of an IPv4-mapped one; any other as it is. */
function plainAddress(text: Cel): Cel {
  const octets = `${text}.substring(${text}.lastIndexOf(":") + 1).split(".").map(octet, string(int(octet))).join(".")`;
  return `${text}.matches("(?i)^([0:]+:ffff:)?[0-9]{1,9}([.][0-9]{1,9}){3}$") ? ${octets} : ${text}`;
}

/** A range as CEL reads it: canonical. */
function rangeText(range: string): string | undefined {
  const cidr = parseCIDR(range);
  if (cidr === undefined) return undefined;
  const length = cidr.ip.mapped ? Math.max(0, cidr.prefix - 96) : cidr.prefix;
  return `${formatIP(firstAddress(cidr))}/${length}`;
}
