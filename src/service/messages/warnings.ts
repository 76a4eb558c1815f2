import { fieldName, type Message, oneOf, valueText } from "./message.ts";

/** The rules whose violation the API server accepts with a warning. */
export const WARNING_MESSAGES = {
  "topology-hints-deprecated": {
    title: "the annotation topology-aware-hints is deprecated",
    message: () => "the annotation service.kubernetes.io/topology-aware-hints is deprecated",
    fix: () => "use spec.trafficDistribution, or the annotation service.kubernetes.io/topology-mode",
  },
  "duplicate-owner": {
    title: "an owner is named once",
    message: ({ found }) => `owners stand in the list twice: ${valueText(found)}; the API server drops the second ones`,
    fix: () => "leave all but one of each out",
  },
  "external-ips-deprecated": {
    since: "externalIPsDeprecated",
    title: "external IPs are deprecated",
    message: () =>
      "spec.externalIPs is deprecated from 1.36: anyone who may write a Service can claim any address with it",
    fix: () => "use a load balancer implementation that hands out addresses",
  },
  "prefer-close-deprecated": {
    since: "preferSameTrafficDistribution",
    title: "PreferClose is deprecated",
    message: () => "trafficDistribution PreferClose is the older name of PreferSameZone",
    fix: () => "write PreferSameZone",
  },
  "ignored-field": {
    title: "a field has an effect where it stands",
    message: ({ path, facts }) => `${fieldName(path)} has no effect while ${facts?.because ?? ""}`,
    fix: ({ path }) => `leave ${fieldName(path)} out`,
  },
  "address-nonstandard": {
    title: "an address is written as every program reads it",
    message: ({ found }) => `${valueText(found)} is written in a way that newer versions refuse`,
    fix: ({ facts }) => `write ${facts?.other ?? ""}`,
  },
  "address-not-canonical": {
    title: "an IPv6 address is written in its canonical form",
    message: ({ found }) => `${valueText(found)} is not in the canonical form of RFC 5952`,
    fix: ({ facts }) => `write ${facts?.other ?? ""}`,
  },
  "cidr-ambiguous": {
    title: "a range has no bits behind its prefix",
    message: ({ found, facts }) => `${valueText(found)} is ambiguous: it can mean ${oneOf(facts?.allowed)}`,
    fix: ({ facts }) => `write ${oneOf(facts?.allowed)}`,
  },
} as const satisfies Record<string, Message>;
