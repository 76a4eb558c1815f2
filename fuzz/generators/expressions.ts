import type { JsonObject } from "#src/field/json.ts";
import type { Draws } from "../draws.ts";
import { EXPRESSION_SEEDS } from "./seeds.ts";

const PIECES = [
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  ".",
  "?",
  ":",
  ",",
  "'",
  '"',
  "\\",
  "`",
  "//",
  "\n",
  "\t",
  "\u00a0",
  "\u{1f600}",
  "\ud800",
];
const WORDS = [
  "object",
  "oldObject",
  "request",
  "params",
  "variables",
  "null",
  "true",
  "in",
  "x",
  "9223372036854775807",
  "1u",
  "1e400",
];
const TOKEN = /[A-Za-z_]\w*|\d+|"(?:[^"\\]|\\.)*"|[^]/g;

/** The text of an expression: one that an API server was given, or pieces of such ones. */
export function drawExpression(draws: Draws): string {
  const seed = draws.pick(EXPRESSION_SEEDS);
  switch (draws.below(6)) {
    case 0:
      return seed;
    case 1:
      return `(${seed}) ${draws.pick(["==", "&&", "||", "+", "in", "? true :"])} (${draws.pick(EXPRESSION_SEEDS)})`;
    case 2:
      return `${draws.pick(["(", "[", "!", "-", "{1: "]).repeat(draws.pick([1, 3, 300]))}${seed}`;
    default:
      return changed(draws, seed);
  }
}

function changed(draws: Draws, seed: string): string {
  const tokens = seed.match(TOKEN) ?? [];
  for (let i = draws.between(1, 3); i > 0; i--) {
    const other = draws.pick(EXPRESSION_SEEDS).match(TOKEN) ?? [];
    const piece = draws.oneIn(3) ? draws.pick(PIECES) : draws.pick([...other, ...WORDS]);
    tokens.splice(draws.below(tokens.length + 1), draws.below(2), piece);
  }
  return tokens.join("");
}

/** A ValidatingAdmissionPolicy with its binding. */
export function drawAdmissionPolicy(draws: Draws): readonly JsonObject[] {
  const apiVersion = "admissionregistration.k8s.io/v1";
  const name = draws.pick(["a", "b"]);
  const some = (key: string, value: () => unknown): JsonObject => (draws.oneIn(3) ? { [key]: value() } : {});
  const named = (): unknown => [{ name: "x", expression: drawExpression(draws) }];
  const rule = { apiGroups: [""], apiVersions: ["v1"], operations: ["*"], resources: ["services"] };
  const spec = {
    matchConstraints: { resourceRules: [rule] },
    validations: Array.from({ length: draws.between(1, 3) }, () => ({
      expression: drawExpression(draws),
      ...some("messageExpression", () => `string(${drawExpression(draws)})`),
    })),
    ...some("variables", named),
    ...some("matchConditions", named),
    ...some("failurePolicy", () => "Ignore"),
    ...some("auditAnnotations", () => [{ key: "x", valueExpression: `string(${drawExpression(draws)})` }]),
  };
  const validationActions = [draws.pick(["Deny", "Warn", "Audit"])];
  return [
    { apiVersion, kind: "ValidatingAdmissionPolicy", metadata: { name }, spec },
    {
      apiVersion,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name },
      spec: { policyName: name, validationActions },
    },
  ];
}
