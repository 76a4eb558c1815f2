import { expect, test } from "@jest/globals";
import { answer } from "#src/admission/answer.ts";
import { isObject } from "#src/field/json.ts";
import { compilePolicies } from "#src/policy/compile/compile.ts";
import { readPolicy } from "#src/policy/compile/validate.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { DOCUMENT } from "#src/policy/schema/document.ts";
import type { JsonSchema } from "#src/policy/schema/shape.ts";
import { reviewOf, service, SETTINGS } from "../admission/answer-review.ts";
import { growth, MOST_GROWTH } from "./measure.ts";

interface Place {
  readonly name: string;
  readonly document: (size: number) => unknown;
}

/** Everything in the schema of policies, and in that of each rule's parameters, that may grow. */
const PLACES: readonly Place[] = [
  ...ofSchema(DOCUMENT.schema, "policy", (value) => value),
  ...RULES.flatMap(({ id, parameters }) => [
    ...ofSchema(parameters, id, (value) => document({ rules: [{ rule: id, parameters: value }] })),
  ]),
];

test.each(PLACES)(
  "eight times as much of a policy takes no more than eight times as long: $name",
  ({ document: make }) => {
    const measured = growth(120, (size) => {
      const given = make(size);
      return () => {
        const reading = readPolicy(given);
        if ("policy" in reading) judgeBy(reading.policy);
      };
    });
    expect(measured).toBeLessThan(MOST_GROWTH);
  },
);

test("eight times as many policies take no more than eight times as long", () => {
  const measured = growth(100, (size) => {
    const documents = Array.from({ length: size }, (_, i) => {
      const reading = readPolicy({ ...document({ rules: [{ rule: "named-ports" }] }), metadata: { name: `p${i}` } });
      if ("problems" in reading) throw new Error("a policy");
      return reading.policy;
    });
    return () => {
      judgeBy(...documents);
    };
  });
  expect(measured).toBeLessThan(MOST_GROWTH);
});

function judgeBy(...documents: Parameters<typeof compilePolicies>[0]): void {
  const policies = compilePolicies(documents);
  for (const phase of ["mutate", "validate"] as const) {
    JSON.stringify(answer(reviewOf({ object: service() }), phase, { ...SETTINGS, policies }).body);
  }
}

function document(spec: object): object {
  return { apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name: "p" }, spec };
}

function* ofSchema(schema: JsonSchema, name: string, within: (value: unknown) => unknown): Iterable<Place> {
  const place = (what: string, value: (size: number) => unknown): Place => ({
    name: `${name}: ${what}`,
    document: (size) => within(value(size)),
  });
  const times = (size: number, item: (i: number) => unknown): unknown[] =>
    Array.from({ length: size }, (_, i) => item(i));
  if (schema.type === "string") {
    for (const piece of ["a", "*a", "1."]) yield place(`a text of ${piece}`, (size) => piece.repeat(size));
  }
  if (schema.type === "array" && schema.items !== undefined) {
    const { items } = schema;
    yield place("items", (size) => times(size, (i) => good(items, i)));
    yield place("items of a wrong type", (size) => times(size, (i) => [i]));
    yield* ofSchema(items, `${name}[]`, (value) => within([value]));
  }
  if (schema.type === "object") {
    const entries = (size: number, value: (i: number) => unknown): object =>
      Object.fromEntries(Array.from({ length: size }, (_, i) => [`key-${i}`, value(i)]));
    yield place("entries", (size) => entries(size, (i) => `v${i}`));
    yield place("entries of a wrong type", (size) => entries(size, () => []));
    for (const [field, inner] of Object.entries(schema.properties ?? {})) {
      yield* ofSchema(inner, `${name}.${field}`, (value) => within(withField(good(schema, 0), field, value)));
    }
  }
}

function withField(object: unknown, field: string, value: unknown): unknown {
  return { ...(isObject(object) ? object : {}), [field]: value };
}

/** A value that satisfies the schema, as far as its types go. */
function good(schema: JsonSchema, i: number): unknown {
  if (schema.enum !== undefined) return schema.enum[i % schema.enum.length];
  switch (schema.type) {
    case "string":
      return schema.format === "cidr" ? `10.0.${i & 255}.0/24` : schema.format === "date" ? "2027-01-31" : `a${i}`;
    case "integer":
      return Math.max(schema.minimum ?? 0, 1);
    case "boolean":
      return true;
    case "array":
      return schema.items === undefined ? [] : [good(schema.items, i)];
    default:
      return Object.fromEntries(
        (schema.required ?? []).map((field) => [field, good(schema.properties?.[field] ?? {}, i)]),
      );
  }
}
