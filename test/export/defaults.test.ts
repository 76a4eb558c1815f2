import { expect, it } from "@jest/globals";
import fc from "fast-check";
import jsonPatch, { type Operation } from "fast-json-patch";
import { compile } from "#src/cel/environment/compile.ts";
import { environmentFor } from "#src/cel/environment/environment.ts";
import { DYN } from "#src/cel/types/type.ts";
import { fromJson } from "#src/cel/values/from-json.ts";
import { toJson } from "#src/cel/values/to-json.ts";
import { CelError } from "#src/cel/values/value.ts";
import { judge } from "#src/engine/judge.ts";
import { exportPolicies } from "#src/export/export-policies.ts";
import { valueAt } from "#src/field/json.ts";
import { NO_POLICIES, type PolicySet } from "#src/policy/model/types.ts";
import { compilePolicies } from "#src/policy/compile/compile.ts";
import { readPolicy } from "#src/policy/compile/validate.ts";
import type { ServicePolicy } from "#src/policy/schema/document.ts";
import { policy } from "../policy/support.ts";
import { richService, update } from "./arbitrary.ts";
import { type Ask, atValidation, plain, TARGET } from "./support.ts";

const RUNS = { seed: 20261127, numRuns: 60, endOnFailure: true } as const;

const NAMES = ["object", "oldObject", "request"] as const;
const ENVIRONMENT = environmentFor(36, {
  variables: new Map(NAMES.map((name) => [name, DYN])),
  types: new Map(),
  hasPatchTypes: true,
});

type Values = Readonly<Record<(typeof NAMES)[number], unknown>>;

/** What an expression gives for these values. @throws Error if it is not valid or fails */
function evaluate(expression: string, values: Values): unknown {
  const compiled = compile(expression, ENVIRONMENT);
  if ("problem" in compiled) throw new Error(compiled.problem);
  const result = compiled.program.evaluate(
    (name) => NAMES.flatMap((one) => (one === name ? [fromJson(values[one])] : []))[0],
    { cost: 0 },
  );
  const json = result instanceof CelError ? result : toJson(result);
  if (json instanceof CelError) throw new Error(`${json.message}: ${expression}`);
  return json.json;
}

/** The object after the mutations of the exported policy, as the API server applies them one after the other. */
function mutated(one: ServicePolicy, values: Values): unknown {
  const [map] = exportPolicies([one], TARGET).objects;
  const conditions = listAt(map, "matchConditions").map((condition) => textAt(condition, ["expression"]));
  let { object } = values;
  if (!conditions.every((condition) => evaluate(condition, values) === true)) return object;
  for (const mutation of listAt(map, "mutations")) {
    const patch = evaluate(textAt(mutation, ["jsonPatch", "expression"]), { ...values, object });
    object = jsonPatch.applyPatch(structuredClone(object), operationsOf(patch)).newDocument;
  }
  return object;
}

function listAt(object: unknown, key: string): readonly unknown[] {
  const list = valueAt(object, ["spec", key]);
  return Array.isArray(list) ? list : [];
}

function textAt(object: unknown, keys: readonly string[]): string {
  return String(valueAt(object, keys));
}

function operationsOf(patch: unknown): Operation[] {
  return (Array.isArray(patch) ? patch : []).map((one: unknown) => ({
    op: "add",
    path: textAt(one, ["path"]),
    value: valueAt(one, ["value"]),
  }));
}

const spec = fc
  .record({
    defaults: fc
      .record(
        {
          ipFamilyPolicy: fc.constantFrom("SingleStack", "PreferDualStack"),
          trafficDistribution: fc.constantFrom("PreferClose", "PreferSameNode"),
          loadBalancerClass: fc.constantFrom("example.com/a", "example.com/internal"),
          loadBalancerSourceRanges: fc.constantFrom(["203.0.113.0/24"], ["10.0.0.0/8", "fd00::/8"]),
          labels: fc.constantFrom({ team: "shop" }, { "example.com/a-b": "x", tier: "gold" }),
          annotations: fc.constantFrom({ "example.com/internal": "true" }, { team: 'it\'s "quoted"\n' }),
          ports: fc.array(
            fc.record(
              {
                port: fc.constantFrom(80, 443, 53),
                name: fc.constantFrom("http*", "?eb", "*", "db"),
                appProtocol: fc.constantFrom("http", "kubernetes.io/h2c"),
              },
              { requiredKeys: ["name", "appProtocol"] },
            ),
            { minLength: 1, maxLength: 3 },
          ),
        },
        { requiredKeys: [] },
      )
      .filter((values) => Object.keys(values).length > 0),
    match: fc.constantFrom(
      {},
      {},
      { objectSelector: { matchLabels: { app: "shop" } } },
      { types: ["LoadBalancer", "NodePort"] },
    ),
    exempt: fc.constantFrom([], [], [{ names: ["re*"], reason: "a ticket" }]),
  })
  .map((drawn) =>
    readPolicy({
      apiVersion: "fairlead.dev/v1alpha1",
      kind: "ServicePolicy",
      metadata: { name: "drawn" },
      spec: drawn,
    }),
  )
  .filter((reading) => "policy" in reading);

const writes = fc.oneof(
  richService.map((object): Ask => ({ operation: "create", object })),
  update.map((objects): Ask => ({ operation: "update", ...objects })),
);

it("defaults have the effect of the MutatingAdmissionPolicy that they are exported to", () => {
  let applied = 0;
  fc.assert(
    fc.property(spec, fc.array(writes, { minLength: 4, maxLength: 4 }), ({ policy: one }, asks) => {
      const policies = compilePolicies([one]);
      for (const { operation, object, old } of asks) {
        const before = old && atValidation({ operation: "create", object: old })?.object;
        if (old !== undefined && before === undefined) continue;
        const facts = { namespace: "team-a", today: "2026-11-24", user: { name: "jo", groups: [] } };
        const write = (written: unknown, set: PolicySet) =>
          judge({
            operation,
            object: written,
            ...(before && { oldObject: before }),
            dryRun: false,
            fieldValidation: "Warn",
            cluster: TARGET.cluster,
            version: TARGET.version,
            ipFamilyPolicy: "server",
            policies: set,
            facts,
          });
        // Mutating admission sees the static defaults.
        const { admitted } = write(object, NO_POLICIES);
        const given = plain(admitted);
        const byCode = write(given, policies);
        // The API server would refuse one of the defaults: CEL cannot know.
        if (!byCode.decision.allowed || byCode.policy.skipped.length > 0) continue;
        const request = { operation: operation.toUpperCase(), namespace: "team-a", userInfo: { username: "jo" } };
        const byCel = mutated(one, { object: given, oldObject: before ?? null, request });
        expect(plain(write(byCel, NO_POLICIES).admitted)).toEqual(plain(byCode.admitted));
        applied += byCode.policy.applied.length;
      }
    }),
    RUNS,
  );
  expect(applied).toBeGreaterThan(RUNS.numRuns);
});

it.each([
  {
    name: "a default with a default of the API server's own",
    defaults: { type: "NodePort", sessionAffinity: "ClientIP", ports: [{ port: 80, protocol: "UDP" }] },
    omitted: ["spec.defaults.type", "spec.defaults.sessionAffinity", "spec.defaults.ports[0].protocol"],
  },
  { name: "no other", defaults: { labels: { team: "a" } }, omitted: [] },
])("names $name", ({ defaults, omitted }) => {
  const { omissions } = exportPolicies([policy({ defaults })], TARGET);
  expect(omissions.map(({ what }) => what)).toEqual(omitted);
});
