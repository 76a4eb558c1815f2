import { describe, expect, it, test } from "@jest/globals";
import { answer } from "#src/admission/answer.ts";
import { TimeBudgetExceeded } from "#src/field/budget.ts";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { answerReview, reviewOf, service, SETTINGS } from "./answer-review.ts";
import { patched } from "./patched.ts";

const PHASES = ["mutate", "validate", "deny", "warn"] as const;

/** A Service with a value nested this deep, parsed as a review is. */
function deep(place: (value: string) => string, levels: number): JsonObject {
  const { metadata } = service();
  const value = '{"a":'.repeat(levels) + "{}" + "}".repeat(levels);
  const parts = place(value);
  const text = `{"apiVersion":"v1","kind":"Service","metadata":${JSON.stringify(metadata)},"spec":{"ports":[{"port":80}]${parts}}}`;
  const object: unknown = JSON.parse(text);
  return isObject(object) ? object : {};
}

describe("a review with a value that nests deep is answered", () => {
  const places: readonly { name: string; allowed: boolean; place: (value: string) => string }[] = [
    { name: "in an unknown field", allowed: true, place: (value) => `,"unknown":${value}` },
    { name: "in the place of a text", allowed: false, place: (value) => `,"type":${value}` },
    { name: "in the place of a list", allowed: false, place: (value) => `,"externalIPs":${value}` },
    { name: "in the place of an item", allowed: false, place: (value) => `,"clusterIPs":[${value}]` },
    { name: "in the place of a value of a map", allowed: false, place: (value) => `,"selector":{"a":${value}}` },
    { name: "in what a default takes away", allowed: true, place: (value) => `,"sessionAffinityConfig":${value}` },
  ];
  const cases = places.flatMap((one) => [5000, 100_000].map((levels) => ({ ...one, levels })));
  test.each(cases)("$name, $levels levels", ({ place, levels, allowed }) => {
    const object = deep(place, levels);
    for (const phase of PHASES) {
      expect(answerReview(phase, { object }).response.allowed).toBe(allowed || phase === "mutate" || phase === "warn");
      expect(answerReview(phase, { operation: "UPDATE", object, oldObject: object }).status).toBe(200);
    }
  });
});

describe("of very many findings", () => {
  const times = (item: unknown): unknown[] => Array.from({ length: 30_000 }, () => item);

  it.each<{ rule: string; spec: JsonObject; code: number }>([
    { rule: "ports that say nothing", spec: { ports: times({}) }, code: 422 },
    { rule: "nulls for ports", spec: { ports: times(null) }, code: 422 },
    { rule: "items of a wrong type", spec: { ports: times(1) }, code: 400 },
    { rule: "addresses that are none", spec: { externalIPs: times("x") }, code: 422 },
  ])("a hundred are told and the rest is counted as far as it was looked for: $rule", ({ spec, code }) => {
    const { status } = answerReview("validate", { object: service(spec) }).response;
    const causes = status?.details?.causes ?? [];
    expect(status?.code).toBe(code);
    expect(causes).toHaveLength(101);
    expect(causes.at(-1)?.message).toMatch(/^and at least \d+ more, /);
  });

  it("few enough are counted exactly", () => {
    const externalIPs = times("x").slice(0, 500);
    const { status } = answerReview("validate", { object: service({ externalIPs }) }).response;
    expect(status?.details?.causes.at(-1)?.message).toMatch(/^and 400 more, /);
  });

  it("the patch of what is about to be refused is no longer than it is worth, and settles", () => {
    const object = service({ ports: times({}) });
    const result = answerReview("mutate", { object });
    expect(result.patch.length).toBeGreaterThan(1000);
    expect(result.patch.length).toBeLessThan(3100);
    expect(answerReview("mutate", { object: patched(object, result) }).patch).toEqual([]);
  });

  it("the patch of what is accepted is whole", () => {
    const ports = Array.from({ length: 3000 }, (_, i) => ({ name: `n${i}`, port: i + 1 }));
    expect(answerReview("mutate", { object: service({ ports }) }).patch.length).toBeGreaterThan(6000);
  });
});

it("the time is looked at while a patch is made, and while it is told what is wrong with each item", () => {
  for (const ports of [
    Array.from({ length: 9000 }, (_, i) => ({ name: `n${i}`, port: i + 1 })),
    Array.from({ length: 9000 }, () => 1),
  ]) {
    const review = reviewOf({ object: service({ ports }) });
    let looks = 0;
    const count = (): void => {
      looks++;
    };
    answer(review, "mutate", { ...SETTINGS, checkpoint: count });
    const last = looks;
    let left = last;
    const spent = (): void => {
      if (--left === 0) throw new TimeBudgetExceeded();
    };
    expect(answer(review, "mutate", { ...SETTINGS, checkpoint: spent }).facts.decision).toBe("unjudged");
    expect(last).toBeGreaterThan(9000 / 256);
  }
});
