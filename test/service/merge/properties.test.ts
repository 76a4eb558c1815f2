import { describe, test } from "@jest/globals";
import fc from "fast-check";
import { equalJson, isObject, type JsonObject, valueAt } from "#src/field/index.ts";
import { type ApplyMode, APPLY_MODES, mergedObject } from "#src/service/merge/index.ts";

const port = fc.record(
  {
    name: fc.constantFrom("a", "b", "c", "d"),
    port: fc.constantFrom(53, 80, 443),
    protocol: fc.constantFrom("TCP", "UDP"),
    targetPort: fc.constantFrom(1, 2, "http"),
    nodePort: fc.constantFrom(30_000, 30_001),
  },
  { requiredKeys: ["port", "protocol"] },
);
const texts = fc.dictionary(fc.constantFrom("a", "b", "__proto__", "e.io/x"), fc.constantFrom("1", "2"));
const manifestOf = (ports: fc.Arbitrary<JsonObject[]>): fc.Arbitrary<JsonObject> =>
  fc.record({
    metadata: fc.record(
      { labels: texts, annotations: texts, finalizers: fc.uniqueArray(fc.constantFrom("e.io/a", "e.io/b", "e.io/c")) },
      { requiredKeys: [] },
    ),
    spec: fc.record(
      {
        ports,
        selector: texts,
        type: fc.constantFrom("ClusterIP", "NodePort"),
        externalIPs: fc.array(fc.constantFrom("192.0.2.1", "192.0.2.2"), { maxLength: 2 }),
        sessionAffinity: fc.constantFrom("None", "ClientIP"),
      },
      { requiredKeys: [] },
    ),
  });
const anyManifest = manifestOf(fc.array(port, { maxLength: 5 }));
/** No two ports with one number and protocol: the API server refuses them. */
const distinctManifest = manifestOf(
  fc.uniqueArray(port, { maxLength: 5, selector: (item) => `${item.port}/${item.protocol}` }),
);
/** No two ports with one number: those are lost and refused, as kubectl does. */
const plainManifest = manifestOf(fc.uniqueArray(port, { maxLength: 3, selector: (item) => item.port }));
const merging = fc.constantFrom<ApplyMode>("client", "server-side");

function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freeze(inner);
}

function specOf(object: unknown): JsonObject {
  const spec = valueAt(object, ["spec"]);
  return isObject(spec) ? spec : {};
}

/** Whether a value has everything that another one says, items of lists in any order. */
function includes(value: unknown, said: unknown): boolean {
  if (isObject(said)) {
    return isObject(value) && Object.entries(said).every(([key, inner]) => includes(valueAt(value, [key]), inner));
  }
  if (!Array.isArray(said)) return equalJson(value, said);
  return Array.isArray(value) && said.every((item) => value.some((one: unknown) => includes(one, item)));
}

/** An object without what is empty, which is the same to the server as what is absent. */
function withoutEmpty(value: unknown): unknown {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, withoutEmpty(inner)]);
  const isEmpty = (inner: unknown): boolean =>
    Array.isArray(inner) ? inner.length === 0 : isObject(inner) && Object.keys(inner).length === 0;
  return Object.fromEntries(entries.filter(([, inner]) => !isEmpty(inner)));
}

describe("for all manifests", () => {
  test("no merge changes what it is given, and none throws", () => {
    const mode = fc.constantFrom(...APPLY_MODES);
    fc.assert(
      fc.property(mode, fc.option(anyManifest, { nil: undefined }), anyManifest, anyManifest, (how, ...objects) => {
        freeze(objects);
        const [applied, live, manifest] = objects;
        mergedObject(how, applied, live, manifest);
      }),
    );
  });

  test("an object that is applied over itself stays as it is", () => {
    fc.assert(
      fc.property(merging, distinctManifest, (mode, object) => {
        const { object: merged, refusal } = mergedObject(mode, object, object, object);
        return refusal === undefined && equalJson(withoutEmpty(merged), withoutEmpty(object));
      }),
    );
  });

  test("what the manifest says is in the merged object", () => {
    fc.assert(
      fc.property(merging, plainManifest, plainManifest, plainManifest, (mode, applied, live, manifest) =>
        includes(mergedObject(mode, applied, live, manifest).object, withoutEmpty(manifest)),
      ),
    );
  });

  test("what somebody else has set, and the manifest does not mention, stays", () => {
    fc.assert(
      fc.property(merging, plainManifest, plainManifest, (mode, live, manifest) => {
        const { object } = mergedObject(mode, undefined, live, manifest);
        const said = valueAt(manifest, ["spec"]);
        return Object.entries(specOf(live)).every(
          ([field, value]) =>
            valueAt(said, [field]) !== undefined || equalJson(valueAt(object, ["spec", field]), value),
        );
      }),
    );
  });

  test("an apply that is repeated changes nothing", () => {
    fc.assert(
      fc.property(merging, plainManifest, plainManifest, plainManifest, (mode, applied, live, manifest) => {
        const { object: once } = mergedObject(mode, applied, live, manifest);
        const { object: twice } = mergedObject(mode, manifest, once, manifest);
        return equalJson(withoutEmpty(twice), withoutEmpty(once));
      }),
    );
  });

  test("a field that was applied by this manager only, and is gone, is removed", () => {
    fc.assert(
      fc.property(merging, plainManifest, plainManifest, (mode, applied, manifest) => {
        const { object } = mergedObject(mode, applied, applied, manifest);
        return equalJson(
          Object.keys(specOf(withoutEmpty(object))).toSorted(),
          Object.keys(specOf(withoutEmpty(manifest))).toSorted(),
        );
      }),
    );
  });
});
