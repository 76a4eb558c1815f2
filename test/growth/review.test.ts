import { beforeAll, expect, test } from "@jest/globals";
import { pino } from "pino";
import { answer } from "../../src/admission/answer.ts";
import type { JsonObject } from "../../src/field/json.ts";
import { loadPolicies } from "../../src/policy/load.ts";
import { READY_MADE } from "../../src/policy/sources.ts";
import type { PolicySet } from "../../src/policy/types.ts";
import { logReview } from "../../src/server/log.ts";
import { type Asked, reviewOf, SETTINGS } from "../admission/ask.ts";
import { growth, MOST_GROWTH } from "./measure.ts";
import { everyPolicy } from "./policies.ts";
import { type Shape, shapes } from "./places.ts";
import { attacks } from "./attacks.ts";
import { objectWith } from "./reviews.ts";

let policies: PolicySet;
beforeAll(async () => {
  const ready = await loadPolicies(READY_MADE);
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

function lineOf(facts: Parameters<typeof logReview>[1]): string {
  const lines: string[] = [];
  logReview(pino({ level: "info" }, { write: (line: string) => void lines.push(line) }), facts, 1);
  return lines.join("");
}

function asked(shape: Shape, size: number): readonly Asked[] {
  const base = shape.keys[1] === "externalName" ? "ExternalName" : "LoadBalancer";
  const object = (): JsonObject => objectWith(base, shape, size);
  return [
    { object: object() },
    { operation: "UPDATE", object: object(), oldObject: object() },
    { operation: "UPDATE", object: object(), oldObject: object(), rest: { subResource: "status" } },
    { operation: "DELETE", oldObject: object() },
  ];
}
