import { parseCIDR, parseIP } from "../../net/index.ts";
import { canonicalAddress } from "./canonical-address.ts";
import { fieldName, type Message, oneOf, valueText } from "./message.ts";
import { textFault } from "./text-faults.ts";

const writeCanonical = ({ found }: { readonly found?: unknown }): string | undefined => {
  const canonical = canonicalAddress(found);
  return canonical === undefined || canonical === found ? undefined : `write ${canonical}`;
};

const CIDR_FORMAT = {
  reason: "FieldValueInvalid",
  title: "an address range cannot be read",
  message: ({ found }) => {
    const count = rangesIn(found);
    const fault = count > 1 ? `it holds ${count} ranges` : textFault(found);
    return `${valueText(found)} is not an address range; ${fault ?? "write one like 10.9.8.0/24 or 2001:db8::/64"}`;
  },
  fix: ({ found }) => {
    if (rangesIn(found) > 1) return "write each range as its own list item";
    const canonical = canonicalAddress(found);
    return canonical === undefined || canonical.includes("/")
      ? undefined
      : `for this one address write ${canonical}/${canonical.includes(":") ? 128 : 32}`;
  },
} as const satisfies Message;

/** A Service that cannot hold an address. */
const WITHOUT_NAME = {
  title: "a Service without a valid name cannot hold a cluster IP",
  message: ({ facts }) =>
    facts?.other === undefined
      ? "the Service has no name; metadata.name (or generateName) is needed"
      : `the Service's name is ${valueText(facts.other)}, and a Service with that name cannot hold a cluster IP`,
  fix: ({ facts }) => (facts?.other === undefined ? "add metadata.name" : "give it another name"),
} as const satisfies Message;

/** The rules of addresses, ranges and families. */
export const ADDRESS_MESSAGES = {
  "ip-format": {
    reason: "FieldValueInvalid",
    title: "an address cannot be read",
    message: ({ found }) =>
      `${valueText(found)} is not an IP address; ${textFault(found) ?? "write one like 10.9.8.7 or 2001:db8::1, without spaces, port or zone"}`,
    fix: ({ path, found }) => (isNone(found) && /^clusterIPs?$/.test(fieldName(path)) ? "write None" : undefined),
  },
  "ip-leading-zeros": {
    reason: "FieldValueInvalid",
    since: "strictAddresses",
    title: "an address has leading zeros",
    message: ({ found }) =>
      `${valueText(found)} has leading zeros, which some programs read as octal; 1.36 and later refuse them`,
    fix: writeCanonical,
  },
  "ip-mapped": {
    reason: "FieldValueInvalid",
    since: "strictAddresses",
    title: "an IPv4 address is written as IPv6",
    message: ({ found }) => `${valueText(found)} is an IPv4 address written as IPv6; 1.36 and later refuse it`,
    fix: writeCanonical,
  },
  "ip-special": {
    reason: "FieldValueInvalid",
    title: "an external IP is a reserved address",
    message: ({ found, facts }) =>
      `${valueText(found)} is a reserved address (${facts?.use ?? ""}): no traffic from outside can be sent to it; use one that is routed to your nodes`,
  },
  "cidr-format": CIDR_FORMAT,
  "cidr-in-list-format": { ...CIDR_FORMAT, until: "sourceRangesByItem", reportedAtParent: true },
  "cidr-leading-zeros": {
    reason: "FieldValueInvalid",
    since: "strictAddresses",
    title: "an address range has leading zeros",
    message: ({ found }) => `${valueText(found)} has leading zeros; 1.36 and later refuse them`,
    fix: writeCanonical,
  },
  "cidr-mapped": {
    reason: "FieldValueInvalid",
    since: "strictAddresses",
    title: "an IPv4 range is written as IPv6",
    message: ({ found }) => `${valueText(found)} is an IPv4 range written as IPv6; 1.36 and later refuse it`,
    fix: writeCanonical,
  },
  "cidr-host-bits": {
    reason: "FieldValueInvalid",
    since: "strictAddresses",
    title: "an address range has host bits set",
    message: ({ found }) => `${valueText(found)} has bits set after its prefix; 1.36 and later refuse it`,
    fix: ({ facts }) => `write ${oneOf(facts?.allowed)}`,
  },
  "none-not-alone": {
    reason: "FieldValueInvalid",
    title: "clusterIPs has None and an address",
    message: ({ found }) =>
      `clusterIPs is ${valueText(found)}; None makes the Service headless and must be the only entry`,
  },
  "too-many-cluster-ips": {
    reason: "FieldValueInvalid",
    title: "a Service has more than two cluster IPs",
    message: ({ found }) => `clusterIPs is ${valueText(found)}; there can be at most two, one of each family`,
  },
  "cluster-ips-one-family": {
    reason: "FieldValueInvalid",
    title: "two cluster IPs are not one of each family",
    message: ({ found }) => `clusterIPs is ${valueText(found)}; two of them must be one IPv4 and one IPv6`,
  },
  "cluster-ip-family": {
    reason: "FieldValueInvalid",
    title: "a cluster IP is not of the family in ipFamilies",
    message: ({ found, facts }) =>
      `${valueText(found)} is not ${oneOf(facts?.allowed)}, which ${facts?.other ?? ""} requires`,
  },
  "cluster-ips-alone": {
    reason: "FieldValueInvalid",
    title: "clusterIPs is set without clusterIP",
    message: ({ found }) =>
      `clusterIPs is ${valueText(found)} and clusterIP is not set; the API server does not derive one from the other`,
    fix: ({ facts }) => `add clusterIP: ${isNone(facts?.other) ? "None" : (facts?.other ?? "")}`,
  },
  "cluster-ips-required": {
    reason: "FieldValueRequired",
    title: "clusterIP is set and clusterIPs is empty",
    message: () => "clusterIPs is empty although clusterIP is set; its first entry must be clusterIP",
  },
  "cluster-ips-differ": {
    reason: "FieldValueInvalid",
    title: "the first of clusterIPs is not clusterIP",
    message: ({ found, facts }) =>
      `clusterIPs is ${valueText(found)}, but its first entry must be clusterIP, ${valueText(facts?.other)}`,
  },
  "headless-type": {
    reason: "FieldValueInvalid",
    title: "a headless Service is not of type ClusterIP",
    message: ({ facts }) =>
      `clusterIP is None (headless), but a Service of type ${facts?.type ?? ""} cannot be headless`,
    fix: () => "leave clusterIP out, or use type ClusterIP",
  },
  "not-for-external-name": {
    reason: "FieldValueForbidden",
    title: "an ExternalName Service has addresses",
    message: ({ path, found }) =>
      `${fieldName(path)} is ${valueText(found)}, but an ExternalName is only a DNS alias without addresses`,
    fix: ({ path }) => `leave ${fieldName(path)} out`,
  },
  "duplicate-family": {
    reason: "FieldValueDuplicate",
    title: "an IP family is listed twice",
    message: ({ found }) => `${valueText(found)} occurs twice in ipFamilies; list each family once`,
  },
  "single-stack-with-two": {
    reason: "FieldValueInvalid",
    title: "a SingleStack Service has two addresses or families",
    message: ({ found, facts }) =>
      `ipFamilyPolicy is SingleStack${found === undefined ? " by default" : ""}, but ${facts?.other ?? ""} has two`,
    fix: () => "use PreferDualStack or RequireDualStack, or list only one",
  },
  "single-stack-cluster": {
    range: "serviceCIDRs",
    reason: "FieldValueInvalid",
    title: "RequireDualStack on a cluster with one family",
    message: ({ facts }) => `ipFamilyPolicy is RequireDualStack, but this cluster has ${oneOf(facts?.allowed)} only`,
    fix: () => "use PreferDualStack, which uses the families that the cluster has",
  },
  "family-not-in-cluster": {
    range: "serviceCIDRs",
    reason: "FieldValueInvalid",
    title: "the cluster does not have the IP family",
    message: ({ found, facts }) =>
      `${valueText(found)} is not configured in this cluster, which has ${oneOf(facts?.allowed)}`,
    fix: () => "leave ipFamilies out to use those of the cluster",
  },
  "second-family-lacking": {
    range: "serviceCIDRs",
    status: 500,
    title: "a headless Service would get a family that the cluster does not have",
    message: ({ found, facts }) =>
      `${valueText(found)} would be added, but this cluster has ${oneOf(facts?.allowed)} only, and the API server fails with an internal error`,
    fix: () => "set ipFamilyPolicy: SingleStack, or delete the Service and create it again",
  },
  "address-family-not-in-cluster": {
    range: "serviceCIDRs",
    reason: "FieldValueInvalid",
    title: "a cluster IP is of a family that the cluster does not have",
    message: ({ found, facts }) =>
      `${valueText(found)} is of a family that this cluster does not have; it has ${oneOf(facts?.allowed)}`,
    fix: () => "leave clusterIP out and let the API server allocate one",
  },
  "address-out-of-range": {
    range: "serviceCIDRs",
    reason: "FieldValueInvalid",
    title: "a cluster IP is outside the cluster's service ranges",
    message: ({ found, facts }) =>
      `${valueText(found)} is not a usable address in this cluster's service ranges, ${oneOf(facts?.allowed)} (without network and broadcast addresses)`,
    fix: () => "leave clusterIP out and let the API server allocate one",
  },
  "address-without-name": { ...WITHOUT_NAME, reason: "FieldValueInvalid" },
  "picked-without-name": { ...WITHOUT_NAME, status: 500, until: "unheldAddressRefused" },
  "cluster-ips-unreadable": {
    reason: "InternalError",
    title: "the family of a cluster IP cannot be determined",
    message: ({ found }) => `clusterIPs is ${valueText(found)}: the family of one of them cannot be determined`,
  },
  "address-taken": {
    reason: "FieldValueInvalid",
    title: "a cluster IP is already allocated",
    message: ({ found }) => `${valueText(found)} is already allocated to another Service`,
    fix: () => "leave clusterIP out and let the API server allocate one",
  },
} as const satisfies Record<string, Message>;

function isNone(found: unknown): boolean {
  return typeof found === "string" && found.trim().toLowerCase() === "none";
}

/** How many addresses or ranges stand in one text, separated by spaces, commas or semicolons; 0 if anything else does. */
function rangesIn(found: unknown): number {
  if (typeof found !== "string") return 0;
  const parts = found
    .slice(0, LONGEST_LIST)
    .split(/[\s,;]+/)
    .filter((part) => part !== "");
  return parts.every((part) => parseCIDR(part) !== undefined || parseIP(part) !== undefined) ? parts.length : 0;
}

/** Only this many characters are split: a longer list would not be shown anyway. */
const LONGEST_LIST = 1024;
