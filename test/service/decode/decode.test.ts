import { describe, expect, it } from "@jest/globals";
import { NumberText } from "#src/field/json.ts";
import { decode } from "#src/service/decode/decode.ts";
import { saidOf } from "#test/engine/ask.ts";

/** What the API server writes of an object that says nothing. */
const EMPTY = { apiVersion: "v1", kind: "Service", metadata: {}, spec: {}, status: { loadBalancer: {} } };

describe("a Service in the API server's own form", () => {
  it.each([
    { name: "nothing at all", given: {}, want: EMPTY },
    { name: "a null document", given: null, want: EMPTY },
    { name: "no document", given: undefined, want: EMPTY },
    { name: "empty kind and version are taken from the endpoint", given: { apiVersion: "", kind: "" }, want: EMPTY },
    {
      name: "nulls are absent",
      given: { metadata: null, spec: { ports: null, type: null }, status: null },
      want: EMPTY,
    },
    {
      name: "empty texts are absent",
      given: { metadata: { name: "" }, spec: { type: "", clusterIP: "" } },
      want: EMPTY,
    },
    {
      name: "empty lists and maps are absent",
      given: { metadata: { labels: {} }, spec: { ports: [], selector: {} } },
      want: EMPTY,
    },
    {
      name: "false and 0 are absent where they say nothing",
      given: { spec: { publishNotReadyAddresses: false, healthCheckNodePort: 0 } },
      want: EMPTY,
    },
    {
      name: "optional values stay even where they are zero",
      given: {
        spec: {
          allocateLoadBalancerNodePorts: false,
          loadBalancerClass: "",
          trafficDistribution: "",
          ipFamilyPolicy: "",
          internalTrafficPolicy: "",
        },
      },
      want: {
        ...EMPTY,
        spec: {
          allocateLoadBalancerNodePorts: false,
          loadBalancerClass: "",
          trafficDistribution: "",
          ipFamilyPolicy: "",
          internalTrafficPolicy: "",
        },
      },
    },
    {
      name: "an optional number stays even as 0",
      given: { metadata: { deletionGracePeriodSeconds: 0 } },
      want: { ...EMPTY, metadata: { deletionGracePeriodSeconds: 0 } },
    },
    {
      name: "an optional object stays even empty",
      given: { spec: { sessionAffinityConfig: { clientIP: {} } } },
      want: { ...EMPTY, spec: { sessionAffinityConfig: { clientIP: {} } } },
    },
    {
      name: "an optional null object is absent",
      given: { spec: { sessionAffinityConfig: { clientIP: null } } },
      want: { ...EMPTY, spec: { sessionAffinityConfig: {} } },
    },
    {
      name: "a null port is a port of zeros",
      given: { spec: { ports: [null] } },
      want: { ...EMPTY, spec: { ports: [{ port: 0, targetPort: 0 }] } },
    },
    {
      name: "a port's numbers are always there",
      given: { spec: { ports: [{ name: "http" }] } },
      want: { ...EMPTY, spec: { ports: [{ name: "http", port: 0, targetPort: 0 }] } },
    },
    {
      name: "a target port keeps its kind",
      given: { spec: { ports: [{ port: 1, targetPort: "" }] } },
      want: { ...EMPTY, spec: { ports: [{ port: 1, targetPort: "" }] } },
    },
    {
      name: "an appProtocol stays even empty",
      given: { spec: { ports: [{ port: 1, appProtocol: "" }] } },
      want: { ...EMPTY, spec: { ports: [{ port: 1, targetPort: 0, appProtocol: "" }] } },
    },
    {
      name: "a null in a list of texts is an empty text",
      given: { spec: { clusterIPs: [null, "a"] } },
      want: { ...EMPTY, spec: { clusterIPs: ["", "a"] } },
    },
    {
      name: "an empty text in a list stays",
      given: { spec: { externalIPs: [""] } },
      want: { ...EMPTY, spec: { externalIPs: [""] } },
    },
    {
      name: "a null in a map is an empty text",
      given: { metadata: { labels: { a: null, b: "" } } },
      want: { ...EMPTY, metadata: { labels: { a: "", b: "" } } },
    },
    {
      name: "a null owner is an owner of empty texts",
      given: { metadata: { ownerReferences: [null] } },
      want: { ...EMPTY, metadata: { ownerReferences: [{ apiVersion: "", kind: "", name: "", uid: "" }] } },
    },
    {
      name: "an owner's optional answers stay",
      given: { metadata: { ownerReferences: [{ controller: false, blockOwnerDeletion: null }] } },
      want: {
        ...EMPTY,
        metadata: { ownerReferences: [{ apiVersion: "", kind: "", name: "", uid: "", controller: false }] },
      },
    },
    {
      name: "a null finalizer is an empty one",
      given: { metadata: { finalizers: [null] } },
      want: { ...EMPTY, metadata: { finalizers: [""] } },
    },
    {
      name: "an empty entry of the managed fields",
      given: { metadata: { managedFields: [null] } },
      want: { ...EMPTY, metadata: { managedFields: [{}] } },
    },
    {
      name: "managed fields of any form are kept",
      given: { metadata: { managedFields: [{ fieldsV1: { "f:x": [1] } }] } },
      want: { ...EMPTY, metadata: { managedFields: [{ fieldsV1: { "f:x": [1] } }] } },
    },
    {
      name: "a condition's fields are always there",
      given: { status: { conditions: [{}] } },
      want: {
        ...EMPTY,
        status: {
          loadBalancer: {},
          conditions: [{ type: "", status: "", lastTransitionTime: null, reason: "", message: "" }],
        },
      },
    },
    {
      name: "a condition's time is written in UTC",
      given: { status: { conditions: [{ lastTransitionTime: "2027-01-31T12:00:00+01:00", observedGeneration: 0 }] } },
      want: {
        ...EMPTY,
        status: {
          loadBalancer: {},
          conditions: [{ type: "", status: "", lastTransitionTime: "2027-01-31T11:00:00Z", reason: "", message: "" }],
        },
      },
    },
    {
      name: "a load balancer's port has its fields",
      given: { status: { loadBalancer: { ingress: [{ ports: [{}] }, null] } } },
      want: { ...EMPTY, status: { loadBalancer: { ingress: [{ ports: [{ port: 0, protocol: "" }] }, {}] } } },
    },
    {
      name: "a time with a fraction",
      given: { metadata: { creationTimestamp: "2027-01-31T12:00:00.9Z" } },
      want: { ...EMPTY, metadata: { creationTimestamp: "2027-01-31T12:00:00Z" } },
    },
    {
      name: "a large generation is still a number",
      given: { metadata: { generation: new NumberText("9223372036854775807") } },
      want: { ...EMPTY, metadata: { generation: 2 ** 63 } },
    },
    {
      name: "the smallest int64",
      given: { metadata: { generation: new NumberText("-9223372036854775808") } },
      want: { ...EMPTY, metadata: { generation: -(2 ** 63) } },
    },
    {
      name: "the bounds of int32",
      given: { spec: { ports: [{ port: 2147483647, targetPort: -2147483648 }] } },
      want: { ...EMPTY, spec: { ports: [{ port: 2147483647, targetPort: -2147483648 }] } },
    },
  ])("$name", ({ given, want }) => {
    expect(decode(given)).toEqual({ service: want, problems: [], unknown: [] });
  });

  it("keeps a label that is called like a property of every object", () => {
    const labels: unknown = JSON.parse('{"__proto__": "a", "constructor": "b"}');
    expect(Object.entries(decode({ metadata: { labels } }).service?.metadata.labels ?? {})).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
  });

  it("leaves what it was given as it is", () => {
    const given = { spec: { ports: [null, { port: 80, targetPort: null }], type: "" } };
    const before = structuredClone(given);
    decode(given);
    expect(given).toEqual(before);
  });
});

describe("fields that the API does not know are left out and named", () => {
  it.each<{ name: string; given: unknown; path: string; known: string }>([
    { name: "on top", given: { extra: 1 }, path: "extra", known: "metadata" },
    { name: "names are case-sensitive", given: { spec: { Type: "NodePort" } }, path: "spec.Type", known: "type" },
    {
      name: "in a list's item",
      given: { spec: { ports: [{ port: 80 }, { containerPort: 1 }] } },
      path: "spec.ports[1].containerPort",
      known: "targetPort",
    },
    { name: "a null one, too", given: { spec: { hostname: null } }, path: "spec.hostname", known: "ports" },
    {
      name: "one called like a property of every object",
      given: { spec: { toString: 1 } },
      path: "spec.toString",
      known: "ports",
    },
    {
      name: "in an object that is always there",
      given: { status: { loadBalancer: { ip: "" } } },
      path: "status.loadBalancer.ip",
      known: "ingress",
    },
  ])("$name", ({ given, path, known }) => {
    const { service, unknown } = decode(given);
    expect(service).toBeDefined();
    expect(unknown.map((finding) => ({ code: finding.code, path: finding.path.toString() }))).toEqual([
      { code: "unknown-field", path },
    ]);
    expect(unknown[0]?.facts?.known).toContain(known);
    expect(JSON.stringify(service)).not.toContain(path.split(".").at(-1) ?? "");
  });
});

describe("what cannot be read", () => {
  const wrongType = (path: string, want: string, found: unknown): object => ({ code: "wrong-type", path, want, found });
  it.each([
    { name: "a document that is no object", given: "web", want: [wrongType("", "object", "web")] },
    { name: "a list of documents", given: [{}], want: [wrongType("", "object", [{}])] },
    { name: "a number for a text", given: { metadata: { name: 1 } }, want: [wrongType("metadata.name", "string", 1)] },
    { name: "a boolean for a text", given: { spec: { type: true } }, want: [wrongType("spec.type", "string", true)] },
    {
      name: "a text for a boolean",
      given: { spec: { publishNotReadyAddresses: "true" } },
      want: [wrongType("spec.publishNotReadyAddresses", "boolean", "true")],
    },
    {
      name: "a text for a number",
      given: { spec: { ports: [{ port: "80" }] } },
      want: [wrongType("spec.ports[0].port", "whole number", "80")],
    },
    {
      name: "an object for a list",
      given: { spec: { ports: { port: 80 } } },
      want: [wrongType("spec.ports", "list", { port: 80 })],
    },
    { name: "a list for an object", given: { spec: [] }, want: [wrongType("spec", "object", [])] },
    {
      name: "a text for an object",
      given: { spec: { ports: ["80"] } },
      want: [wrongType("spec.ports[0]", "object", "80")],
    },
    {
      name: "a number in a map",
      given: { spec: { selector: { app: 1 } } },
      want: [wrongType("spec.selector[app]", "string", 1)],
    },
    {
      name: "an entry whose key needs care",
      given: { metadata: { labels: { "a/b~c": true } } },
      want: [wrongType("metadata.labels[a/b~c]", "string", true)],
    },
    {
      name: "a list for a map",
      given: { metadata: { annotations: [] } },
      want: [wrongType("metadata.annotations", "object", [])],
    },
    {
      name: "a number in a list of texts",
      given: { spec: { clusterIPs: ["a", 7] } },
      want: [wrongType("spec.clusterIPs[1]", "string", 7)],
    },
    {
      name: "a boolean target port",
      given: { spec: { ports: [{ port: 80, targetPort: true }] } },
      want: [wrongType("spec.ports[0].targetPort", "whole number or string", true)],
    },
    {
      name: "a number for a time",
      given: { metadata: { creationTimestamp: 5 } },
      want: [wrongType("metadata.creationTimestamp", "string", 5)],
    },
    {
      name: "a boolean for an int64",
      given: { metadata: { generation: true } },
      want: [wrongType("metadata.generation", "whole number", true)],
    },
    {
      name: "two at once, both named",
      given: { metadata: { name: 1 }, spec: { type: 2 } },
      want: [wrongType("metadata.name", "string", 1), wrongType("spec.type", "string", 2)],
    },
    {
      name: "no time",
      given: { metadata: { creationTimestamp: "now" } },
      want: [{ code: "wrong-time", path: "metadata.creationTimestamp", found: "now" }],
    },
    {
      name: "an empty time",
      given: { metadata: { creationTimestamp: "" } },
      want: [{ code: "wrong-time", path: "metadata.creationTimestamp", found: "" }],
    },
    {
      name: "no time in a condition",
      given: { status: { conditions: [{ lastTransitionTime: "now" }] } },
      want: [{ code: "wrong-time", path: "status.conditions[0].lastTransitionTime", found: "now" }],
    },
    {
      name: "a number above int32",
      given: { spec: { ports: [{ port: 2147483648 }] } },
      want: [{ code: "not-int32", path: "spec.ports[0].port", found: 2147483648 }],
    },
    {
      name: "a number below int32",
      given: { spec: { ports: [{ port: -2147483649 }] } },
      want: [{ code: "not-int32", path: "spec.ports[0].port", found: -2147483649 }],
    },
    {
      name: "a target port above int32",
      given: { spec: { ports: [{ port: 1, targetPort: 2147483648 }] } },
      want: [{ code: "not-int32", path: "spec.ports[0].targetPort", found: 2147483648 }],
    },
    {
      name: "another kind",
      given: { kind: "Pod" },
      want: [{ code: "wrong-kind", path: "kind", want: "Service", found: "Pod" }],
    },
    {
      name: "another version",
      given: { apiVersion: "v2", kind: "Service" },
      want: [{ code: "wrong-kind", path: "apiVersion", want: "v1", found: "v2" }],
    },
    {
      name: "both others",
      given: { apiVersion: "v2", kind: "Pod" },
      want: [
        { code: "wrong-kind", path: "apiVersion", want: "v1", found: "v2" },
        { code: "wrong-kind", path: "kind", want: "Service", found: "Pod" },
      ],
    },
  ])("$name", ({ given, want }) => {
    const { service, problems } = decode(given);
    expect(service).toBeUndefined();
    expect(saidOf(problems)).toEqual(want);
  });

  it.each([
    { name: "a fraction", text: "80.5", path: "port" },
    { name: "a whole number with a point", text: "80.0", path: "port" },
    { name: "an exponent", text: "8e1", path: "port" },
    { name: "a target port with a point", text: "80.0", path: "targetPort" },
  ])("$name: $text is no $path", ({ text, path }) => {
    const { service, problems } = decode({ spec: { ports: [{ port: 80, [path]: new NumberText(text) }] } });
    expect(service).toBeUndefined();
    expect(problems[0]?.path.toString()).toBe(`spec.ports[0].${path}`);
  });

  it.each([
    { name: "the object itself", at: (value: unknown) => value, want: "" },
    { name: "an object", at: (value: unknown) => ({ spec: value }), want: "spec" },
    {
      name: "an object that may be left out",
      at: (value: unknown) => ({ spec: { sessionAffinityConfig: value } }),
      want: "spec.sessionAffinityConfig",
    },
    { name: "a map", at: (value: unknown) => ({ spec: { selector: value } }), want: "spec.selector" },
    { name: "a list", at: (value: unknown) => ({ spec: { ports: value } }), want: "spec.ports" },
    { name: "an item of a list", at: (value: unknown) => ({ spec: { ports: [value] } }), want: "spec.ports[0]" },
    { name: "a text", at: (value: unknown) => ({ spec: { type: value } }), want: "spec.type" },
    {
      name: "a time",
      at: (value: unknown) => ({ metadata: { creationTimestamp: value } }),
      want: "metadata.creationTimestamp",
    },
  ])("a number that keeps its text is no value for $name", ({ at, want }) => {
    const { service, problems } = decode(at(new NumberText("1.5")));
    expect(service).toBeUndefined();
    expect(problems.map(({ code, path }) => `${code} ${path.toString()}`)).toEqual([`wrong-type ${want}`]);
  });

  it.each([
    { name: "above int64", text: "9223372036854775808" },
    { name: "below int64", text: "-9223372036854775809" },
    { name: "with a point", text: "1.0" },
  ])("a generation $name", ({ text }) => {
    expect(decode({ metadata: { generation: new NumberText(text) } }).service).toBeUndefined();
  });
});
