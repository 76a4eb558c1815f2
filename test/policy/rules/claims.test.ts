import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { Inventory } from "#src/inventory/store/inventory.ts";
import { inventoryOf } from "#src/inventory/store/inventory-of.ts";
import { judgeManifest, manifest, policies } from "../support.ts";

/** A Service of another name that is there already. */
function other(name: string, { metadata, spec }: { readonly metadata?: JsonObject; readonly spec?: JsonObject } = {}) {
  return manifest({ metadata: { name, ...metadata }, ...(spec && { spec }) });
}

interface Case {
  readonly name: string;
  readonly rule: string;
  readonly parameters?: object;
  readonly object: JsonObject;
  readonly old?: JsonObject;
  readonly others: readonly JsonObject[];
  readonly want: readonly string[];
}

function messages({ rule, parameters, object, old, others }: Omit<Case, "name" | "want">) {
  const { policy } = judgeManifest(object, {
    ...(old && { operation: "update" as const, oldObject: old }),
    policies: policies({ rules: [{ rule, ...(parameters && { parameters }) }] }),
    inventory: inventoryOf(others, "team-a"),
    facts: { namespace: "team-a", today: "2026-11-24", origin: "manifest" },
  });
  return policy.findings.map(({ path, message }) => `${path.toString()}: ${message}`);
}

const LOAD_BALANCER = { type: "LoadBalancer" };
const DNS = "external-dns.alpha.kubernetes.io/hostname";
const named = (hosts: string) => ({ metadata: { annotations: { [DNS]: hosts } } });

describe("what is found of Services that claim the same", () => {
  it.each<Case>([
    {
      name: "a Service does not conflict with itself",
      rule: "unique-selector",
      object: manifest(),
      others: [manifest()],
      want: [],
    },
    {
      name: "one other Service is named",
      rule: "unique-selector",
      object: manifest(),
      others: [other("a")],
      want: ["spec.selector: the selector is also that of team-a/a"],
    },
    {
      name: "three are",
      rule: "unique-selector",
      object: manifest(),
      others: [other("c"), other("b"), other("a")],
      want: ["spec.selector: the selector is also that of team-a/a, team-a/b and team-a/c"],
    },
    {
      name: "of five, three are, and how many more there are",
      rule: "unique-selector",
      object: manifest(),
      others: ["e", "d", "c", "b", "a"].map((name) => other(name)),
      want: ["spec.selector: the selector is also that of team-a/a, team-a/b, team-a/c and 2 more"],
    },
    {
      name: "an update that becomes a normal Service beside another normal one",
      rule: "unique-selector",
      object: manifest(),
      old: manifest({ spec: { clusterIP: "None" } }),
      others: [other("a")],
      want: ["spec.selector: the selector is also that of team-a/a"],
    },
    {
      name: "an update that leaves the address as it was",
      rule: "unique-external-ip",
      object: manifest({ spec: { externalIPs: ["192.0.2.2", "192.0.2.1"] } }),
      old: manifest({ spec: { externalIPs: ["192.0.2.1"] } }),
      others: [other("a", { spec: { externalIPs: ["192.0.2.1"] } })],
      want: [],
    },
    {
      name: "an update that adds a port to an address",
      rule: "unique-external-ip",
      object: manifest({
        spec: {
          externalIPs: ["192.0.2.1"],
          ports: [
            { name: "a", port: 80 },
            { name: "b", port: 81 },
          ],
        },
      }),
      old: manifest({ spec: { externalIPs: ["192.0.2.1"], ports: [{ name: "b", port: 81 }] } }),
      others: [other("a", { spec: { externalIPs: ["192.0.2.1"] } })],
      want: ["spec.externalIPs[0]: the external IP 192.0.2.1 is also that of team-a/a, with a port in common"],
    },
    {
      name: "an update that adds one name to another that was there",
      rule: "unique-dns-name",
      object: manifest(named("a.example.com,b.example.com")),
      old: manifest(named("a.example.com")),
      others: [other("a", named("a.example.com")), other("b", named("b.example.com"))],
      want: [`metadata.annotations[${DNS}]: the DNS name b.example.com is also that of team-a/b`],
    },
    {
      name: "an update that makes a load balancer of a Service with an address",
      rule: "unique-load-balancer-ip",
      object: manifest({ spec: { ...LOAD_BALANCER, loadBalancerIP: "192.0.2.1" } }),
      old: manifest({ spec: { loadBalancerIP: "192.0.2.1" } }),
      others: [other("a", { spec: { ...LOAD_BALANCER, loadBalancerIP: "192.0.2.1" } })],
      want: ["spec.loadBalancerIP: the load balancer asks for 192.0.2.1, and so does team-a/a"],
    },
    {
      name: "an update of a Service beyond the limit that adds nothing",
      rule: "service-limits",
      parameters: { services: 1, loadBalancers: 0, nodePorts: 1 },
      object: manifest({ spec: LOAD_BALANCER }),
      old: manifest({ spec: LOAD_BALANCER }),
      others: [other("a", { spec: LOAD_BALANCER })],
      want: [],
    },
    {
      name: "an update that adds a node port alone",
      rule: "service-limits",
      parameters: { services: 1, nodePorts: 1 },
      object: manifest({
        spec: {
          type: "NodePort",
          ports: [
            { name: "a", port: 80 },
            { name: "b", port: 81 },
          ],
        },
      }),
      old: manifest({ spec: { type: "NodePort" } }),
      others: [other("a")],
      want: ["spec.ports: the namespace team-a would have 2 node ports, and may have 1"],
    },
    {
      name: "the stored state of the Service itself does not count",
      rule: "service-limits",
      parameters: { services: 1 },
      object: manifest(),
      others: [manifest()],
      want: [],
    },
    {
      name: "each quota of the namespace counts",
      rule: "resource-quota",
      object: manifest({ spec: LOAD_BALANCER }),
      others: [
        {
          apiVersion: "v1",
          kind: "ResourceQuota",
          metadata: { name: "a", namespace: "team-a" },
          spec: { hard: { services: "0" } },
        },
        {
          apiVersion: "v1",
          kind: "ResourceQuota",
          metadata: { name: "b", namespace: "team-b" },
          spec: { hard: { services: "0" } },
        },
        {
          apiVersion: "v1",
          kind: "ResourceQuota",
          metadata: { name: "c", namespace: "team-a" },
          spec: { hard: { "services.loadbalancers": "0" } },
        },
      ],
      want: [
        "metadata.namespace: the namespace team-a would have 1 Services, and its ResourceQuota a allows 0",
        "spec.type: the namespace team-a would have 1 load balancers, and its ResourceQuota c allows 0",
      ],
    },
  ])("$name", ({ want, ...given }) => {
    expect(messages(given)).toEqual(want);
  });

  it.each(["unique-selector", "resource-quota"])("%s finds nothing where it is not known what is there", (rule) => {
    const set = policies({ rules: [{ rule }] });
    const unknown = new Inventory(true, new Set()).view();
    for (const inventory of [undefined, unknown]) {
      expect(judgeManifest(manifest(), { policies: set, inventory }).policy.findings).toEqual([]);
    }
  });
});

it("service-limits needs a limit", () => {
  expect(() => policies({ rules: [{ rule: "service-limits", parameters: {} }] })).toThrow("at least one of services");
});
