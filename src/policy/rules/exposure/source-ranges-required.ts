import { blockText, type CIDR, cidrFamily, type Family, unionOf } from "../../../net/index.ts";
import { and, isOfFamily, prefixLength } from "../../in-cel/index.ts";
import { integer, type ObjectOf, optional, withDefault } from "../../schema/index.ts";
import { byCel, defineRule, isLoadBalancer, SOURCE_RANGES, type Violation } from "../kit/index.ts";
import {
  additionalRanges,
  RANGE_LISTS,
  RANGE_VARIABLES,
  SOURCE_RANGES_FIELD,
  type SourceRange,
  sourceRanges,
} from "./source-ranges.ts";

const bits = { IPv4: 32, IPv6: 128 } as const satisfies Record<Family, number>;
const prefix = (family: Family, description: string) => integer(description, { minimum: 0, maximum: bits[family] });

const parameters = {
  widestIPv4: withDefault(
    prefix("IPv4", "the shortest prefix that an IPv4 range may have; ranges that touch count as one"),
    8,
  ),
  widestIPv6: withDefault(
    prefix("IPv6", "the shortest prefix that an IPv6 range may have; ranges that touch count as one"),
    32,
  ),
  totalIPv4: optional(
    prefix(
      "IPv4",
      "the prefix of a range that is as large as all IPv4 ranges together may be; 6, or widestIPv4 where that is shorter",
    ),
  ),
  totalIPv6: optional(prefix("IPv6", "the same for IPv6; 30, or widestIPv6 where that is shorter")),
};

export const sourceRangesRequired = defineRule({
  meta: {
    id: "source-ranges-required",
    title: "A load balancer has source ranges",
    fault: "a load balancer has no source ranges",
    why: "A load balancer without source ranges is open to everyone who can reach it, and 0.0.0.0/0 is no better than none.",
    group: "team",
    types: ["LoadBalancer"],
    inStatus: ["annotations"],
  },
  parameters,
  verify: ({ widestIPv4, widestIPv6, totalIPv4 = 0, totalIPv6 = 0 }) => {
    if (totalIPv4 > widestIPv4)
      return `has a totalIPv4 (${totalIPv4}) that is less than one range of widestIPv4 (${widestIPv4})`;
    if (totalIPv6 > widestIPv6)
      return `has a totalIPv6 (${totalIPv6}) that is less than one range of widestIPv6 (${widestIPv6})`;
    return undefined;
  },
  messages: {
    missing: { text: "a load balancer must have source ranges", fix: "set spec.loadBalancerSourceRanges" },
    wide: {
      text: "the range {found} is too wide: its prefix must be /{widest} or longer",
      fix: "use narrower ranges",
    },
    joined: {
      text: "the ranges {found} together are wider than /{widest}",
      fix: "use ranges that are narrower together",
    },
    total: {
      text: "the {family} ranges together admit more addresses than a /{widest} range",
      fix: "use fewer or narrower ranges",
    },
  },
  check: (settings) => {
    const limits = limitsOf(settings);
    return (service) => {
      if (!isLoadBalancer(service)) return [];
      const ranges = sourceRanges(service);
      if (ranges.length === 0) return [{ says: "missing", path: SOURCE_RANGES_FIELD }];
      const all = [...ranges, ...additionalRanges(service)];
      return limits.flatMap((limit) => tooWide(all, limit));
    };
  },
  cel: {
    leavesOut:
      "ranges are looked at one by one: CEL cannot add up addresses, so neither ranges that touch nor the size of all ranges together are seen",
    findings: ({ widestIPv4, widestIPv6 }) => [
      {
        says: "missing",
        where: and('variables.type == "LoadBalancer"', "variables.sourceRanges.size() == 0"),
        path: "spec.loadBalancerSourceRanges",
        variables: RANGE_VARIABLES,
      },
      ...[
        { family: "IPv4" as const, widest: widestIPv4 },
        { family: "IPv6" as const, widest: widestIPv6 },
      ].flatMap(({ family, widest }) =>
        RANGE_LISTS.map(({ of, path }) => ({
          says: "wide" as const,
          each: { of, names: ["index", "range"] as const },
          where: and(
            'variables.type == "LoadBalancer"',
            "variables.sourceRanges.size() > 0",
            isOfFamily("range", family),
            `${prefixLength("range")} < ${widest}`,
          ),
          path: "{at}",
          found: byCel("range"),
          facts: { widest, at: byCel(path) },
          variables: RANGE_VARIABLES,
        })),
      ),
    ],
  },
  examples: {
    good: [
      { name: "not a load balancer" },
      {
        name: "source ranges",
        spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24", "2001:db8::/32"] },
      },
      {
        name: "source ranges in the older annotation",
        metadata: { annotations: { [SOURCE_RANGES]: "203.0.113.0/24, 198.51.100.0/24" } },
        spec: { type: "LoadBalancer" },
      },
    ],
    bad: [
      { name: "no source ranges", spec: { type: "LoadBalancer" }, finds: ["spec.loadBalancerSourceRanges"] },
      {
        name: "the whole internet",
        spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24", "0.0.0.0/0"] },
        finds: ["spec.loadBalancerSourceRanges[1]"],
      },
      {
        name: "a wide range in several parts",
        spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.0/9", "10.128.0.0/9", "11.0.0.0/8"] },
        finds: ["spec.loadBalancerSourceRanges[0]"],
      },
      {
        name: "separate ranges that are too large together",
        parameters: { widestIPv4: 16, totalIPv4: 16 },
        spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["203.0.0.0/16", "198.51.100.0/24"] },
        finds: ["spec.loadBalancerSourceRanges"],
      },
      {
        name: "wider than a policy's own limit",
        parameters: { widestIPv4: 24 },
        metadata: { annotations: { [SOURCE_RANGES]: "203.0.0.0/16" } },
        spec: { type: "LoadBalancer" },
        finds: [`metadata.annotations[${SOURCE_RANGES}]`],
      },
    ],
  },
});

interface Limit {
  readonly family: Family;
  /** The shortest prefix of a single range, and of a range with the size of all ranges together. */
  readonly widest: number;
  readonly total: number;
}

function limitsOf({ widestIPv4, widestIPv6, totalIPv4, totalIPv6 }: ObjectOf<typeof parameters>): readonly Limit[] {
  return [
    { family: "IPv4", widest: widestIPv4, total: totalIPv4 ?? Math.min(6, widestIPv4) },
    { family: "IPv6", widest: widestIPv6, total: totalIPv6 ?? Math.min(30, widestIPv6) },
  ];
}

/** The ranges that are too wide, alone or joined; if there are none, a total that is too large. */
function tooWide(
  ranges: readonly SourceRange[],
  { family, widest, total }: Limit,
): Violation<"wide" | "joined" | "total">[] {
  const { blocks, size } = unionOf(
    ranges.map(({ cidr }) => cidr),
    family,
  );
  const found = blocks
    .filter((block) => block.size > sizeOf(family, widest))
    .flatMap((block): Violation<"wide" | "joined">[] => {
      const parts = block.rangeIndexes.flatMap((index) => ranges[index] ?? []);
      const wide = parts.filter(({ cidr }) => prefixOf(cidr) < widest);
      if (wide.length > 0) return wide.map(({ path, found }) => ({ says: "wide", path, found, facts: { widest } }));
      return parts
        .slice(0, 1)
        .map(({ path }) => ({ says: "joined", path, found: blockText(block), facts: { widest } }));
    });
  const [any] = ranges.filter(({ cidr }) => cidrFamily(cidr) === family);
  if (found.length > 0 || any === undefined || size <= sizeOf(family, total)) return found;
  return [{ says: "total", path: any.list, facts: { family, widest: total } }];
}

function sizeOf(family: Family, length: number): bigint {
  return 1n << BigInt(bits[family] - length);
}

/** The prefix length in the range's effective family: ::ffff:10.0.0.0/104 is 10.0.0.0/8. */
function prefixOf({ ip, prefix: written }: CIDR): number {
  return ip.mapped ? Math.max(0, written - 96) : written;
}
