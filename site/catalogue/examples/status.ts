import type { CatalogueExample } from "./example.ts";
import { mended, service, yaml } from "./write.ts";

const IN_STATUS = {
  because:
    "A status is written by controllers, in requests of its own. What a manifest says of it is dropped, so `fairlead check` does not look at it.",
  operation: "status",
} as const;

/** A stored Service. */
const stored = (type: string): string =>
  service(
    `
    type: ${type}
    clusterIP: 10.96.14.7
    clusterIPs:
      - 10.96.14.7
    ipFamilies:
      - IPv4
    ipFamilyPolicy: SingleStack
    selector:
      app: shop
    ports:
      - port: 80
        protocol: TCP
        targetPort: 80
    `,
    `
    name: shop
    namespace: default
    `,
  );

/** The stored Service with this entry in the list of what reaches its load balancer. */
const reachedAt = (type: string, entry: string): string =>
  `${stored(type)}${yaml(`
    status:
      loadBalancer:
        ingress:
          - ${entry}
  `)}`;

const BALANCER = { before: stored("LoadBalancer"), onlyInRequests: IN_STATUS } as const;

/** What a controller of load balancers writes. */
export const STATUS = {
  "status-only-load-balancer": {
    bad: reachedAt("ClusterIP", "hostname: lb.example.com"),
    good: stored("ClusterIP"),
    before: stored("ClusterIP"),
    onlyInRequests: IN_STATUS,
    why: "Whoever may write the status of Services could draw the traffic of any address to a Service of any type.",
  },
  "ip-mode-required": {
    ...mended(reachedAt("ClusterIP", "ip: 203.0.113.9"), ["203.0.113.9", "203.0.113.9\n        ipMode: VIP"]),
    ...BALANCER,
    why: "kube-proxy sends traffic to an address of mode VIP directly to the Pods, and that to a Proxy through the load balancer.",
    note: "The stored Service is of type LoadBalancer. A status is written with the stored spec, but the mode is filled in only if the object of the request says that type, too.",
  },
  "ip-mode-without-ip": {
    ...mended(reachedAt("LoadBalancer", "hostname: lb.example.com\n            ipMode: VIP"), [
      "\n        ipMode: VIP",
      "",
    ]),
    ...BALANCER,
    why: "The mode says what to do with traffic to the address, and a host name is none.",
  },
  "hostname-format": {
    ...mended(reachedAt("LoadBalancer", "hostname: https://lb.example.com"), ["https://", ""]),
    ...BALANCER,
    why: "The host name is for DNS records.",
  },
  "hostname-is-ip": {
    ...mended(reachedAt("LoadBalancer", "hostname: 203.0.113.9"), [
      "hostname: 203.0.113.9",
      "ip: 203.0.113.9\n        ipMode: VIP",
    ]),
    ...BALANCER,
    why: "An address has a field of its own, `ip`.",
  },
} as const satisfies Record<string, CatalogueExample>;
