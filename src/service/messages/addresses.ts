import { parseCIDR, parseIP } from "../../net/index.ts";
import { canonicalAddress } from "./canonical-address.ts";
import { fieldName, type Message, oneOf, valueText } from "./message.ts";
import { textFault } from "./text-faults.ts";

const writeCanonical = ({ found }: { readonly found?: unknown }): string | undefined => {
  const canonical = canonicalAddress(found);
  return canonical === undefined || canonical === found ? undefined : `write ${canonical}`;
};

/** The rules of addresses, ranges and families. */
export const ADDRESS_MESSAGES = {
  "ip-format": {
    reason: "FieldValueInvalid",
    title: "an address is one that can be read",
    message: ({ found }) =>
      `${valueText(found)} is not an IP address; ${textFault(found) ?? "write one like 10.9.8.7 or 2001:db8::1, without spaces, port or zone"}`,
    fix: ({ path, found }) => (isNone(found) && /^clusterIPs?$/.test(fieldName(path)) ? "write None" : undefined),
  },
  "ip-leading-zeros": {
    reason: "FieldValueInvalid",
    since: "strictAddresses",
    title: "an address has no leading zeros",
    message: ({ found }) =>
      `${valueText(found)} has leading zeros, which some programs read as octal; from 1.36 they are refused`,
    fix: writeCanonical,
  },
  "ip-mapped": {
    reason: "FieldValueInvalid",
    since: "strictAddresses",
    title: "an IPv4 address is not wrapped in an IPv6 one",
    message: ({ found }) => `${valueText(found)} is an IPv4 address written as IPv6; from 1.36 that is refused`,
    fix: writeCanonical,
  },
  "ip-special": {
    reason: "FieldValueInvalid",
    title: "an external IP is one that traffic can be sent to",
    message: ({ found, facts }) =>
      `${valueText(found)} is a reserved address (${facts?.use ?? ""}): no traffic from outside can be sent to it; use one that is routed to your nodes`,
  },
  "cidr-format": {
    reason: "FieldValueInvalid",
    title: "a range is one that can be read",
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
  },
  "cidr-leading-zeros": {
    reason: "FieldValueInvalid",
    since: "strictAddresses",
    title: "a range has no leading zeros",
    message: ({ found }) => `${valueText(found)} has leading zeros; from 1.36 they are refused`,
    fix: writeCanonical,
  },
  "cidr-mapped": {
    reason: "FieldValueInvalid",
    since: "strictAddresses",
    title: "an IPv4 range is not wrapped in an IPv6 one",
    message: ({ found }) => `${valueText(found)} is an IPv4 range written as IPv6; from 1.36 that is refused`,
    fix: writeCanonical,
  },
  "cidr-host-bits": {
    reason: "FieldValueInvalid",
    since: "strictAddresses",
    title: "a range has no bits behind its prefix",
    message: ({ found }) => `${valueText(found)} has bits set behind its prefix; from 1.36 that is refused`,
    fix: ({ facts }) => `write ${oneOf(facts?.allowed)}`,
  },
  "none-not-alone": {
    reason: "FieldValueInvalid",
    title: "None stands alone",
    message: ({ found }) => `clusterIPs is ${valueText(found)}; None makes the Service headless and stands alone`,
  },
  "too-many-cluster-ips": {
    reason: "FieldValueInvalid",
    title: "a Service has at most two cluster IPs",
    message: ({ found }) => `clusterIPs is ${valueText(found)}; there are at most two, one of each family`,
  },
  "cluster-ips-one-family": {
    reason: "FieldValueInvalid",
    title: "two cluster IPs are of two families",
    message: ({ found }) => `clusterIPs is ${valueText(found)}; two of them must be one IPv4 and one IPv6`,
  },
  "cluster-ip-family": {
    reason: "FieldValueInvalid",
    title: "a cluster IP is of the family that the Service names",
    message: ({ found, facts }) =>
      `${valueText(found)} is not ${oneOf(facts?.allowed)}, which ${facts?.other ?? ""} asks for at its place`,
  },
  "cluster-ips-alone": {
    reason: "FieldValueInvalid",
    title: "clusterIPs goes with clusterIP",
    message: ({ found }) =>
      `clusterIPs is ${valueText(found)} and clusterIP is not set; the server does not fill the one from the other`,
    fix: ({ facts }) => `add clusterIP: ${isNone(facts?.other) ? "None" : (facts?.other ?? "")}`,
  },
  "cluster-ips-required": {
    reason: "FieldValueRequired",
    title: "clusterIP goes with clusterIPs",
    message: () => "clusterIPs is empty although clusterIP is set; its first entry must be clusterIP",
  },
  "cluster-ips-differ": {
    reason: "FieldValueInvalid",
    title: "the first of clusterIPs is clusterIP",
    message: ({ found, facts }) =>
      `clusterIPs is ${valueText(found)}, and its first entry must be clusterIP, ${valueText(facts?.other)}`,
  },
  "headless-type": {
    reason: "FieldValueInvalid",
    title: "a headless Service is of type ClusterIP",
    message: ({ facts }) => `clusterIP is None (headless), which a Service of type ${facts?.type ?? ""} cannot be`,
    fix: () => "leave clusterIP out, or use type ClusterIP",
  },
  "not-for-external-name": {
    reason: "FieldValueForbidden",
    title: "an ExternalName Service has no addresses",
    message: ({ path, found }) =>
      `${fieldName(path)} is ${valueText(found)}, and an ExternalName is only a DNS alias without addresses`,
    fix: ({ path }) => `leave ${fieldName(path)} out`,
  },
  "duplicate-family": {
    reason: "FieldValueDuplicate",
    title: "a family is named once",
    message: ({ found }) => `${valueText(found)} stands twice in ipFamilies; name each family once`,
  },
  "single-stack-with-two": {
    reason: "FieldValueInvalid",
    title: "SingleStack has one address and one family",
    message: ({ found, facts }) =>
      `ipFamilyPolicy is SingleStack${found === undefined ? " unless said otherwise" : ""}, and ${facts?.other ?? ""} names two`,
    fix: () => "use PreferDualStack or RequireDualStack, or name one only",
  },
  "single-stack-cluster": {
    range: "serviceCIDRs",
    reason: "FieldValueInvalid",
    title: "dual stack needs a dual-stack cluster",
    message: ({ facts }) => `ipFamilyPolicy is RequireDualStack, and this cluster has ${oneOf(facts?.allowed)} only`,
    fix: () => "use PreferDualStack, which takes what the cluster has",
  },
  "family-not-in-cluster": {
    range: "serviceCIDRs",
    reason: "FieldValueInvalid",
    title: "a family is one that the cluster has",
    message: ({ found, facts }) =>
      `${valueText(found)} is not configured in this cluster, which has ${oneOf(facts?.allowed)}`,
    fix: () => "leave ipFamilies out, and the cluster's own are taken",
  },
  "second-family-lacking": {
    range: "serviceCIDRs",
    serverFails: true,
    title: "no Service is made headless with a family that the cluster lacks",
    message: ({ found, facts }) =>
      `${valueText(found)} would be added, this cluster has ${oneOf(facts?.allowed)} only, and the server fails on that`,
    fix: () => "say ipFamilyPolicy: SingleStack, or make the Service anew",
  },
  "address-family-not-in-cluster": {
    range: "serviceCIDRs",
    reason: "FieldValueInvalid",
    title: "a cluster IP is of a family that the cluster has",
    message: ({ found, facts }) =>
      `${valueText(found)} is of a family that this cluster does not have; it has ${oneOf(facts?.allowed)}`,
    fix: () => "leave clusterIP out and let the server pick one",
  },
  "address-out-of-range": {
    range: "serviceCIDRs",
    reason: "FieldValueInvalid",
    title: "a cluster IP lies in the service ranges",
    message: ({ found, facts }) =>
      `${valueText(found)} is no usable address of this cluster's service ranges, ${oneOf(facts?.allowed)} (network and broadcast addresses are none)`,
    fix: () => "leave clusterIP out and let the server pick one",
  },
  "address-without-name": {
    reason: "FieldValueInvalid",
    title: "an address is held by a Service with a name",
    message: ({ facts }) =>
      facts?.other === undefined
        ? "the Service has no name; metadata.name (or generateName) is needed"
        : `the Service's name is ${valueText(facts.other)}, and a Service of that name cannot hold a cluster IP`,
    fix: ({ facts }) => (facts?.other === undefined ? "add metadata.name" : "give it another name"),
  },
  "cluster-ips-unreadable": {
    reason: "InternalError",
    title: "the families of two cluster IPs can be told",
    message: ({ found }) => `clusterIPs is ${valueText(found)}: the family of one of them cannot be told`,
  },
  "address-taken": {
    reason: "FieldValueInvalid",
    title: "a cluster IP is free",
    message: ({ found }) => `${valueText(found)} is taken already by another Service`,
    fix: () => "leave clusterIP out and let the server pick one",
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
