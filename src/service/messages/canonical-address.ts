import { formatCIDR, formatIP, parseCIDR, parseIP } from "../../net/index.ts";

/** The canonical text of an address or a CIDR; undefined if the value is neither. */
export function canonicalAddress(found: unknown): string | undefined {
  if (typeof found !== "string") return undefined;
  const ip = parseIP(found.trim());
  if (ip !== undefined) return formatIP(ip);
  const cidr = parseCIDR(found.trim());
  return cidr === undefined ? undefined : formatCIDR(cidr);
}
