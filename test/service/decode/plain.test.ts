import { describe, expect, it, test } from "@jest/globals";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { Draws } from "#fuzz/draws.ts";
import { drawService } from "#fuzz/generators/service.ts";
import { REVIEW_SEEDS } from "#fuzz/generators/seeds.ts";
import { isObject, NumberText, valueAt } from "#src/field/json.ts";
import { decode, decodeAny } from "#src/service/decode/decode.ts";
import { decodePlain } from "#src/service/decode/plain.ts";
import { isService } from "#src/service/schema/structure.ts";
import { anyService, soundService } from "#test/engine/arbitrary.ts";
import { readRun } from "../../conformance/vectors.ts";

const VECTORS = join(import.meta.dirname, "../../conformance");

/** Every third of the recorded objects, and the objects that were stored before. */
const RECORDED = readdirSync(VECTORS)
  .filter((file) => file.endsWith(".jsonl.gz"))
  .map((file) => readRun(join(VECTORS, file), 3))
  .flatMap(({ vectors, version: { minor } }) =>
    vectors.flatMap(({ object, oldObject }) => [object, oldObject].filter(isObject).map((value) => ({ value, minor }))),
  );

/** Whether the object is plain; if it is, the answer must be that of the walk for any object, to the order of its fields. */
function agrees(value: unknown, minor: number, skipManagedFields: boolean): boolean {
  const before = JSON.stringify(value);
  const plain = decodePlain(value, minor, skipManagedFields);
  expect(JSON.stringify(value)).toBe(before);
  if (plain === undefined) return false;
  const { service, problems, unknown } = decodeAny(value, { version: { minor }, skipManagedFields });
  expect({ problems, unknown }).toEqual({ problems: [], unknown: [] });
  expect(plain).toStrictEqual(service);
  expect(JSON.stringify(plain)).toBe(JSON.stringify(service));
  expect(isService(plain)).toBe(true);
  return true;
}

describe("a plain object is decoded as any other is", () => {
  const minors = fc.integer({ min: 25, max: 37 });

  it("recorded ones", () => {
    const plain = RECORDED.filter(({ value, minor }) => agrees(value, minor, false) && agrees(value, minor, true));
    const readable = RECORDED.filter(({ value, minor }) => {
      const { service, unknown } = decodeAny(value, { version: { minor } });
      return service !== undefined && unknown.length === 0;
    });
    // Most of the others have a null in a list or a number that is no plain one.
    expect(plain.length / readable.length).toBeGreaterThan(0.99);
  });

  it("generated ones", () => {
    let plain = 0;
    fc.assert(
      fc.property(fc.integer(), minors, fc.boolean(), (seed, minor, skip) => {
        if (agrees(drawService(new Draws(seed)), minor, skip)) plain++;
      }),
      { numRuns: 5000 },
    );
    expect(plain).toBeGreaterThan(500);
  });

  it("ones drawn field by field", () => {
    fc.assert(
      fc.property(fc.oneof(anyService, soundService), minors, fc.boolean(), (object, minor, skip) => {
        agrees(object, minor, skip);
      }),
      { numRuns: 2000 },
    );
  });
});

test("what an API server sends to a webhook is plain", () => {
  const objects = REVIEW_SEEDS.map((text): unknown => JSON.parse(text))
    .flatMap((review) => [valueAt(review, ["request", "object"]), valueAt(review, ["request", "oldObject"])])
    .filter(isObject);
  expect(objects.length).toBeGreaterThan(10);
  expect(objects.filter((object) => !agrees(object, 36, true))).toEqual([]);
});

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
