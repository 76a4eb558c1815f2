import type { ReviewInput } from "../admission/answer-review.ts";

/** What grows together: one list that is looked for in another, which is as long. */
export function attacks(): readonly { readonly name: string; readonly of: (size: number) => readonly ReviewInput[] }[] {
  return [
    {
      name: "annotations that exempt from no rule, and external IPs",
      of: (size) => both({ annotations: exempting(size) }, { externalIPs: addresses(size) }),
    },
    {
      name: "node ports, and managed fields that list each",
      of: (size) => both({ managedFields: [managed(size)] }, { type: "NodePort", ports: ports(size) }),
    },
    {
      name: "node ports, and as many managers",
      of: (size) => both({ managedFields: times(size, () => managed(1)) }, { type: "NodePort", ports: ports(size) }),
    },
    {
      name: "node ports, and a last applied version with as many",
      of: (size) =>
        both(
          { annotations: { [LAST_APPLIED]: JSON.stringify({ spec: { ports: ports(size).reverse() } }) } },
          { type: "NodePort", ports: ports(size) },
        ),
    },
    {
      name: "ports of one number and protocol, each of which a default would change",
      of: (size) => both({}, { ports: times(size, (i) => ({ name: `n${i}`, port: 80, protocol: "TCP" })) }),
    },
    {
      name: "finalizers, and others as they are stored, in deletion",
      of: (size) => {
        const metadata = (from: number) => ({
          deletionTimestamp: "2026-01-01T00:00:00Z",
          finalizers: times(size, (i) => `example.com/f${i + from}`),
        });
        return [
          { operation: "UPDATE", object: manifest(metadata(size), {}), oldObject: manifest(metadata(0), {}) },
          { operation: "DELETE", oldObject: manifest(metadata(0), {}) },
        ];
      },
    },
    {
      name: "addresses in the reverse of their stored order",
      of: (size) => [
        {
          operation: "UPDATE",
          object: manifest({}, { externalIPs: addresses(size).reverse(), ports: ports(size).reverse() }),
          oldObject: manifest({}, { externalIPs: addresses(size), ports: ports(size) }),
        },
      ],
    },
    {
      name: "groups of a user",
      of: (size) => [
        {
          object: manifest({}, {}),
          rest: { userInfo: { username: "u".repeat(size), groups: times(size, (i) => `g${i}`) } },
        },
      ],
    },
  ];
}

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

function manifest(metadata: object, spec: object): object {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "team-a", ...metadata },
    spec: { ports: [{ name: "n0", port: 80, protocol: "TCP", targetPort: 80 }], ...spec },
  };
}

function both(metadata: object, spec: object): readonly ReviewInput[] {
  const object = manifest(metadata, spec);
  return [{ object, rest: { dryRun: true } }, { object }, { operation: "UPDATE", object, oldObject: object }];
}

function exempting(count: number): object {
  return Object.fromEntries(times(count, (i) => [`exempt.fairlead.dev/external-ip${i}`, "because"]));
}

function addresses(count: number): string[] {
  return times(count, (i) => `198.51.${i >> 8}.${i & 255}`);
}

function ports(count: number) {
  return times(count, (i) => ({
    name: `n${i}`,
    port: i + 1,
    protocol: "TCP",
    targetPort: i + 1,
    nodePort: 30_000 + i,
  }));
}

function managed(count: number): object {
  const fields: (readonly [string, unknown])[] = times(count, (i) => [
    `k:{"port":${i + 1},"protocol":"TCP"}`,
    { ".": {}, "f:port": {}, "f:nodePort": {} },
  ]);
  return {
    manager: "m",
    operation: "Update",
    apiVersion: "v1",
    fieldsType: "FieldsV1",
    fieldsV1: { "f:spec": { "f:ports": Object.fromEntries(fields) } },
  };
}

function times<T>(count: number, item: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => item(i));
}
