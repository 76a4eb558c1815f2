import { isObject, type JsonObject } from "#src/field/json.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import type { Draws } from "../draws.ts";
import { amplify, put } from "./json.ts";

/** A list or map of a Service without a limit on its length, and a function that makes the entry with a number. */
interface Part {
  readonly at: readonly string[];
  readonly entry: (index: number) => readonly [key: string, value: unknown];
  readonly isMap?: true;
}

const rule = (index: number): string => RULES[index % RULES.length]?.id ?? "x";

const PARTS: readonly Part[] = [
  part(["spec", "ports"], (index) => ({
    name: `p${index}`,
    port: (index % 65_535) + 1,
    nodePort: 30_000 + (index % 2768),
  })),
  part(["spec", "ports"], () => ({ port: 80 })),
  part(["spec", "ports"], (index) => ({
    port: index % 7,
    targetPort: `P${index}`,
    protocol: index % 2 === 0 ? "TCP" : "UDP",
  })),
  part(["spec", "externalIPs"], (index) => `203.0.${(index >> 8) % 256}.${index % 256}`),
  part(["spec", "externalIPs"], () => "010.1.1.1"),
  part(["spec", "loadBalancerSourceRanges"], (index) => `10.${(index >> 8) % 256}.${index % 256}.0/24`),
  part(["spec", "clusterIPs"], (index) => `10.96.${(index >> 8) % 256}.${index % 256}`),
  part(["spec", "ipFamilies"], (index) => (index % 2 === 0 ? "IPv4" : "IPv6")),
  part(["metadata", "ownerReferences"], (index) => ({
    apiVersion: "v1",
    kind: "Pod",
    name: `p${index}`,
    uid: `u${index}`,
    controller: true,
  })),
  part(["metadata", "ownerReferences"], () => ({ apiVersion: "v1", kind: "Pod", name: "p", uid: "u" })),
  part(["metadata", "finalizers"], (index) => `example.com/f${index}`),
  part(["metadata", "managedFields"], (index) => ({
    manager: `m${index}`,
    operation: "Update",
    fieldsV1: { "f:spec": { "f:ports": { [`k:{"port":${index % 65_535},"protocol":"TCP"}`]: { "f:nodePort": {} } } } },
  })),
  part(["status", "conditions"], (index) => ({
    type: `t${index}`,
    status: "True",
    reason: "r",
    message: "",
    lastTransitionTime: null,
  })),
  part(["status", "loadBalancer", "ingress"], (index) => ({
    ip: `10.0.${(index >> 8) % 256}.${index % 256}`,
    ports: [{ port: 80, protocol: "TCP" }],
  })),
  map(["metadata", "annotations"], (index) => [
    `exempt.fairlead.dev/${rule(index)}-${index}`,
    "a ticket; expires 2027-01-01",
  ]),
  map(["metadata", "annotations"], (index) => [`example.com/a${index}`, "x"]),
  map(["metadata", "labels"], (index) => [`example.com/l${index}`, "a b"]),
  map(["spec", "selector"], (index) => [`a b${index}`, "x"]),
  map(["spec"], (index) => [`ports${index}`, 1]),
];

function part(at: readonly string[], item: (index: number) => unknown): Part {
  return { at, entry: (index) => ["", item(index)] };
}

function map(at: readonly string[], entry: Part["entry"]): Part {
  return { at, entry, isMap: true };
}

/** Below the size limit of an API server: smaller objects show the same, faster. */
const MOST_ENTRIES = 16_000;

/** Makes one to three parts of a Service large. */
export function enlarge(draws: Draws, service: JsonObject): void {
  if (draws.oneIn(3)) amplify(draws, service, MOST_ENTRIES);
  const parts = draws.between(1, 3);
  for (let i = 0; i < parts; i++) fill(service, draws.pick(PARTS), draws.scaled(1000, MOST_ENTRIES));
}

function fill(service: JsonObject, { at, entry, isMap }: Part, count: number): void {
  let holder = service;
  for (const name of isMap === true ? at : at.slice(0, -1)) {
    const next = holder[name];
    const below = isObject(next) ? next : {};
    put(holder, name, below);
    holder = below;
  }
  if (isMap === true) for (let index = 0; index < count; index++) put(holder, ...entry(index));
  else
    put(
      holder,
      at.at(-1) ?? "",
      Array.from({ length: count }, (_, index) => entry(index)[1]),
    );
}
