/** The values that only Kubernetes' expressions have: addresses, URLs, quantities, versions and formats. */
export { FORMAT_TYPE, FORMATS, NamedFormat } from "./named-format.ts";
export { dns1123Label, dns1123Subdomain, qualifiedName } from "./name-rules.ts";
export { CIDR_TYPE, CIDRValue, IP_TYPE, IPValue, parseCIDRValue, parseIPValue } from "./net-values.ts";
export { parseQuantity, Quantity, QUANTITY_TYPE, quantityOf } from "./quantity.ts";
export { parseSemver, Semver, SEMVER_TYPE } from "./semver.ts";
export { parseUrlValue, URL_TYPE, UrlValue } from "./url-value.ts";
