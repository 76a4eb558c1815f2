/** IP addresses and CIDR ranges, read as the API server reads them. */
export {
  addressAfter,
  type CIDR,
  cidrFamily,
  contains,
  firstAddress,
  formatCIDR,
  hasHostBits,
  interpretations,
  lastAddress,
  parseCIDR,
  sameAddress,
} from "./cidr.ts";
export { type Family, familyOf, formatIP, type IP, parseIP, specialUse } from "./ip.ts";
export { blockText, unionOf } from "./range-union.ts";
