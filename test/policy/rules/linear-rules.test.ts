import { expect, it } from "@jest/globals";
import { Path } from "#src/field/path.ts";
import type { InventoryView } from "#src/inventory/model/view.ts";
import { inventoryOf } from "#src/inventory/store/inventory-of.ts";
import type { Rule } from "#src/policy/rules/kit/rule.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import type { Service } from "#src/service/schema/types.ts";

/** A Service with this many items in every list and map. */
function service(count: number, type: string, tag: string): Service {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const entries = Object.fromEntries(numbers.map((i) => [`${tag}${i}.example.com/name`, "v".repeat(20)]));
  const owners = numbers.map((i) => ({ apiVersion: "v1", kind: "ConfigMap", name: `n${i}`, uid: `${tag}${i}` }));
  const addresses = numbers.map((i) => `203.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`);
  return {
    metadata: { name: "shop", labels: { ...entries, mark: "true" }, annotations: entries, ownerReferences: owners },
    spec: {
      type,
      selector: entries,
      ports: numbers.map((i) => ({ name: `http-${tag}${i}`, port: i, targetPort: i, nodePort: i, protocol: "TCP" })),
      externalIPs: addresses,
      loadBalancerSourceRanges: numbers.map((i) => `${i & 255}.${(i >> 8) & 255}.${(i >> 16) * 2}.0/${24 + (i & 7)}`),
      externalName: `${numbers.map(() => "1-2-7f000002").join(".")}.example.com`,
    },
    status: { loadBalancer: { ingress: addresses.map((ip) => ({ ip, hostname: `${ip}.example.com` })) } },
  };
}

/** Other Services of this size, which claim the same. */
function othersOf(count: number): InventoryView {
  const { spec } = service(count, "LoadBalancer", "new");
  const others = ["a", "b", "c"].map((name) => ({ apiVersion: "v1", kind: "Service", metadata: { name }, spec }));
  return inventoryOf(others, "team-a");
}

const OTHERS: ReadonlyMap<number, InventoryView> = new Map([1_500, 12_000].map((count) => [count, othersOf(count)]));

/** Parameters for the rules that require some. */
const PARAMETERS: Readonly<Record<string, object>> = {
  "allowed-types": { types: ["ClusterIP"] },
  "external-traffic-policy": { policy: "Local" },
  "forbidden-annotations": { annotations: [{ key: "*.evil.example.com/*", pattern: "a+b" }] },
  "forbidden-labels": { labels: [{ key: "*.evil.example.com/*", pattern: "a+b" }] },
  "load-balancer-class-allowed": { allowed: ["a"] },
  "node-port-range": { first: 1, last: 2 },
  "port-ranges": { ranges: [{ first: 1, last: 2 }] },
  "required-annotations": { annotations: [{ key: "team" }] },
  "required-labels": { labels: [{ key: "team" }] },
  "service-limits": { services: 1, loadBalancers: 1, nodePorts: 1 },
  "status-addresses": { addresses: ["198.51.100.0/24"] },
  "update-protection": { label: "mark" },
};

function cost(rule: Rule, count: number): number {
  const prepared = rule.prepare(PARAMETERS[rule.id], Path.root);
  if ("problems" in prepared) throw new Error(JSON.stringify(prepared.problems));
  const operation = rule.operations[0] ?? "create";
  const context = {
    operation,
    oldService: service(count, "LoadBalancer", "old"),
    facts: { namespace: "team-a", today: "2026-11-24", user: { name: "jo", groups: [] } },
    cluster: PROFILES.dual,
    version: { minor: 36 },
    inventory: OTHERS.get(count),
    isWritten: () => true,
  };
  const services = ["LoadBalancer", "ExternalName"].map((type) => service(count, type, "new"));
  const once = (): number => {
    const start = process.cpuUsage();
    for (const one of services) prepared.value(one, context);
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };
  return Math.min(once(), once(), once());
}

it.each(RULES.map((rule) => ({ id: rule.id, rule })))("$id takes time by the size of the Service", ({ rule }) => {
  // Eight times the size: 8 where the time is linear, 64 where it is quadratic. A busy machine may spoil one measurement.
  const isLinear = () => cost(rule, 12_000) < 27 * Math.max(cost(rule, 1_500), 500);
  expect(isLinear() || isLinear() || isLinear()).toBe(true);
});
