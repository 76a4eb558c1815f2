import type { CatalogueExample, ExampleInWords } from "./example.ts";
import { mended, service } from "./write.ts";

const REST = `
  selector:
    app: shop
  ports:
    - port: 80
`;

/** A Service with these fields before its selector and port. */
const withFields = (fields: string): string => service(`${fields.trimEnd()}${REST}`);

/** `clusterIP`, `clusterIPs` and the families, and what the cluster has of both. */
export const CLUSTER_IPS = {
  "none-not-alone": {
    ...mended(
      withFields(`
  clusterIP: None
  clusterIPs:
    - None
    - 10.96.7.8`),
      ["\n    - 10.96.7.8", ""],
    ),
    why: "A headless Service has no cluster IP at all.",
  },
  "too-many-cluster-ips": {
    ...mended(
      withFields(`
  ipFamilyPolicy: PreferDualStack
  clusterIP: 10.96.7.8
  clusterIPs:
    - 10.96.7.8
    - fd00:10:96::78
    - 10.96.7.9`),
      ["\n    - 10.96.7.9", ""],
    ),
    also: ["cluster-ips-one-family"],
    why: "A Service has one cluster IP of each family.",
  },
  "cluster-ips-one-family": {
    ...mended(
      withFields(`
  ipFamilyPolicy: PreferDualStack
  clusterIP: 10.96.7.8
  clusterIPs:
    - 10.96.7.8
    - 10.96.7.9`),
      ["- 10.96.7.9", '- "fd00:10:96::79"'],
    ),
    why: "A Service has one cluster IP of each family.",
  },
  "cluster-ip-family": {
    ...mended(
      withFields(`
  clusterIP: 10.96.7.8
  ipFamilies:
    - IPv6`),
      ["IPv6", "IPv4"],
    ),
    why: "The first of `ipFamilies` is the family of `clusterIP`.",
  },
  "cluster-ips-alone": {
    ...mended(
      withFields(`
  clusterIPs:
    - 10.96.7.8`),
      ["clusterIPs:\n    - 10.96.7.8", "clusterIP: 10.96.7.8\n  clusterIPs:\n    - 10.96.7.8"],
    ),
    why: "The API server fills in `clusterIPs` from `clusterIP`, and not the other way round.",
  },
  "cluster-ips-required": {
    notAManifest:
      "The API server has this rule, and no request is known that breaks it: before the rule is asked, the server fills in `clusterIPs` from `clusterIP`, or clears both.",
    why: "`clusterIPs` begins with `clusterIP`. Leave it out, and the API server fills it in.",
  },
  "cluster-ips-differ": {
    ...mended(
      withFields(`
  clusterIP: 10.96.7.8
  clusterIPs:
    - 10.96.7.9`),
      ["- 10.96.7.9", "- 10.96.7.8"],
    ),
    why: "`clusterIP` is the first of `clusterIPs`: the older field for clients that know only one address.",
  },
  "headless-type": {
    ...mended(
      withFields(`
  type: NodePort
  clusterIP: None`),
      ["\n  clusterIP: None", ""],
    ),
    why: "Node ports and load balancers forward to the cluster IP's rules. A headless Service has none.",
  },
  "not-for-external-name": {
    ...mended(
      service(
        `
        type: ExternalName
        externalName: db.example.com
        clusterIP: 10.96.7.8
        `,
        "name: database",
      ),
      ["\n  clusterIP: 10.96.7.8", ""],
    ),
    why: "Such a Service is answered by DNS alone: no traffic goes through it.",
  },
  "duplicate-family": {
    ...mended(
      withFields(`
  ipFamilyPolicy: PreferDualStack
  ipFamilies:
    - IPv4
    - IPv4`),
      ["- IPv4\n    - IPv4", "- IPv4\n    - IPv6"],
    ),
    why: "A Service has at most one address of each family.",
  },
  "single-stack-with-two": {
    ...mended(
      withFields(`
  ipFamilyPolicy: SingleStack
  ipFamilies:
    - IPv4
    - IPv6`),
      ["SingleStack", "PreferDualStack"],
    ),
    why: "A Service of one stack has one address. That is also the policy of a Service that names none.",
  },
  "single-stack-cluster": {
    ...mended(
      withFields(`
  ipFamilyPolicy: RequireDualStack`),
      ["RequireDualStack", "PreferDualStack"],
    ),
    settings: { profile: "ipv4" },
    why: "A second address needs a cluster with a range of Service addresses of the second family.",
    note: "The cluster of this example has IPv4 only: `--cluster-profile ipv4`.",
  },
  "family-not-in-cluster": {
    ...mended(
      withFields(`
  ipFamilies:
    - IPv6`),
      ["\n  ipFamilies:\n    - IPv6", ""],
    ),
    settings: { profile: "ipv4" },
    why: "An address of this family needs a cluster with a range of Service addresses of it.",
    note: "The cluster of this example has IPv4 only: `--cluster-profile ipv4`.",
  },
  "second-family-lacking": {
    ...mended(
      service(`
        clusterIP: None
        ipFamilyPolicy: PreferDualStack
        ports:
          - port: 80
      `),
      ["clusterIP: None\n  ", ""],
    ),
    before: service(
      `
      clusterIP: 10.96.14.7
      clusterIPs:
        - 10.96.14.7
      ipFamilies:
        - IPv4
      ipFamilyPolicy: PreferDualStack
      ports:
        - port: 80
      `,
      `
      name: shop
      namespace: default
      uid: 5f0d7c1a-3b1e-4c7e-9d7a-1f0c2b3a4d5e
      resourceVersion: "184467"
      `,
    ),
    settings: { profile: "ipv4", apply: "replace" },
    also: ["immutable"],
    why: "A headless Service without a selector gets both families, whatever the cluster has, and on the way to it the server looks for an address of the second one.",
    note: "The cluster of this example has IPv4 only: `--cluster-profile ipv4`. The manifest is applied with `kubectl replace`.",
  },
  "address-family-not-in-cluster": {
    ...mended(
      withFields(`
  clusterIP: "fd00:10:96::78"`),
      ['\n  clusterIP: "fd00:10:96::78"', ""],
    ),
    settings: { profile: "ipv4" },
    why: "A cluster IP must be in one of the cluster's ranges of Service addresses.",
    note: "The cluster of this example has IPv4 only: `--cluster-profile ipv4`.",
  },
  "address-out-of-range": {
    ...mended(
      withFields(`
  clusterIP: 10.97.0.5`),
      ["\n  clusterIP: 10.97.0.5", ""],
    ),
    settings: { serviceCIDR: "10.96.0.0/16" },
    why: "A cluster IP must be in one of the cluster's ranges of Service addresses.",
    note: "The cluster of this example has the range 10.96.0.0/16: `--service-cidr 10.96.0.0/16`.",
  },
  "address-without-name": {
    ...mended(service(REST, "namespace: production"), ["namespace:", "name: shop\n  namespace:"]),
    why: "From 1.33 on, an object with the Service's name records that an address is taken: there must be a name, and it must be usable in a URL.",
  },
  "picked-without-name": {
    bad: service(REST, "name: shop/frontend"),
    good: service(REST, "name: shop-frontend"),
    settings: { kubernetesVersion: "1.34" },
    also: ["name-format"],
    why: "From 1.33 on, an object with the Service's name records that an address is taken, so that the name must be usable in a URL.",
  },
  "cluster-ips-unreadable": {
    ...mended(
      withFields(`
  clusterIP: 10.96.7.8
  clusterIPs:
    - 10.96.7.8
    - None`),
      [
        "clusterIP: 10.96.7.8\n  clusterIPs:\n    - 10.96.7.8\n    - None",
        "clusterIP: None\n  clusterIPs:\n    - None",
      ],
    ),
    before: service(
      `
      clusterIP: None
      clusterIPs:
        - None
      ipFamilies:
        - IPv4
      ipFamilyPolicy: SingleStack
      selector:
        app: shop
      ports:
        - port: 80
      `,
      `
      name: shop
      namespace: default
      uid: 5f0d7c1a-3b1e-4c7e-9d7a-1f0c2b3a4d5e
      resourceVersion: "184467"
      `,
    ),
    settings: { apply: "replace" },
    also: ["cluster-ips-one-family", "immutable"],
    why: "`None` has no family. The stored Service has it in its list, so the server does not refuse it for what it is, and fails to compare it with the other.",
    note: "The manifest is applied with `kubectl replace`.",
  },
  "address-taken": {
    ...mended(
      withFields(`
  clusterIP: 10.96.0.1`),
      ["\n  clusterIP: 10.96.0.1", ""],
    ),
    settings: { serviceCIDR: "10.96.0.0/16" },
    why: "A cluster IP belongs to one Service. The first address of the first range is that of the Service `kubernetes`, the API server itself.",
    note: "The cluster of this example has the range 10.96.0.0/16: `--service-cidr 10.96.0.0/16`.",
  },
} as const satisfies Record<string, CatalogueExample | ExampleInWords>;
