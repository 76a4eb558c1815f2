/** Expressions: what they add to a review, how fast they are by themselves, and how long it takes to compile them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { answer } from "#src/admission/answer.ts";
import { compilePolicies } from "#src/policy/compile/compile.ts";
import { readPolicy } from "#src/policy/compile/validate.ts";
import { valueAt } from "#src/field/json.ts";
import { activationFor, compileExpressions, evaluateValidations } from "#src/policy/expressions/index.ts";
import { compileFiles } from "#src/policy/files/compile-files.ts";
import { NO_POLICIES, type PolicySet } from "#src/policy/model/types.ts";
import type { ServicePolicy } from "#src/policy/schema/document.ts";
import { decode } from "#src/service/decode/decode.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { AIMS, aimText } from "./aims.ts";
import type { Options, Table } from "./table.ts";
import { FIVE_VALIDATIONS, VALIDATIONS } from "./validations.ts";
import { settingsWith } from "./settings-with.ts";
import { takeTurns } from "./turns.ts";

export const name = "cel";

const MANY = 1000;
const ROUNDS = { full: 10, quick: 3 } as const;
const CALLS = { full: 3000, quick: 1000 } as const;
const REVIEW = join(import.meta.dirname, "../test/reviews/create-main-kubectl-client-side-apply-shop-validating.json");

export function run({ quick }: Options): Promise<readonly Table[]> {
  const rounds = quick ? ROUNDS.quick : ROUNDS.full;
  const calls = quick ? CALLS.quick : CALLS.full;
  return Promise.resolve([...reviews(rounds, calls), sets(rounds, calls), compiling(rounds)]);
}

/** A review with validations beside one without, and among a thousand policies that do not match. */
function reviews(rounds: number, calls: number): readonly Table[] {
  const review: unknown = JSON.parse(readFileSync(REVIEW, "utf8"));
  const ten = policy("ten", "default", VALIDATIONS);
  const sets: readonly { readonly what: string; readonly set: PolicySet }[] = [
    { what: "no policy", set: NO_POLICIES },
    { what: "10 validations", set: compilePolicies([ten]) },
    {
      what: "10 validations, and 999 policies with 10 each that do not match",
      set: compilePolicies([
        ten,
        ...Array.from({ length: MANY - 1 }, (_, i) => policy(`p${i}`, `team-${i}`, VALIDATIONS)),
      ]),
    },
    { what: "a ValidatingAdmissionPolicy with 10 validations", set: admissionPolicies(1) },
    { what: "the same, and 999 that do not match", set: admissionPolicies(MANY) },
  ];
  const seconds = takeTurns(
    sets.map(
      ({ set }) =>
        () =>
          void answer(review, "validate", settingsWith(set)),
    ),
    rounds,
    calls,
  );
  const [none = Number.NaN] = seconds;
  return [
    {
      title: "Expressions: a review at /validate, beside one without a policy",
      kind: "ratios",
      rows: sets.map(({ what }, i) => ({ policies: what, "of none": ((seconds[i] ?? Number.NaN) / none).toFixed(2) })),
    },
    {
      title: "Expressions: a review at /validate",
      kind: "figures",
      rows: sets.map(({ what }, i) => ({ policies: what, µs: ((seconds[i] ?? Number.NaN) * 1e6).toFixed(1) })),
    },
  ];
}

/** Five typical expressions on one Service, without anything around them. */
function sets(rounds: number, calls: number): Table {
  const object = valueAt(JSON.parse(readFileSync(REVIEW, "utf8")), ["request", "object"]);
  const { service } = decode(object);
  if (service === undefined) throw new Error("the Service of the review cannot be read");
  const compiled = compileExpressions(
    {
      objects: "service",
      failurePolicy: "Fail",
      matchConditions: [],
      variables: [],
      validations: FIVE_VALIDATIONS.map((expression) => ({ expression })),
      auditAnnotations: [],
      mutations: [],
    },
    "none",
    36,
  );
  const context = {
    operation: "create",
    oldService: undefined,
    given: object,
    facts: { namespace: "default", today: "2027-01-01" },
    cluster: PROFILES.ipv4,
    version: { minor: 36 },
    dryRun: false,
  } as const;
  const activation = activationFor(service, context);
  const [five = Number.NaN, whole = Number.NaN] = takeTurns(
    [
      () => void evaluateValidations(compiled, activation),
      () => void evaluateValidations(compiled, activationFor(service, context)),
    ],
    rounds,
    calls * 10,
  );
  return {
    title: "Expressions: five typical ones on a Service",
    kind: "figures",
    rows: [
      { what: "evaluated", "sets a second": Math.round(1 / five), aim: aimText(AIMS.expressionSets, 1 / five) },
      { what: "of each Service anew", "sets a second": Math.round(1 / whole), aim: "" },
    ],
  };
}

/** Reading a policy, its expressions with it, and a thousand of them. */
function compiling(rounds: number): Table {
  const one = takeTurns([() => void policy("ten", "default", VALIDATIONS)], rounds, 50)[0] ?? Number.NaN;
  const begun = process.cpuUsage().user;
  // Kept, so that the garbage collector has what a server would have.
  const kept = Array.from({ length: MANY }, (_, i) =>
    policy(
      `p${i}`,
      `team-${i}`,
      VALIDATIONS.map((expression) => `${expression} && ${i} >= 0`),
    ),
  );
  const all = (process.cpuUsage().user - begun) / 1e6;
  return {
    title: "Expressions: reading a policy with 10 validations",
    kind: "figures",
    rows: [
      {
        what: "one, warm",
        ms: (one * 1e3).toFixed(2),
        "µs an expression": Math.round((one * 1e6) / VALIDATIONS.length),
      },
      {
        what: `${kept.length} that differ`,
        ms: (all * 1e3).toFixed(0),
        "µs an expression": Math.round((all * 1e6) / MANY / VALIDATIONS.length),
      },
    ],
  };
}

function policy(name: string, namespace: string, expressions: readonly string[]): ServicePolicy {
  const spec = { match: { namespaces: [namespace] }, validations: expressions.map((expression) => ({ expression })) };
  const reading = readPolicy({ apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name }, spec });
  if ("policy" in reading) return reading.policy;
  throw new Error(reading.problems.map(({ path, message }) => `${path.toString()}: ${message}`).join("\n"));
}

/** ValidatingAdmissionPolicies with bindings by namespace, the first of which is about the Service of the review. */
function admissionPolicies(count: number): PolicySet {
  const documents = Array.from({ length: count }, (_, i) => i).flatMap((i) => [
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata: { name: `p${i}` },
      spec: {
        matchConstraints: {
          resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["services"] }],
        },
        validations: VALIDATIONS.map((expression) => ({ expression })),
      },
    },
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name: `p${i}` },
      spec: {
        policyName: `p${i}`,
        validationActions: ["Deny"],
        matchResources: {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": i === 0 ? "default" : `team-${i}` } },
        },
      },
    },
  ]);
  const text = documents.map((document) => JSON.stringify(document)).join("\n---\n");
  const { policies, problems } = compileFiles([{ file: "policies.yaml", text }]);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join("\n"));
  return policies;
}
