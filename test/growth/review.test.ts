import { beforeAll, expect, test } from "@jest/globals";
import { answer } from "#src/admission/answer.ts";
import type { JsonObject } from "#src/field/json.ts";
import { loadPolicies } from "#src/policy-files/load.ts";
import { BUILT_IN_SETS } from "#src/policy/files/built-in-sets.ts";
import type { PolicySet } from "#src/policy/model/types.ts";
import { recordOf } from "#src/webhook/metrics/review-record.ts";
import { type ReviewInput, reviewOf, SETTINGS } from "../admission/answer-review.ts";
import { attacks } from "./attacks.ts";
import { growth, MOST_GROWTH } from "./measure.ts";
import { type Shape, shapes } from "./places.ts";
import { everyPolicy } from "./policies.ts";
import { objectWith } from "./reviews.ts";

let policies: PolicySet;
beforeAll(async () => {
  const ready = await loadPolicies(BUILT_IN_SETS);
  policies = ready.policies.and(everyPolicy());
});

const CASES = [
  ...shapes().map((shape) => ({ name: shape.name, of: (size: number) => asked(shape, size) })),
  ...attacks(),
];

test.each(CASES)("eight times as much takes no more than eight times as long: $name", ({ of }) => {
  const measured = growth(250, (size) => {
    const reviews = of(size).map(reviewOf);
    return () => {
      for (const review of reviews) answerAll(review);
    };
  });
  expect(measured).toBeLessThan(MOST_GROWTH);
});

function answerAll(review: JsonObject): void {
  for (const phase of ["mutate", "validate"] as const) {
    const { body, facts } = answer(review, phase, { ...SETTINGS, policies });
    const written = JSON.stringify(body);
    // A patch fills in as much as there is; all else is bounded.
    if (phase === "validate") expect(written.length).toBeLessThan(300_000);
    expect(lineOf(facts).length).toBeLessThan(150_000);
  }
}

/** What the log writes of it, as text: a line may hold as much as a review does. */
function lineOf(facts: Parameters<typeof recordOf>[0]): string {
  return JSON.stringify(recordOf(facts, { info: true, warn: true, debug: false, countsUnchanged: false }).line);
}

function asked(shape: Shape, size: number): readonly ReviewInput[] {
  const base = shape.keys[1] === "externalName" ? "ExternalName" : "LoadBalancer";
  const object = (): JsonObject => objectWith(base, shape, size);
  return [
    { object: object() },
    { operation: "UPDATE", object: object(), oldObject: object() },
    { operation: "UPDATE", object: object(), oldObject: object(), rest: { subResource: "status" } },
    { operation: "DELETE", oldObject: object() },
  ];
}
