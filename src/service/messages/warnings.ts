import { canonicalAddress } from "./canonical-address.ts";
import { fieldName, type Message, oneOf, valueText } from "./message.ts";

/** The rules whose violation the API server accepts with a warning. */
export const WARNING_MESSAGES = {
  "topology-hints-deprecated": {
    title: "the annotation topology-aware-hints is deprecated",
    message: () => "the annotation service.kubernetes.io/topology-aware-hints is deprecated",
    fix: () => "use spec.trafficDistribution, or the annotation service.kubernetes.io/topology-mode",
  },
  "duplicate-owner": {
    title: "an owner is listed twice",
    message: ({ found }) => `owners are listed twice: ${valueText(found)}; the API server drops the repeated ones`,
    fix: () => "remove the repeated ones",
  },
  "external-ips-deprecated": {
    since: "externalIPsDeprecated",
    title: "external IPs are deprecated",
    message: () => "spec.externalIPs is deprecated from 1.36: anyone who may write a Service can claim any address",
    fix: () => "use a load balancer implementation that assigns addresses",
  },
  "prefer-close-deprecated": {
    since: "preferCloseDeprecated",
    title: "PreferClose is deprecated",
    message: () => "trafficDistribution PreferClose is the deprecated name of PreferSameZone",
    fix: () => "write PreferSameZone",
  },
  "ignored-field": {
    title: "a field has no effect",
    message: ({ path, facts }) => `${fieldName(path)} has no effect while ${facts?.because ?? ""}`,
    fix: ({ path }) => `leave ${fieldName(path)} out`,
  },
  "address-nonstandard": {
    title: "an address is in a notation that newer versions refuse",
    message: ({ found }) => `${valueText(found)} is in a notation that newer versions refuse`,
    fix: ({ facts }) => `write ${facts?.other ?? ""}`,
  },
  "address-unreadable": {
    until: "nonstandardAddressWarnings",
    title: "an address is written in a way that newer versions do not read",
    message: ({ found }) => `${valueText(found)} is accepted, but newer versions do not read it as an address`,
    fix: ({ found }) => {
      const canonical = canonicalAddress(typeof found === "string" ? found.trim() : found);
      return canonical === undefined || canonical === found ? undefined : `write ${canonical}`;
    },
  },
  "address-not-canonical": {
    title: "an IPv6 address is not in canonical form",
    message: ({ found }) => `${valueText(found)} is not in the canonical form of RFC 5952`,
    fix: ({ facts }) => `write ${facts?.other ?? ""}`,
  },
  "cidr-ambiguous": {
    since: "nonstandardAddressWarnings",
    title: "an address range has host bits set",
    message: ({ found, facts }) => `${valueText(found)} is ambiguous: it can mean ${oneOf(facts?.allowed)}`,
    fix: ({ facts }) => `write ${oneOf(facts?.allowed)}`,
  },
} as const satisfies Record<string, Message>;
