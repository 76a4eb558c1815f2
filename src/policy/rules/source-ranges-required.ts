import type { Path } from "../../field/path.ts";
import { cidrFamily, parseCIDR, type CIDR } from "../../net/cidr.ts";
import type { Service } from "../../service/types.ts";
import { integer, withDefault } from "../schema/shape.ts";
import { defineRule } from "./rule.ts";
import { ANNOTATIONS, entryOf, isLoadBalancer, SOURCE_RANGES, SPEC } from "./shared.ts";

const FIELD = SPEC.child("loadBalancerSourceRanges");

export const sourceRangesRequired = defineRule({
  meta: {
    id: "source-ranges-required",
    title: "A load balancer says who may use it",
    why: "A load balancer without source ranges is open to everyone who can reach it, and 0.0.0.0/0 says no more than none.",
    group: "team",
    inStatus: ["annotations"],
  },
  parameters: {
    widestIPv4: withDefault(integer("the shortest prefix that an IPv4 range may have", { minimum: 0, maximum: 32 }), 8),
    widestIPv6: withDefault(
      integer("the shortest prefix that an IPv6 range may have", { minimum: 0, maximum: 128 }),
      32,
    ),
  },
  messages: {
    missing: { text: "a load balancer must say who may use it", fix: "set spec.loadBalancerSourceRanges" },
    wide: {
      text: "the range {found} is too wide: its prefix must be /{widest} or longer",
      fix: "name narrower ranges",
    },
  },
  check:
    ({ widestIPv4, widestIPv6 }) =>
    (service) => {
      if (!isLoadBalancer(service)) return [];
      const ranges = rangesOf(service);
      if (ranges.length === 0) return [{ says: "missing", path: FIELD }];
      return ranges.flatMap(({ cidr, found, path }) => {
        const widest = cidrFamily(cidr) === "IPv4" ? widestIPv4 : widestIPv6;
        return prefixOf(cidr) < widest ? [{ says: "wide", path, found, facts: { widest } }] : [];
      });
    },
  examples: {
    good: [
      { name: "no load balancer" },
      {
        name: "with ranges",
        spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24", "2001:db8::/32"] },
      },
      {
        name: "with ranges in the older annotation",
        metadata: { annotations: { [SOURCE_RANGES]: "203.0.113.0/24, 198.51.100.0/24" } },
        spec: { type: "LoadBalancer" },
      },
    ],
    bad: [
      { name: "none", spec: { type: "LoadBalancer" }, finds: ["spec.loadBalancerSourceRanges"] },
      {
        name: "the whole internet",
        spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24", "0.0.0.0/0"] },
        finds: ["spec.loadBalancerSourceRanges[1]"],
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

interface Range {
  readonly cidr: CIDR;
  readonly found: string;
  readonly path: Path;
}

/** The ranges that count: those of the field, else those of the annotation. What cannot be read the server refuses. */
function rangesOf({ metadata, spec }: Service): readonly Range[] {
  const field = spec.loadBalancerSourceRanges ?? [];
  if (field.length > 0) return field.flatMap((found, index) => range(found, FIELD.index(index)));
  const annotation = entryOf(metadata.annotations, SOURCE_RANGES) ?? "";
  return annotation.split(",").flatMap((found) => range(found, ANNOTATIONS.key(SOURCE_RANGES)));
}

function range(text: string, path: Path): readonly Range[] {
  const found = text.trim();
  const cidr = parseCIDR(found);
  return cidr === undefined ? [] : [{ cidr, found, path }];
}

/** The prefix as the family has it that the address counts to: ::ffff:10.0.0.0/104 is 10.0.0.0/8. */
function prefixOf({ ip, prefix }: CIDR): number {
  return ip.mapped ? Math.max(0, prefix - 96) : prefix;
}
