import type { CatalogueExample, ExampleInWords } from "./example.ts";
import { mended, service } from "./write.ts";

const REST = `
  selector:
    app: shop
  ports:
    - port: 80
`;

/** A Service as `kubectl get -o yaml` shows it, with this metadata and these fields of the spec. */
function stored(spec = "", metadata = ""): string {
  return service(
    `
  clusterIP: 10.96.14.7
  clusterIPs:
    - 10.96.14.7
  ipFamilies:
    - IPv4
  ipFamilyPolicy: SingleStack${spec.trimEnd()}${REST}`,
    `
  name: shop
  namespace: default
  uid: 5f0d7c1a-3b1e-4c7e-9d7a-1f0c2b3a4d5e
  resourceVersion: "184467"${metadata.trimEnd()}
`,
  );
}

const DUAL = service(
  `
  clusterIP: 10.96.14.7
  clusterIPs:
    - 10.96.14.7
    - "fd00:10:96::e07"
  ipFamilies:
    - IPv4
    - IPv6
  ipFamilyPolicy: PreferDualStack${REST}`,
  `
  name: shop
  namespace: default
  uid: 5f0d7c1a-3b1e-4c7e-9d7a-1f0c2b3a4d5e
  resourceVersion: "184467"
`,
);

/** What must not change on a stored object. */
export const UPDATES = {
  "uid-conflict": {
    ...mended(
      service(
        REST,
        `
        name: shop
        uid: 0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d
        `,
      ),
      ["\n  uid: 0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d", ""],
    ),
    before: stored(),
    settings: { apply: "replace" },
    why: "A uid says which object is meant, and not any one of that name. It is usually left over from an export of an object that has been deleted since.",
  },
  "stale-resource-version": {
    ...mended(
      service(
        REST,
        `
        name: shop
        resourceVersion: "180022"
        `,
      ),
      ['\n  resourceVersion: "180022"', ""],
    ),
    before: stored(),
    why: "The change is based on a version that somebody else has changed since. In a manifest it is usually left over from an export.",
  },
  "resource-version-format": {
    ...mended(
      service(
        REST,
        `
        name: shop
        resourceVersion: latest
        `,
      ),
      ["\n  resourceVersion: latest", ""],
    ),
    before: stored(),
    settings: { apply: "replace" },
    why: "The version is a number that the storage has given.",
  },
  immutable: {
    ...mended(
      service(`
        type: LoadBalancer
        loadBalancerClass: example.com/internal
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["example.com/internal", "example.com/public"],
    ),
    before: service(`
      type: LoadBalancer
      loadBalancerClass: example.com/public
      selector:
        app: shop
      ports:
        - port: 80
    `),
    why: "The implementation of the class has made a load balancer, and would never hear that it must remove it.",
    note: "Other fields that stay as they are: the name, the namespace and the uid, the first cluster IP and the first IP family.",
  },
  "primary-family-immutable": {
    ...mended(
      service(`
        ipFamilyPolicy: PreferDualStack
        ipFamilies:
          - IPv6
          - IPv4
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["- IPv6\n    - IPv4", "- IPv4\n    - IPv6"],
    ),
    before: stored(),
    why: "The first family is that of `clusterIP`, which other programs may have kept.",
  },
  "health-check-port-immutable": {
    ...mended(
      service(`
        type: LoadBalancer
        externalTrafficPolicy: Local
        healthCheckNodePort: 31600
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["\n  healthCheckNodePort: 31600", ""],
    ),
    before: service(`
      type: LoadBalancer
      externalTrafficPolicy: Local
      healthCheckNodePort: 31500
      selector:
        app: shop
      ports:
        - port: 80
    `),
    why: "Load balancers have been told to ask the nodes by this port.",
  },
  "primary-unset": {
    notAManifest:
      "The API server has this rule, and no request is known that breaks it: before the rule is asked, an update that leaves the addresses out or empty gets the stored ones.",
    why: "A Service keeps its first address for as long as it has one at all.",
  },
  "downgrade-without-single-stack": {
    ...mended(
      service(`
        ipFamilyPolicy: PreferDualStack
        ipFamilies:
          - IPv4
        clusterIPs:
          - 10.96.14.7
        clusterIP: 10.96.14.7
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["PreferDualStack", "SingleStack"],
    ),
    before: DUAL,
    why: "A Service that prefers two stacks keeps both. That the second one is given up must be said.",
  },
  "finalizer-while-deleted": {
    ...mended(
      service(
        REST,
        `
        name: shop
        finalizers:
          - example.com/dns-record
          - example.com/cleanup
        `,
      ),
      ["\n    - example.com/cleanup", ""],
    ),
    before: stored(
      "",
      `
  deletionTimestamp: "2026-11-02T09:30:00Z"
  deletionGracePeriodSeconds: 0
  finalizers:
    - example.com/dns-record`,
    ),
    why: "The object is going to be removed as soon as its finalizers are done: no other one may join them.",
  },
} as const satisfies Record<string, CatalogueExample | ExampleInWords>;
