import { familyOf, specialUse } from "../../net/index.ts";
import { type FunctionDeclaration, type Overload, traversalCost } from "../functions/index.ts";
import { CIDR_TYPE, CIDRValue, IP_TYPE, IPValue, parseCIDRValue, parseIPValue } from "../kubernetes/index.ts";
import { method, NO_SUCH_OVERLOAD, overload } from "../standard/index.ts";
import { BOOL, INT, STRING, type Type } from "../types/index.ts";
import { CelError, type Result, type Value } from "../values/index.ts";
import { type Cost, costSize, declared, readingCost } from "./declare.ts";

function ofText(id: string, result: Type, call: (text: string) => Result): Overload {
  return overload([id, [STRING], result], (text) => (typeof text === "string" ? call(text) : NO_SUCH_OVERLOAD));
}

function ofIP(id: string, result: Type, call: (ip: IPValue) => Result): Overload {
  return method([id, [IP_TYPE], result], (ip) => (ip instanceof IPValue ? call(ip) : NO_SUCH_OVERLOAD));
}

function ofCIDR(id: string, result: Type, call: (cidr: CIDRValue) => Result): Overload {
  return method([id, [CIDR_TYPE], result], (cidr) => (cidr instanceof CIDRValue ? call(cidr) : NO_SUCH_OVERLOAD));
}

function isCanonical(text: string): Result {
  const ip = parseIPValue(text);
  return ip instanceof CelError ? ip : ip.toString() === text;
}

/** The conversion of `string` has the cost of a conversion. */
function toText(id: string, type: Type): FunctionDeclaration {
  const call = (value: Value): Result =>
    value instanceof IPValue || value instanceof CIDRValue ? value.toString() : NO_SUCH_OVERLOAD;
  return declared("string", [overload([id, [type], STRING], call)]);
}

const SPECIAL_USES = [
  ["isUnspecified", "ip_is_unspecified", "unspecified"],
  ["isLoopback", "ip_is_loopback", "loopback"],
  ["isLinkLocalMulticast", "ip_is_link_local_multicast", "link-local multicast"],
  ["isLinkLocalUnicast", "ip_is_link_local_unicast", "link-local"],
] as const;

/** The functions of addresses. Source: the API server's `library/ip.go`. */
export const IPS: readonly FunctionDeclaration[] = [
  declared("ip", [ofText("string_to_ip", IP_TYPE, parseIPValue)], readingCost()),
  declared("family", [ofIP("ip_family", INT, ({ ip }) => (familyOf(ip) === "IPv4" ? 4n : 6n))]),
  declared("ip.isCanonical", [ofText("ip_is_canonical", BOOL, isCanonical)], readingCost(2)),
  ...SPECIAL_USES.map(([name, id, use]) => declared(name, [ofIP(id, BOOL, ({ ip }) => specialUse(ip) === use)])),
  declared("isGlobalUnicast", [ofIP("ip_is_global_unicast", BOOL, ({ isGlobalUnicast }) => isGlobalUnicast)]),
  declared("isIP", [ofText("is_ip", BOOL, (text) => parseIPValue(text) instanceof IPValue)], readingCost()),
  toText("ip_to_string", IP_TYPE),
];

function containsIP(cidr: Value, ip: Value): Result {
  if (!(cidr instanceof CIDRValue)) return NO_SUCH_OVERLOAD;
  // What is wrong with a text that is no address is not told.
  const value = typeof ip === "string" ? parseIPValue(ip) : ip;
  return value instanceof IPValue ? cidr.containsIP(value) : NO_SUCH_OVERLOAD;
}

function containsCIDR(cidr: Value, other: Value): Result {
  if (!(cidr instanceof CIDRValue)) return NO_SUCH_OVERLOAD;
  const value = typeof other === "string" ? parseCIDRValue(other) : other;
  if (value instanceof CelError) return value;
  return value instanceof CIDRValue ? cidr.containsCIDR(value) : NO_SUCH_OVERLOAD;
}

/** The bits are compared up to the prefix; a text has to be read. */
function containmentCost(more: (size: number) => number): { readonly known: Cost; readonly text: Cost } {
  const known: Cost = ([cidr]) => traversalCost(2 * costSize(cidr)) + more(costSize(cidr));
  return { known, text: (args, result) => known(args, result) + traversalCost(costSize(args[1])) };
}

const IP_COST = containmentCost(() => 0);
const CIDR_COST = containmentCost((size) => traversalCost(size) + 1);

/** The functions of address ranges. Source: the API server's `library/cidr.go`. */
export const CIDRS: readonly FunctionDeclaration[] = [
  declared("cidr", [ofText("string_to_cidr", CIDR_TYPE, parseCIDRValue)], readingCost()),
  declared(
    "containsIP",
    [
      { ...method(["cidr_contains_ip_string", [CIDR_TYPE, STRING], BOOL], containsIP), cost: IP_COST.text },
      method(["cidr_contains_ip_ip", [CIDR_TYPE, IP_TYPE], BOOL], containsIP),
    ],
    IP_COST.known,
  ),
  declared(
    "containsCIDR",
    [
      { ...method(["cidr_contains_cidr_string", [CIDR_TYPE, STRING], BOOL], containsCIDR), cost: CIDR_COST.text },
      method(["cidr_contains_cidr", [CIDR_TYPE, CIDR_TYPE], BOOL], containsCIDR),
    ],
    CIDR_COST.known,
  ),
  declared("ip", [{ ...ofCIDR("cidr_ip", IP_TYPE, ({ cidr }) => new IPValue(cidr.ip)), cost: () => 1 }], readingCost()),
  declared("prefixLength", [ofCIDR("cidr_prefix_length", INT, ({ cidr }) => BigInt(cidr.prefix))]),
  declared("masked", [ofCIDR("cidr_masked", CIDR_TYPE, (cidr) => cidr.masked())]),
  declared("isCIDR", [ofText("is_cidr", BOOL, (text) => parseCIDRValue(text) instanceof CIDRValue)], readingCost()),
  toText("cidr_to_string", CIDR_TYPE),
];
