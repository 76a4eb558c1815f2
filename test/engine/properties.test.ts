import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import jsonPatch, { type Operation } from "fast-json-patch";
import { patchBetween } from "#src/admission/review/patch.ts";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { applyStaticDefaults } from "#src/service/apply-static-defaults.ts";
import { decode } from "#src/service/decode/decode.ts";
import { isDecoded } from "#src/service/schema/schema.ts";
import { NEWEST_KNOWN } from "#src/service/versions/version.ts";
import { readText } from "#src/text/read.ts";
import { anyCluster, anyService, soundService } from "./arbitrary.ts";
import { create, saidOf, settle, update, writeStatus } from "./ask.ts";

/** The same in every run: a failure can be looked at again. */
const RUNS = { seed: 20270131, numRuns: 1500 } as const;

describe("for every Service", () => {
  it("judging never throws, and refuses for a reason", () => {
    fc.assert(
      fc.property(
        anyService,
        fc.oneof(anyService, soundService),
        anyCluster,
        fc.boolean(),
        (object, old, cluster, dryRun) => {
          for (const answer of [
            create(object, { cluster, dryRun }),
            update(object, old, { cluster, dryRun }),
            writeStatus(object, old, { cluster }),
          ]) {
            const isFailure = !answer.decision.allowed && answer.decision.code === 500;
            expect(answer.decision.allowed || answer.causes.length > 0 || isFailure).toBe(true);
            expect(answer.decision.allowed && answer.causes.length > 0).toBe(false);
            expect(answer.stored !== undefined).toBe(answer.decision.allowed);
          }
        },
      ),
      RUNS,
    );
  });

  it("the causes of all stages are those of the server and others, and decide nothing else", () => {
    fc.assert(
      fc.property(fc.oneof(anyService, soundService), anyCluster, fc.boolean(), (object, cluster, dryRun) => {
        const [asked, all] = [false, true].map((allStages) => create(object, { cluster, dryRun, allStages }));
        expect(all?.decision).toEqual(asked?.decision);
        expect(all?.stored).toEqual(asked?.stored);
        expect(saidOf(all?.causes ?? [])).toEqual(expect.arrayContaining(saidOf(asked?.causes ?? [])));
      }),
      RUNS,
    );
  });

  it("defaulting twice equals once", () => {
    fc.assert(
      fc.property(fc.oneof(anyService, soundService), (object) => {
        const { service } = decode(object);
        fc.pre(service !== undefined);
        const once = applyStaticDefaults(service, NEWEST_KNOWN);
        expect(applyStaticDefaults(once, NEWEST_KNOWN)).toEqual(once);
        expect(decode(once).service).toEqual(once);
      }),
      RUNS,
    );
  });

  it("the stored object as an update of itself is allowed and unchanged", () => {
    fc.assert(
      fc.property(fc.oneof(soundService, soundService, anyService), anyCluster, (object, cluster) => {
        const { stored } = create(object, { cluster });
        fc.pre(stored !== undefined);
        const settled = settle(stored);
        const again = update(settled, settled, { cluster });
        expect(saidOf(again.causes)).toEqual([]);
        expect(again.stored).toEqual(settled);
        expect(again.allocated).toEqual([]);
      }),
      RUNS,
    );
  });

  it("the same manifest applied again changes nothing", () => {
    fc.assert(
      fc.property(fc.oneof(soundService, soundService, anyService), anyCluster, (object, cluster) => {
        const { stored } = create(object, { cluster });
        fc.pre(stored !== undefined);
        const settled = settle(stored);
        const again = update(object, settled, { cluster });
        expect(saidOf(again.causes)).toEqual([]);
        expect(again.stored).toEqual(settled);
        expect(again.allocated).toEqual([]);
      }),
      RUNS,
    );
  });

  it("an allowed object's patch applies exactly, and a second round gives none", () => {
    fc.assert(
      fc.property(fc.oneof(soundService, anyService), anyCluster, (object, cluster) => {
        const { decision, admitted } = create(object, { cluster });
        fc.pre(decision.allowed && admitted !== undefined);
        const operations = patchBetween(object, admitted).filter(isOperation);
        const patched: unknown = jsonPatch.applyPatch(
          structuredClone(object),
          structuredClone(operations),
          true,
        ).newDocument;
        expect(create(patched, { cluster }).admitted).toEqual(admitted);
        const sent: JsonObject = isObject(patched) ? patched : {};
        expect(patchBetween(sent, admitted)).toEqual([]);
      }),
      RUNS,
    );
  });

  it("the order of keys and extra white space never change the answer", () => {
    const space = fc.constantFrom("", " ", "\n\t", "\r\n  ");
    fc.assert(
      fc.property(fc.oneof(anyService, soundService), space, fc.boolean(), (object, between, dryRun) => {
        const [document] = readText(spaced(reversed(object), between), { format: "json" }).documents;
        const [plain, moved] = [create(object, { dryRun }), create(document?.value, { dryRun })];
        expect(moved.decision).toEqual(plain.decision);
        expect(sorted(saidOf(moved.causes))).toEqual(sorted(saidOf(plain.causes)));
        expect(sorted(saidOf(moved.warnings))).toEqual(sorted(saidOf(plain.warnings)));
        expect(moved.defaulted).toEqual(plain.defaulted);
        expect(moved.stored).toEqual(plain.stored);
        expect(moved.allocated).toEqual(plain.allocated);
      }),
      RUNS,
    );
  });

  it("every cause points into the user's text, or names a field that is missing there", () => {
    fc.assert(
      fc.property(anyService, anyCluster, (object, cluster) => {
        for (const { path } of create(object, { cluster }).causes) {
          expect(`${path.toString()}: ${strayStep(object, path.keys())}`).toBe(`${path.toString()}: none`);
          expect(`${path.toString()}: ${isDecoded(path.keys())}`).toBe(`${path.toString()}: true`);
        }
      }),
      RUNS,
    );
  });
});

function isOperation(value: unknown): value is Operation {
  return isObject(value) && "op" in value && "path" in value;
}

/** The first step that cannot be taken: below a plain value, into a mapping by number, behind the end of a list. */
function strayStep(object: unknown, keys: readonly (string | number)[]): string {
  let at = object;
  for (const key of keys) {
    // From here on the path names what is missing.
    if (at === undefined || at === null) return "none";
    if (Array.isArray(at) && typeof key === "number" && key < at.length) at = at[key];
    else if (isObject(at) && typeof key === "string") at = valueAt(at, [key]);
    else return String(key);
  }
  return "none";
}

/** The value as JSON, with this between any two tokens. */
function spaced(value: unknown, between: string): string {
  const joined = (open: string, items: readonly string[], close: string): string =>
    `${between}${open}${between}${items.join(`${between},${between}`)}${between}${close}${between}`;
  if (Array.isArray(value)) {
    return joined(
      "[",
      value.map((item) => spaced(item, between)),
      "]",
    );
  }
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, inner]) => `${JSON.stringify(key)}${between}:${between}${spaced(inner, between)}`,
  );
  return joined("{", members, "}");
}

function sorted(said: readonly JsonObject[]): string[] {
  return said.map((one) => JSON.stringify(one)).sort();
}

/** The same object with the keys of every mapping in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}
