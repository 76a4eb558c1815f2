import { describe, expect, it } from "@jest/globals";
import { create, manifest, saidOf, stored, update } from "#test/engine/ask.ts";

const range = { code: "port-range", reason: "FieldValueInvalid", min: 1, max: 65535 };

describe("a port", () => {
  it.each([
    { name: "is 1 at least", port: { port: 1 }, want: [] },
    { name: "is 65535 at most", port: { port: 65535 }, want: [] },
    {
      name: "is not 0, and neither is the target port that it stands for",
      port: { port: 0 },
      want: [
        { ...range, path: "spec.ports[0].port", found: 0 },
        { ...range, path: "spec.ports[0].targetPort", found: 0 },
      ],
    },
    {
      name: "is not 65536",
      port: { port: 65536, targetPort: 80 },
      want: [{ ...range, path: "spec.ports[0].port", found: 65536 }],
    },
    { name: "may lead to the last target port", port: { port: 80, targetPort: 65535 }, want: [] },
    {
      name: "leads to no target port above",
      port: { port: 80, targetPort: 65536 },
      want: [{ ...range, path: "spec.ports[0].targetPort", found: 65536 }],
    },
    {
      name: "leads to no target port below",
      port: { port: 80, targetPort: -1 },
      want: [{ ...range, path: "spec.ports[0].targetPort", found: -1 }],
    },
    { name: "may lead to a name", port: { port: 80, targetPort: "http-alt" }, want: [] },
    {
      name: "leads to no name that a container port cannot have",
      port: { port: 80, targetPort: "HTTP" },
      want: [
        { code: "target-port-name", path: "spec.ports[0].targetPort", reason: "FieldValueInvalid", found: "HTTP" },
      ],
    },
    { name: "speaks TCP, UDP or SCTP", port: { port: 80, protocol: "SCTP" }, want: [] },
    {
      name: "speaks no other protocol",
      port: { port: 80, protocol: "tcp" },
      want: [
        {
          code: "unsupported-value",
          path: "spec.ports[0].protocol",
          reason: "FieldValueNotSupported",
          found: "tcp",
          allowed: ["TCP", "UDP", "SCTP"],
        },
      ],
    },
    { name: "may say its application protocol", port: { port: 80, appProtocol: "kubernetes.io/h2c" }, want: [] },
    {
      name: "says no application protocol that is no qualified name",
      port: { port: 80, appProtocol: "/h2c" },
      want: [
        { code: "app-protocol-format", path: "spec.ports[0].appProtocol", reason: "FieldValueInvalid", found: "/h2c" },
      ],
    },
    {
      name: "says no empty application protocol",
      port: { port: 80, appProtocol: "" },
      want: [
        { code: "app-protocol-format", path: "spec.ports[0].appProtocol", reason: "FieldValueInvalid", found: "" },
      ],
    },
    {
      name: "has a DNS label for a name, alone too",
      port: { port: 80, name: "HTTP" },
      want: [{ code: "port-name-format", path: "spec.ports[0].name", reason: "FieldValueInvalid", found: "HTTP" }],
    },
    {
      name: "of a ClusterIP has no node port",
      port: { port: 80, nodePort: 30080 },
      want: [
        {
          code: "node-port-cluster-ip",
          path: "spec.ports[0].nodePort",
          reason: "FieldValueForbidden",
          found: 30080,
        },
      ],
    },
    { name: "of a ClusterIP may have the node port 0, which is none", port: { port: 80, nodePort: 0 }, want: [] },
  ])("$name", ({ port, want }) => {
    expect(saidOf(create(manifest({ ports: [port] })).causes)).toEqual(want);
  });
});

describe("ports are needed", () => {
  const missing = [{ code: "ports-required", path: "spec.ports", reason: "FieldValueRequired" }];
  it.each([
    { name: "by a ClusterIP", spec: {}, want: missing },
    { name: "by a NodePort", spec: { type: "NodePort" }, want: missing },
    { name: "by a LoadBalancer", spec: { type: "LoadBalancer" }, want: missing },
    { name: "not by a headless Service", spec: { clusterIP: "None" }, want: [] },
    { name: "not by an ExternalName", spec: { type: "ExternalName", externalName: "db.example.com" }, want: [] },
  ])("$name", ({ spec, want }) => {
    expect(saidOf(create(manifest({ ...spec, ports: [] })).causes)).toEqual(want);
  });

  it.each(["ClusterIP", "NodePort", "LoadBalancer"])("by a %s in an update, too", (type) => {
    expect(saidOf(update(manifest({ type, ports: [] }), stored({ type })).causes)).toEqual(missing);
  });
});

describe("ports beside one another", () => {
  it.each([
    {
      name: "have a name each",
      ports: [{ port: 80 }, { port: 81, name: "b" }, { port: 82 }],
      want: [
        { code: "port-name-required", path: "spec.ports[0].name", reason: "FieldValueRequired" },
        { code: "port-name-required", path: "spec.ports[2].name", reason: "FieldValueRequired" },
      ],
    },
    {
      name: "have names of their own",
      ports: [
        { port: 80, name: "a" },
        { port: 81, name: "a" },
        { port: 82, name: "b" },
      ],
      want: [{ code: "duplicate-port-name", path: "spec.ports[1].name", reason: "FieldValueDuplicate", found: "a" }],
    },
    {
      name: "share no number and protocol",
      ports: [
        { port: 80, name: "a" },
        { port: 80, name: "b" },
      ],
      want: [{ code: "duplicate-port", path: "spec.ports[1]", reason: "FieldValueDuplicate", found: 80, other: "TCP" }],
    },
    {
      name: "may share a number by two protocols",
      ports: [
        { port: 53, name: "a", protocol: "UDP" },
        { port: 53, name: "b", protocol: "TCP" },
      ],
      want: [],
    },
    {
      name: "may lead to one target port",
      ports: [
        { port: 80, name: "a", targetPort: 8080 },
        { port: 81, name: "b", targetPort: 8080 },
      ],
      want: [],
    },
  ])("$name", ({ ports, want }) => {
    expect(saidOf(create(manifest({ ports })).causes)).toEqual(want);
  });

  it("share no node port and protocol", () => {
    const ports = [
      { port: 80, name: "a", nodePort: 30080 },
      { port: 81, name: "b", nodePort: 30080 },
      { port: 82, name: "c", nodePort: 30080, protocol: "UDP" },
    ];
    expect(saidOf(create(manifest({ type: "ExternalName", externalName: "db.example.com", ports })).causes)).toEqual([
      {
        code: "duplicate-node-port",
        path: "spec.ports[1].nodePort",
        reason: "FieldValueDuplicate",
        found: 30080,
        other: "TCP",
      },
    ]);
  });

  it("keep to all of this in an update", () => {
    const ports = [
      { port: 80, name: "a" },
      { port: 80, name: "a" },
    ];
    expect(saidOf(update(manifest({ ports }), stored()).causes)).toEqual([
      { code: "duplicate-port-name", path: "spec.ports[1].name", reason: "FieldValueDuplicate", found: "a" },
      { code: "duplicate-port", path: "spec.ports[1]", reason: "FieldValueDuplicate", found: 80, other: "TCP" },
    ]);
  });
});

describe("the kubelet's port", () => {
  const ports = [
    { port: 80, name: "a" },
    { port: 10250, name: "b" },
  ];
  const refused = [{ code: "kubelet-port", path: "spec.ports[1]", reason: "FieldValueInvalid", found: 10250 }];
  it.each([
    { type: "LoadBalancer", minor: 32, want: refused },
    { type: "LoadBalancer", minor: 33, want: [] },
    { type: "NodePort", minor: 32, want: [] },
    { type: "ClusterIP", minor: 32, want: [] },
  ])("in a $type of 1.$minor", ({ type, minor, want }) => {
    expect(saidOf(create(manifest({ type, ports }), { version: { minor } }).causes)).toEqual(want);
  });
});
