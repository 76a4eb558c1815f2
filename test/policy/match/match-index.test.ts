import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { judgeManifest, manifest, policies } from "../support.ts";

const label = fc.constantFrom("a", "b", "ab");
const glob = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), minLength: 1, maxLength: 4 });
const namespaces = fc.array(
  fc.tuple(fc.boolean(), glob).map(([not, text]) => (not ? `!${text}` : text)),
  { minLength: 1, maxLength: 3 },
);
const requirement = fc.oneof(
  fc.record({
    key: label,
    operator: fc.constantFrom("In", "NotIn"),
    values: fc.array(label, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ key: label, operator: fc.constantFrom("Exists", "DoesNotExist") }),
);
const selector = fc.record(
  {
    matchLabels: fc.dictionary(label, label, { maxKeys: 2 }),
    matchExpressions: fc.array(requirement, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const match = fc.record(
  {
    namespaces,
    namespaceSelector: selector,
    objectSelector: selector,
    types: fc.subarray(["ClusterIP", "NodePort"], { minLength: 1 }),
    operations: fc.subarray(["CREATE", "UPDATE"], { minLength: 1 }),
  },
  { requiredKeys: [] },
);
const subject = fc.record({
  namespace: fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 4 }),
  namespaceLabels: fc.dictionary(label, label, { maxKeys: 2 }),
  labels: fc.dictionary(label, label, { maxKeys: 2 }),
  type: fc.constantFrom("ClusterIP", "NodePort"),
});

describe("many policies", () => {
  it("say together what each says alone, in their order", () => {
    fc.assert(
      fc.property(fc.array(match, { minLength: 1, maxLength: 12 }), subject, (matches, request) => {
        const { namespace, namespaceLabels, labels, type } = request;
        const specs = matches.map((one, i) => ({ match: one, rules: [{ rule: "named-ports", message: String(i) }] }));
        const facts = { namespace, namespaceLabels, today: "2026-11-24", origin: "manifest" as const };
        const service = manifest({ metadata: { namespace, labels }, spec: { type } });
        const policiesOf = (some: typeof specs): string[] =>
          judgeManifest(service, { policies: policies(...some), facts }).policy.findings.map(({ message }) => message);
        expect(policiesOf(specs)).toEqual(specs.flatMap((one) => policiesOf([one])));
      }),
      { numRuns: 500 },
    );
  });

  it("none of which is about a Service have nothing to say", () => {
    fc.assert(
      fc.property(fc.array(match, { maxLength: 8 }), subject, (matches, { labels, type }) => {
        const specs = matches.map((one) => ({
          match: { ...one, namespaces: ["elsewhere"] },
          defaults: { labels: { team: "x" } },
          rules: [{ rule: "named-ports" }, { rule: "selector-required", parameters: { minimumKeys: 9 } }],
        }));
        const { policy, admitted, defaulted } = judgeManifest(manifest({ metadata: { labels }, spec: { type } }), {
          policies: policies(...specs),
        });
        expect(policy).toEqual({ findings: [], applied: [], skipped: [] });
        expect(admitted?.metadata).toEqual(defaulted?.metadata);
      }),
    );
  });
});
