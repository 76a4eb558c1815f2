import { describe, expect, it } from "@jest/globals";
import { CLAIM_ANNOTATIONS } from "#src/inventory/claims/index.ts";
import { serviceEntry } from "#src/inventory/extract/index.ts";

const BARE = { namespace: "shop", name: "a", type: "ClusterIP", isHeadless: false, ports: [] };
const [annotation = ""] = CLAIM_ANNOTATIONS;

describe("serviceEntry", () => {
  const rows: [string, unknown, unknown][] = [
    ["nothing", {}, {}],
    ["an empty type", { type: "" }, {}],
    ["a type that nobody knows", { type: "Other" }, { type: "Other" }],
    ["a selector", { selector: { app: "a", b: 1, c: null } }, { selector: { app: "a", c: "" } }],
    ["an empty selector", { selector: {} }, {}],
    ["a headless one", { clusterIP: "None" }, { isHeadless: true }],
    ["a cluster IP", { clusterIP: "10.0.0.1", clusterIPs: ["10.0.0.1"] }, {}],
    [
      "an alias, which selects nothing",
      { type: "ExternalName", externalName: "example.com", selector: { app: "a" }, clusterIP: "None" },
      { type: "ExternalName", externalName: "example.com" },
    ],
    ["an external name of another type", { externalName: "example.com" }, {}],
    ["a port with its defaults", { ports: [{ port: 80 }] }, { ports: [{ port: 80, protocol: "TCP" }] }],
    [
      "a port with all",
      { ports: [{ name: "http", port: 80, protocol: "UDP", targetPort: "web", nodePort: 30080, appProtocol: "x" }] },
      { ports: [{ name: "http", port: 80, protocol: "UDP", targetPort: "web", nodePort: 30080 }] },
    ],
    [
      "the target port of its number",
      { ports: [{ port: 80, targetPort: 80 }] },
      { ports: [{ port: 80, protocol: "TCP" }] },
    ],
    [
      "a target port of 0",
      { ports: [{ port: 80, targetPort: 0, nodePort: 0 }] },
      { ports: [{ port: 80, protocol: "TCP" }] },
    ],
    ["ports that are none", { ports: [{}, null, "80", { port: 1.5 }] }, {}],
    ["external IPs", { externalIPs: ["192.0.2.1", 3, ""] }, { externalIPs: ["192.0.2.1"] }],
    [
      "what a load balancer has",
      {
        type: "LoadBalancer",
        loadBalancerIP: "192.0.2.1",
        loadBalancerClass: "example.com/a",
        healthCheckNodePort: 30001,
        allocateLoadBalancerNodePorts: false,
        externalTrafficPolicy: "Local",
      },
      {
        type: "LoadBalancer",
        loadBalancerIP: "192.0.2.1",
        loadBalancerClass: "example.com/a",
        healthCheckNodePort: 30001,
        allocateLoadBalancerNodePorts: false,
        externalTrafficPolicy: "Local",
      },
    ],
    ["what is so by default", { allocateLoadBalancerNodePorts: true, externalTrafficPolicy: "Cluster" }, {}],
  ];

  it.each(rows)("%s", (_, spec, expected) => {
    const service = { metadata: { name: "a", namespace: "shop" }, spec };
    expect(serviceEntry(service, "other")).toEqual({ ...BARE, ...Object(expected) });
  });

  it("keeps the labels, and of the annotations those by which something is claimed", () => {
    const metadata = {
      name: "a",
      namespace: "shop",
      labels: { app: "a" },
      annotations: { [annotation]: "x", note: "y" },
    };
    expect(serviceEntry({ metadata }, "other")).toEqual({
      ...BARE,
      labels: { app: "a" },
      annotations: { [annotation]: "x" },
    });
  });

  it.each([undefined, null, 1, "a", [], { metadata: [] }, { spec: 1 }])("takes %j for an empty one", (service) => {
    expect(serviceEntry(service, "shop")).toEqual({ ...BARE, name: "", isNamespaceOpen: true });
  });

  it("has no prototype in its labels but theirs", () => {
    const labels: unknown = JSON.parse('{"__proto__": "x"}');
    const entry = serviceEntry({ metadata: { labels } }, "shop");
    expect(Object.entries(entry.labels ?? {})).toEqual([["__proto__", "x"]]);
  });
});
