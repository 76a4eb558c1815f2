import type { CatalogueExample } from "../examples/example.ts";
import { mended, service, yaml } from "../examples/write.ts";

const REST = `
  selector:
    app: shop
  ports:
    - port: 80
`;

/** A Service of a DNS server with these ports. */
const dns = (ports: string): string =>
  service(`selector:\n  app: dns\nports:\n${yaml(ports).replaceAll(/^(?=.)/gm, "  ")}`, "name: dns");

const UDP = `
  - name: dns
    port: 53
    protocol: UDP
`;
const DNS = dns(`${UDP.trimEnd()}
  - name: dns-tcp
    port: 53
    protocol: TCP
`);

/** What becomes of a manifest that is applied over a Service, and of Services that are applied together. */
export const APPLYING = {
  "removed-if-applied": {
    ...mended(
      service(`
        type: LoadBalancer
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["LoadBalancer", "LoadBalancer\n  loadBalancerClass: example.com/public"],
    ),
    before: service(`
      type: LoadBalancer
      loadBalancerClass: example.com/public
      selector:
        app: shop
      ports:
        - port: 80
    `),
  },
  "stays-headless": {
    ...mended(service(REST), ["selector", "clusterIP: None\n  selector"]),
    before: service(`
  clusterIP: None${REST}`),
  },
  "apply-fails": {
    ...mended(
      dns(`
        - name: dns
          port: 53
          protocol: UDP
        - name: metrics
          port: 9153
        - name: dns-tcp
          port: 53
          protocol: TCP
      `),
      [
        "    - name: metrics\n      port: 9153\n    - name: dns-tcp\n      port: 53\n      protocol: TCP\n",
        "    - name: dns-tcp\n      port: 53\n      protocol: TCP\n    - name: metrics\n      port: 9153\n",
      ],
    ),
    before: dns(`
      - name: udp
        port: 53
        protocol: UDP
      - name: tcp
        port: 53
        protocol: TCP
      - name: prometheus
        port: 9153
    `),
  },
  "apply-conflict": {
    ...mended(
      service(`
        internalTrafficPolicy: Local
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["\n  internalTrafficPolicy: Local", ""],
    ),
    before: service(
      `
  clusterIP: 10.96.14.7
  clusterIPs:
    - 10.96.14.7
  internalTrafficPolicy: Cluster${REST}`,
      `
      name: shop
      namespace: default
      uid: 5f0d7c1a-3b1e-4c7e-9d7a-1f0c2b3a4d5e
      resourceVersion: "184467"
      managedFields:
        - manager: traffic-controller
          operation: Apply
          apiVersion: v1
          fieldsType: FieldsV1
          fieldsV1:
            f:spec:
              f:internalTrafficPolicy: {}
      `,
    ),
    settings: { apply: "server-side" },
    note: "The manifest is applied with `kubectl apply --server-side`.",
  },
  "port-lost": {
    bad: DNS,
    good: DNS,
    goodSettings: { apply: "server-side" },
    before: service(
      `
      selector:
        app: dns
      ports:
        - name: dns
          port: 53
          protocol: UDP
      `,
      "name: dns",
    ),
    note: "The manifest is the same: what differs is that the good one is applied with `kubectl apply --server-side`.",
  },
  "resource-version-conflict": {
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
    before: service(REST),
  },
  "judged-as-new": {
    ...mended(
      service(
        REST,
        `
        name: shop
        namespace: production
        `,
      ),
      ["production", "staging"],
    ),
    before: service(
      REST,
      `
      name: shop
      namespace: staging
      `,
    ),
  },
  "duplicate-name": mended(
    `${service(REST)}---\n${service(`
      selector:
        app: shop
        track: canary
      ports:
        - port: 80
    `)}`,
    ["shop\nspec:\n  selector:\n    app: shop\n    track", "shop-canary\nspec:\n  selector:\n    app: shop\n    track"],
  ),
  "node-port-twice": mended(
    `${service(
      `
      type: NodePort
      selector:
        app: shop
      ports:
        - port: 80
          nodePort: 30080
      `,
    )}---\n${service(
      `
      type: NodePort
      selector:
        app: admin
      ports:
        - port: 8443
          nodePort: 30080
      `,
      "name: admin",
    )}`,
    ["8443\n      nodePort: 30080", "8443"],
  ),
  "cluster-ip-twice": mended(
    `${service(`
  clusterIP: 10.96.0.53${REST}`)}---\n${service(
      `
    clusterIP: 10.96.0.53
    selector:
      app: dns
    ports:
      - port: 53
        protocol: UDP
    `,
      "name: dns",
    )}`,
    ["  clusterIP: 10.96.0.53\n  selector:\n    app: shop", "  selector:\n    app: shop"],
  ),
  "external-ip-twice": {
    ...mended(
      `${service(`
        selector:
          app: shop
        ports:
          - port: 80
        externalIPs:
          - 203.0.113.9
      `)}---\n${service(
        `
        selector:
          app: admin
        ports:
          - port: 80
        externalIPs:
          - 203.0.113.9
        `,
        "name: admin",
      )}`,
      ["app: admin\n  ports:\n    - port: 80\n", "app: admin\n  ports:\n    - port: 8443\n"],
    ),
    settings: { kubernetesVersion: "1.35" },
  },
  "policy-default": {
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["  selector", "  ipFamilyPolicy: SingleStack\n  selector"],
    ),
    policy: yaml(`
      apiVersion: fairlead.dev/v1alpha1
      kind: ServicePolicy
      metadata:
        name: dual-stack
      spec:
        defaults:
          ipFamilyPolicy: RequireDualStack
    `),
    settings: { profile: "ipv4" },
    note: "The cluster of this example has IPv4 only: `--cluster-profile ipv4`.",
  },
} as const satisfies Record<string, CatalogueExample>;
