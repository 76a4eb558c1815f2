import { describe, expect, it } from "@jest/globals";
import { CLAIM_ANNOTATIONS, claimsOf } from "#src/inventory/claims/claims.ts";
import { usageOf } from "#src/inventory/claims/usage.ts";
import { serviceEntry } from "#src/inventory/extract/service-entry.ts";
import type { AnnotationReader } from "#src/policy/annotations/kit/reader.ts";
import { READERS } from "#src/policy/annotations/readers/all-readers.ts";

interface Case {
  readonly name: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly want: readonly string[];
}

function entry({ annotations = {}, spec = {} }: Omit<Case, "name" | "want">) {
  return serviceEntry({ metadata: { name: "shop", annotations }, spec: { ports: [{ port: 80 }], ...spec } }, "team-a");
}

const DNS = "external-dns.alpha.kubernetes.io";
const CLOUD = "service.beta.kubernetes.io";
const BALANCER = { type: "LoadBalancer" };

describe("what a Service claims", () => {
  it.each<Case>([
    { name: "nothing", want: [] },
    {
      name: "external IPs, each once, whatever the spelling",
      spec: { externalIPs: ["192.0.2.1", "2001:DB8::0:1", "2001:db8::1", "::ffff:192.0.2.1"] },
      want: ["external-ip 192.0.2.1", "external-ip 2001:db8::1"],
    },
    { name: "no external IP of an ExternalName", spec: { type: "ExternalName", externalIPs: ["192.0.2.1"] }, want: [] },
    {
      name: "an address of a load balancer, each once",
      annotations: { "metallb.io/loadBalancerIPs": "192.0.2.1, 2001:db8::1" },
      spec: { ...BALANCER, loadBalancerIP: "192.0.2.1" },
      want: ["load-balancer-ip 192.0.2.1", "load-balancer-ip 2001:db8::1"],
    },
    { name: "none that is no load balancer", spec: { loadBalancerIP: "192.0.2.1" }, want: [] },
    {
      name: "neither DHCP nor names that are looked up",
      annotations: { "kube-vip.io/loadbalancerIPs": "0.0.0.0,::,shop.example.com" },
      spec: BALANCER,
      want: [],
    },
    {
      name: "the newer annotation counts",
      annotations: { "metallb.io/loadBalancerIPs": "192.0.2.1", "metallb.universe.tf/loadBalancerIPs": "192.0.2.2" },
      spec: BALANCER,
      want: ["load-balancer-ip 192.0.2.1"],
    },
    {
      name: "a public IP of Azure by its name, in any case",
      annotations: { [`${CLOUD}/azure-pip-name`]: "Shop" },
      spec: BALANCER,
      want: ["azure-public-ip shop"],
    },
    {
      name: "Elastic IPs and private addresses of AWS",
      annotations: {
        [`${CLOUD}/aws-load-balancer-eip-allocations`]: "eipalloc-1, eipalloc-2",
        [`${CLOUD}/aws-load-balancer-private-ipv4-addresses`]: "10.0.0.1",
      },
      spec: BALANCER,
      want: ["aws-elastic-ip eipalloc-1", "aws-elastic-ip eipalloc-2", "aws-address 10.0.0.1"],
    },
    {
      name: "not the address that OpenStack's controller writes down",
      annotations: { "loadbalancer.openstack.org/load-balancer-address": "192.0.2.1" },
      spec: BALANCER,
      want: [],
    },
    {
      name: "DNS names, in any case, with blanks and a dot at the end",
      annotations: {
        [`${DNS}/hostname`]: "Shop.example.com., *.example.com,,",
        [`${DNS}/internal-hostname`]: "shop.internal",
      },
      want: ["dns shop.example.com", "dns *.example.com", "internal-dns shop.internal"],
    },
    {
      name: "no DNS name that another controller makes",
      annotations: { [`${DNS}/hostname`]: "shop.example.com", [`${DNS}/controller`]: "other" },
      want: [],
    },
    {
      name: "node ports and that of health checks",
      spec: { ...BALANCER, ports: [{ port: 80, nodePort: 30080 }, { port: 443 }], healthCheckNodePort: 30081 },
      want: ["node-port 30080", "node-port 30081"],
    },
    { name: "no node port of a ClusterIP", spec: { ports: [{ port: 80, nodePort: 30080 }] }, want: [] },
    {
      name: "Pods, whatever the order of the labels",
      spec: { selector: { b: "2", a: "1" } },
      want: ['selector team-a [["a","1"],["b","2"]]'],
    },
    { name: "no Pods of an ExternalName", spec: { type: "ExternalName", selector: { a: "1" } }, want: [] },
    { name: "no Pods by an empty selector", spec: { selector: {} }, want: [] },
  ])("$name", ({ want, ...given }) => {
    expect(claimsOf(entry(given))).toEqual(want);
  });

  it("no more than a thousand of a kind", () => {
    const externalIPs = Array.from({ length: 5000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
    const annotations = {
      "metallb.io/loadBalancerIPs": externalIPs.join(","),
      [`${DNS}/hostname`]: externalIPs.join(","),
    };
    expect(claimsOf(entry({ annotations, spec: { ...BALANCER, externalIPs } }))).toHaveLength(3000);
  });
});

function isRead(annotation: string, { domains, start = "", names }: AnnotationReader): boolean {
  return domains.some((domain) => {
    const prefix = `${domain}/${start}`;
    return annotation.startsWith(prefix) && Object.hasOwn(names, annotation.slice(prefix.length));
  });
}

it.each(CLAIM_ANNOTATIONS)("%s is an annotation that a controller is known to read", (annotation) => {
  expect(READERS.filter((reader) => isRead(annotation, reader))).not.toEqual([]);
});

describe("what a Service uses up", () => {
  const ports = [{ port: 80, nodePort: 30080 }, { port: 443 }];
  it.each([
    { name: "a ClusterIP", spec: { ports }, want: [1, 0, 0] },
    { name: "a NodePort", spec: { type: "NodePort", ports }, want: [1, 0, 2] },
    { name: "a load balancer", spec: { ...BALANCER, ports }, want: [1, 1, 2] },
    {
      name: "a load balancer that is to have no node ports",
      spec: { ...BALANCER, ports, allocateLoadBalancerNodePorts: false },
      want: [1, 1, 1],
    },
    { name: "an ExternalName", spec: { type: "ExternalName", ports }, want: [1, 0, 0] },
  ])("$name", ({ spec, want }) => {
    const { services, loadBalancers, nodePorts } = usageOf(entry({ spec }));
    expect([services, loadBalancers, nodePorts]).toEqual(want);
  });
});
