import { describe, expect, it, test } from "@jest/globals";
import { NumberText } from "#src/field/json.ts";
import { decode } from "#src/service/decode/decode.ts";
import { decodePlain } from "#src/service/decode/plain.ts";

const LONG = Array.from({ length: 257 }, (_, i) => ({ port: i + 1 }));
const OWN_PROTO: unknown = JSON.parse('{"__proto__": {"name": "a"}}');

describe("what is odd is left to the walk for any object", () => {
  it.each([
    { what: "no object", value: null },
    { what: "a list", value: [] },
    { what: "a number", value: new NumberText("1e400") },
    { what: "a field that nothing has", value: { bogus: 1 } },
    { what: "a field of every object's prototype", value: { constructor: {} } },
    { what: "a field called __proto__", value: OWN_PROTO },
    { what: "a text as an object", value: { spec: "x" } },
    { what: "a number as a text", value: { metadata: { name: 1 } } },
    { what: "a number as a text in a list", value: { spec: { clusterIPs: [1] } } },
    { what: "a null in a list", value: { spec: { ports: [null] } } },
    { what: "a null in a map", value: { metadata: { labels: { a: null } } } },
    { what: "a list as a map", value: { metadata: { labels: [] } } },
    { what: "a number's text", value: { spec: { ports: [{ port: new NumberText("80.0") }] } } },
    { what: "a fraction", value: { spec: { ports: [{ port: 0.5 }] } } },
    { what: "a number above 32 bits", value: { spec: { ports: [{ port: 2 ** 31 }] } } },
    { what: "a fraction of 64 bits", value: { metadata: { generation: 0.5 } } },
    { what: "a text as a flag", value: { spec: { publishNotReadyAddresses: "true" } } },
    { what: "a text as an optional flag", value: { spec: { allocateLoadBalancerNodePorts: "true" } } },
    { what: "a flag as a target port", value: { spec: { ports: [{ targetPort: true }] } } },
    { what: "a time that is none", value: { metadata: { creationTimestamp: "yesterday" } } },
    { what: "the zero time", value: { metadata: { creationTimestamp: "0001-01-01T00:00:00Z" } } },
    { what: "another kind", value: { kind: "Pod" } },
    { what: "another version", value: { apiVersion: "v2" } },
    { what: "a kind in another case", value: { Kind: "Service" } },
    { what: "a long list", value: { spec: { ports: LONG } } },
  ])("$what", ({ value }) => {
    expect(decodePlain(value, 36, false)).toBeUndefined();
  });

  it("a field of a newer version", () => {
    const value = { spec: { trafficDistribution: "PreferClose" } };
    expect(decodePlain(value, 29, false)).toBeUndefined();
    expect(decodePlain(value, 30, false)?.spec).toEqual(value.spec);
  });

  it("a field that the object inherits is none of its own", () => {
    const value = { metadata: { name: "web" } };
    Object.setPrototypeOf(value, { kind: "Pod", bogus: 1 });
    expect(decode(value).service?.kind).toBe("Service");
  });
});

test("managed fields that are skipped may be anything", () => {
  const value = { metadata: { name: "web", managedFields: 5 } };
  expect(decodePlain(value, 36, true)?.metadata).toEqual({ name: "web" });
  expect(decodePlain(value, 36, false)).toBeUndefined();
});

test("two results share nothing that is changed in place", () => {
  const value = { metadata: { name: "web" }, spec: { ports: [{ port: 80 }] } };
  const [one, other] = [decodePlain(value, 36, false), decodePlain(value, 36, false)];
  expect(one).toEqual(other);
  expect(one).not.toBe(other);
  expect(one?.metadata).not.toBe(value.metadata);
  expect(one?.metadata).not.toBe(other?.metadata);
  expect(one?.spec.ports?.[0]).not.toBe(value.spec.ports[0]);
  expect(one?.status.loadBalancer).not.toBe(other?.status.loadBalancer);
});
