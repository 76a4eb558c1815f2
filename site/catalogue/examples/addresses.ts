import type { CatalogueExample } from "./example.ts";
import { mended, service } from "./write.ts";

/** A Service with this external IP. */
const external = (address: string): string =>
  service(`
    selector:
      app: shop
    ports:
      - port: 80
    externalIPs:
      - ${address}
  `);

/** A load balancer for clients of this range. */
const balancer = (range: string): string =>
  service(`
    type: LoadBalancer
    selector:
      app: shop
    ports:
      - port: 80
    loadBalancerSourceRanges:
      - ${range}
  `);

const EXTERNAL_IPS = ["external-ips-deprecated"];

/** How addresses and ranges are written, and which may be external IPs. */
export const ADDRESSES = {
  "ip-format": {
    ...mended(external("203.0.113.256"), ["203.0.113.256", "203.0.113.25"]),
    why: "An IPv4 address has four numbers from 0 to 255, an IPv6 address up to eight groups of hexadecimal digits. A port, a zone or a prefix does not belong to it.",
  },
  "ip-leading-zeros": {
    ...mended(external('"203.0.113.009"'), ["203.0.113.009", "203.0.113.9"]),
    also: EXTERNAL_IPS,
    why: "Some programs read `010` as 10 and others as 8: a firewall and a proxy may see two addresses in one text.",
    note: "A stored address may stay in an update.",
  },
  "ip-mapped": {
    ...mended(external('"::ffff:203.0.113.9"'), ["::ffff:", ""]),
    also: EXTERNAL_IPS,
    why: "The same address can be written as IPv4 and as IPv6, and a rule about one of them may be evaded by the other.",
  },
  "ip-special": {
    ...mended(external("127.0.0.1"), ["127.0.0.1", "203.0.113.9"]),
    why: "kube-proxy would take the node's own traffic to such an address.",
  },
  "cidr-format": {
    ...mended(balancer("203.0.113.7"), ["203.0.113.7", "203.0.113.7/32"]),
    why: "A range has a prefix length, also if it is one address.",
  },
  "cidr-in-list-format": {
    ...mended(balancer("203.0.113.7"), ["203.0.113.7", "203.0.113.7/32"]),
    settings: { kubernetesVersion: "1.29" },
    why: "A range has a prefix length, also if it is one address. Servers before 1.30 report the whole list.",
  },
  "cidr-leading-zeros": {
    ...mended(balancer('"010.0.0.0/8"'), ["010.", "10."]),
    why: "Some programs read `010` as 10 and others as 8: a range of allowed clients would be another one for them.",
  },
  "cidr-mapped": {
    ...mended(balancer('"::ffff:10.0.0.0/104"'), ["::ffff:10.0.0.0/104", "10.0.0.0/8"]),
    why: "The same range can be written as IPv4 and as IPv6, and programs differ in whether both are the same.",
  },
  "cidr-host-bits": {
    ...mended(balancer("203.0.113.7/24"), ["203.0.113.7/24", "203.0.113.0/24"]),
    why: "It can mean the one address or the whole network, and programs differ in which one they take.",
  },
  "external-ips-disabled": {
    ...mended(external("203.0.113.9"), ["\n  externalIPs:\n    - 203.0.113.9", ""]),
    settings: { externalIPs: [] },
    also: EXTERNAL_IPS,
    why: "Who sets an external IP takes the traffic to it from all nodes. OpenShift lets users set none unless an administrator allows a range.",
    note: "The cluster of this example is an OpenShift cluster that allows none.",
  },
  "external-ip-not-allowed": {
    ...mended(external("192.0.2.7"), ["192.0.2.7", "203.0.113.9"]),
    settings: { externalIPs: ["203.0.113.0/24"] },
    also: EXTERNAL_IPS,
    why: "Who sets an external IP takes the traffic to it from all nodes. On OpenShift, an administrator says which ranges are for that.",
    note: "The cluster of this example is an OpenShift cluster that allows 203.0.113.0/24.",
  },
} as const satisfies Record<string, CatalogueExample>;
