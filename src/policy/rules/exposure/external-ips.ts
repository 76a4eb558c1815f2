import { contains, parseCIDR, parseIP } from "../../../net/index.ts";
import { isInRanges, not } from "../../in-cel/index.ts";
import { listOf, text, withDefault } from "../../schema/index.ts";
import { byCel, defineRule, SPEC } from "../kit/index.ts";

export const externalIPs = defineRule({
  meta: {
    id: "external-ips",
    title: "External IPs are forbidden, or in given ranges",
    fault: "an external IP is not allowed",
    why:
      "Anyone who may create a Service can claim any address with spec.externalIPs and take over its traffic in the " +
      "whole cluster (CVE-2020-8554). Since Kubernetes 1.36 the field is deprecated.",
    group: "advice",
  },
  parameters: {
    allowed: withDefault(
      listOf("ranges that external IPs may lie in", text("an address range", { format: "cidr" })),
      [],
    ),
  },
  messages: {
    forbidden: {
      text: "external IPs let a Service claim any address; found {found}",
      fix: "use a load balancer, or remove the address",
    },
    outside: { text: "the external IP must be in {allowed}, not {found}", fix: "use an address in these ranges" },
  },
  check: ({ allowed }) => {
    const ranges = allowed.map(parseCIDR).filter((range) => range !== undefined);
    return ({ spec }) =>
      (spec.externalIPs ?? []).flatMap((found, index) => {
        const ip = ranges.length === 0 ? undefined : parseIP(found);
        if (ip !== undefined && ranges.some((range) => contains(range, ip))) return [];
        const path = SPEC.child("externalIPs").index(index);
        return [
          { says: ranges.length === 0 ? "forbidden" : "outside", path, found, facts: { allowed: allowed.join(", ") } },
        ];
      });
  },
  cel: ({ allowed }) => [
    {
      says: allowed.length === 0 ? "forbidden" : "outside",
      each: { of: "object.spec.?externalIPs.orValue([])", names: ["index", "address"] },
      where: not(isInRanges("address", allowed)),
      path: "spec.externalIPs[{index}]",
      found: byCel("address"),
      facts: { allowed: allowed.join(", ") },
    },
  ],
  examples: {
    good: [
      { name: "no external IP" },
      {
        name: "an address in an allowed range",
        parameters: { allowed: ["198.51.100.0/24"] },
        spec: { externalIPs: ["198.51.100.7"] },
      },
    ],
    bad: [
      { name: "any address", spec: { externalIPs: ["203.0.113.7"] }, finds: ["spec.externalIPs[0]"] },
      {
        name: "an address outside the ranges",
        parameters: { allowed: ["198.51.100.0/24"] },
        spec: { externalIPs: ["198.51.100.7", "203.0.113.7"] },
        finds: ["spec.externalIPs[1]"],
      },
    ],
  },
});
