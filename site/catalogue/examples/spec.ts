import type { CatalogueExample } from "./example.ts";
import { mended, service } from "./write.ts";

/** The type, what goes with it, and the size. */
export const SPEC = {
  "unsupported-value": {
    ...mended(
      service(`
        type: Nodeport
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["Nodeport", "NodePort"],
    ),
    why: "Such values are case-sensitive.",
  },
  "external-name-required": {
    ...mended(service("type: ExternalName", "name: database"), [
      "ExternalName",
      "ExternalName\n  externalName: db.example.com",
    ]),
    why: "Such a Service is an alias in DNS, and this is the name that it stands for.",
  },
  "external-name-format": {
    ...mended(
      service(
        `
        type: ExternalName
        externalName: https://db.example.com
        `,
        "name: database",
      ),
      ["https://", ""],
    ),
    why: "The value becomes the target of a CNAME record, which is a DNS name and nothing else: no scheme, no port, no path.",
  },
  "affinity-timeout-range": {
    ...mended(
      service(`
        sessionAffinity: ClientIP
        sessionAffinityConfig:
          clientIP:
            timeoutSeconds: 604800
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["604800", "86400"],
    ),
    why: "kube-proxy keeps an entry for each client, up to a day.",
  },
  "only-load-balancer": {
    ...mended(
      service(`
        type: NodePort
        loadBalancerSourceRanges:
          - 203.0.113.0/24
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["NodePort", "LoadBalancer"],
    ),
    why: "A load balancer filters by these ranges. A NodePort would stay open to everybody who reaches a node.",
  },
  "load-balancer-class-format": {
    ...mended(
      service(`
        type: LoadBalancer
        loadBalancerClass: internal vip
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["internal vip", "example.com/internal-vip"],
    ),
    why: "The class is the name by which an implementation of load balancers knows the Services that are for it.",
  },
  "external-policy-not-reachable": {
    ...mended(
      service(`
        type: ClusterIP
        externalTrafficPolicy: Local
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["\n  externalTrafficPolicy: Local", ""],
    ),
    why: "The policy is about traffic from outside the cluster, and none comes to a Service of type ClusterIP. For traffic from inside there is `internalTrafficPolicy`.",
  },
  "body-too-large": {
    ...mended(
      service(
        `
        selector:
          app: shop
        ports:
          - port: 80
        `,
        `
        name: shop
        managedFields:
          - manager: <3 MiB of text>
        `,
      ),
      ["\n  managedFields:\n    - manager: <3 MiB of text>", ""],
    ),
    filler: { mark: "<3 MiB of text>", text: "x", times: 3_200_000 },
    why: "The API server reads the body of a request up to 3 MiB, so that nobody can fill its memory.",
  },
  "object-too-large": {
    ...mended(
      service(
        `
        selector:
          app: shop
        ports:
          - port: 80
        `,
        `
        name: shop
        ownerReferences:
          - apiVersion: apps/v1
            kind: Deployment
            name: <1.6 MB of text>
            uid: 5f0d7c1a-3b1e-4c7e-9d7a-1f0c2b3a4d5e
        `,
      ),
      ["<1.6 MB of text>", "shop"],
    ),
    filler: { mark: "<1.6 MB of text>", text: "x", times: 1_600_000 },
    why: "etcd takes a request up to 1.5 MiB.",
  },
} as const satisfies Record<string, CatalogueExample>;
