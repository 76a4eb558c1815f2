import type { CatalogueExample } from "./example.ts";
import { mended, service } from "./write.ts";

const SPEC = `
  selector:
    app: shop
  ports:
    - port: 80
`;

/** A load balancer for clients of this range. */
const balancer = (range: string): string =>
  service(`
    type: LoadBalancer
    loadBalancerSourceRanges:
      - ${range}
    selector:
      app: shop
    ports:
      - port: 80
  `);

/** What the API server accepts with a warning. */
export const WARNINGS = {
  "topology-hints-deprecated": {
    ...mended(
      service(
        SPEC,
        `
        name: shop
        annotations:
          service.kubernetes.io/topology-aware-hints: auto
        `,
      ),
      ["topology-aware-hints: auto", "topology-mode: Auto"],
    ),
    why: "The annotation has another name since 1.27, and `spec.trafficDistribution` is the field that follows it.",
  },
  "duplicate-owner": {
    ...mended(
      service(
        SPEC,
        `
        name: shop
        ownerReferences:
          - apiVersion: apps/v1
            kind: Deployment
            name: shop
            uid: 5f0d7c1a-3b1e-4c7e-9d7a-1f0c2b3a4d5e
          - apiVersion: apps/v1
            kind: Deployment
            name: shop
            uid: 5f0d7c1a-3b1e-4c7e-9d7a-1f0c2b3a4d5e
        `,
      ),
      [
        "3a4d5e\n    - apiVersion: apps/v1\n      kind: Deployment\n      name: shop\n      uid: 5f0d7c1a-3b1e-4c7e-9d7a-1f0c2b3a4d5e",
        "3a4d5e",
      ],
    ),
    why: "The second reference says nothing new, and the API server drops it.",
  },
  "external-ips-deprecated": {
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          - port: 80
        externalIPs:
          - 203.0.113.9
      `),
      ["\n  externalIPs:\n    - 203.0.113.9", ""],
    ),
    why: "Nobody checks that an address belongs to who claims it: with an external IP, the traffic to any address can be taken (CVE-2020-8554).",
  },
  "prefer-close-deprecated": {
    ...mended(
      service(`
        trafficDistribution: PreferClose
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["PreferClose", "PreferSameZone"],
    ),
    why: "The value has always meant the same zone, and since 1.34 there is also the same node.",
  },
  "ignored-field": {
    ...mended(
      service(`
        externalName: db.example.com
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["\n  externalName: db.example.com", ""],
    ),
    why: "The field belongs to another type of Service, so that whoever wrote it expects something that does not happen.",
  },
  "address-nonstandard": {
    ...mended(balancer('"010.0.0.0/8"'), ["010.", "10."]),
    settings: { kubernetesVersion: "1.34" },
    why: "Up to 1.35 the API server stores it as it is. From 1.36 on, it refuses a new one.",
  },
  "address-unreadable": {
    ...mended(balancer('" 203.0.113.0/24"'), ['" 203.0.113.0/24"', "203.0.113.0/24"]),
    settings: { kubernetesVersion: "1.32" },
    why: "The API server reads it, and others that read the Service may not.",
  },
  "address-not-canonical": {
    ...mended(balancer('"2001:DB8::/32"'), ["2001:DB8::/32", "2001:db8::/32"]),
    why: "Programs that compare addresses as text take two spellings of one address for two.",
  },
  "cidr-ambiguous": {
    ...mended(balancer("203.0.113.7/24"), ["203.0.113.7/24", "203.0.113.0/24"]),
    settings: { kubernetesVersion: "1.34" },
    why: "It can mean the one address or the whole network, and programs differ in which one they take. From 1.36 on, the API server refuses a new one.",
  },
} as const satisfies Record<string, CatalogueExample>;
