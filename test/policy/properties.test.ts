import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { judge, type Judgement, type JudgeRequest } from "#src/engine/judge.ts";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { NO_POLICIES, type PolicySet } from "#src/policy/model/types.ts";
import { anyCluster, anyService, soundService } from "../engine/arbitrary.ts";
import { settle } from "../engine/ask.ts";
import { policies } from "./support.ts";

/** A fixed seed, so that a failure can be reproduced. */
const RUNS = { seed: 20270131, numRuns: 400 } as const;

const defaults = fc.record(
  {
    type: fc.constantFrom("ClusterIP", "NodePort", "LoadBalancer"),
    ipFamilyPolicy: fc.constantFrom("SingleStack", "PreferDualStack", "RequireDualStack"),
    internalTrafficPolicy: fc.constantFrom("Cluster", "Local"),
    externalTrafficPolicy: fc.constantFrom("Cluster", "Local"),
    trafficDistribution: fc.constantFrom("PreferClose", "PreferSameNode"),
    loadBalancerClass: fc.constant("example.com/internal"),
    loadBalancerSourceRanges: fc.constantFrom(["203.0.113.0/24"], ["010.0.0.0/8", "fd00::/8"]),
    allocateLoadBalancerNodePorts: fc.boolean(),
    sessionAffinity: fc.constant("ClientIP"),
    timeoutSeconds: fc.integer({ min: 1, max: 86_400 }),
    ports: fc.array(
      fc.record({
        name: fc.constantFrom("p0", "p*", "*"),
        protocol: fc.constantFrom("TCP", "UDP", "SCTP"),
        appProtocol: fc.constantFrom("http", "example.com/x"),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    labels: fc.constantFrom({ team: "a" }, { app: "b", team: "b" }),
    annotations: fc.constantFrom(
      { "example.com/internal": "true" },
      { "service.kubernetes.io/topology-mode": "Auto" },
      { "service.beta.kubernetes.io/load-balancer-source-ranges": "not a range" },
    ),
  },
  { requiredKeys: [] },
);
const spec = fc
  .tuple(
    defaults.filter((values) => Object.keys(values).length > 0),
    fc.constantFrom("keep", "fill"),
    fc.constantFrom({}, { objectSelector: { matchLabels: { team: "a" } } }),
  )
  .map(([values, undetermined, match]) => ({ defaults: values, undetermined, match }));
const anyPolicies = fc.array(spec, { minLength: 1, maxLength: 3 }).map((specs) => policies(...specs));
const service = fc.oneof(soundService, soundService, anyService);
const kubernetes = fc.constantFrom({ minor: 33 }, { minor: 36 });
/** Whether the object is a manifest or came through the server, and what `managedFields` record about its authors. */
const origin = fc.constantFrom("manifest", "update", "apply", "nothing");

type Circumstances = Pick<JudgeRequest, "cluster" | "version"> & { readonly origin: string };

function judgeIn(
  object: JsonObject,
  set: PolicySet,
  { cluster, version, origin: from }: Circumstances,
  old?: JsonObject,
): Judgement {
  return judge({
    operation: old === undefined ? "create" : "update",
    object,
    ...(old !== undefined && { oldObject: old }),
    dryRun: false,
    fieldValidation: "Warn",
    cluster,
    version,
    ipFamilyPolicy: "server",
    policies: set,
    facts: { namespace: "default", today: "2027-01-01", origin: from === "manifest" ? "manifest" : "server" },
    toPolicies: { given: withRecord(object, from), cluster },
  });
}

/** The object with `managedFields`. */
function withRecord(object: JsonObject, from: string): JsonObject {
  if (from === "manifest" || from === "nothing" || !isObject(object["metadata"])) return object;
  const fieldsV1 =
    from === "apply" ? { "f:spec": { "f:ports": {} } } : { "f:spec": { "f:type": {}, "f:sessionAffinity": {} } };
  const entry = { manager: "m", operation: from === "apply" ? "Apply" : "Update", fieldsV1 };
  return { ...object, metadata: { ...object["metadata"], managedFields: [entry] } };
}

function plain(value: unknown): JsonObject {
  return record(JSON.parse(JSON.stringify(value)));
}

function record(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

const anyCircumstances = fc.record({ cluster: anyCluster, version: kubernetes, origin });

describe("a policy's defaults, for every Service", () => {
  it("never make invalid what the API server would have accepted", () => {
    fc.assert(
      fc.property(service, anyPolicies, anyCircumstances, (object, set, how) => {
        fc.pre(judgeIn(object, NO_POLICIES, how).decision.allowed);
        expect(judgeIn(object, set, how).causes).toEqual([]);
      }),
      RUNS,
    );
  });

  it("never on an update either, and leave what is settled as it is", () => {
    fc.assert(
      fc.property(soundService, soundService, anyPolicies, anyCircumstances, (before, wanted, set, how) => {
        const { stored } = judgeIn(before, NO_POLICIES, how);
        fc.pre(stored !== undefined);
        const live = plain(settle(stored));
        const spec = {
          ...record(live["spec"]),
          ...record(wanted["spec"]),
          clusterIP: record(live["spec"])["clusterIP"],
        };
        const object = { ...live, spec };
        const without = judgeIn(object, NO_POLICIES, how, live);
        fc.pre(without.decision.allowed);
        const answer = judgeIn(object, set, how, live);
        expect(answer.causes).toEqual([]);
        for (const field of ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"] as const) {
          expect(answer.stored?.spec[field]).toEqual(without.stored?.spec[field]);
        }
      }),
      RUNS,
    );
  });

  it("are filled in once: the second time nothing is left open", () => {
    fc.assert(
      fc.property(service, anyPolicies, anyCircumstances, (object, set, how) => {
        const { admitted } = judgeIn(object, set, how);
        fc.pre(admitted !== undefined);
        const second = judgeIn(plain(admitted), set, how);
        expect(second.policy.applied).toEqual([]);
        expect(second.admitted).toEqual(admitted);
      }),
      RUNS,
    );
  });

  it("leave a stored Service as it is, whether they were there before it or came later", () => {
    fc.assert(
      fc.property(service, anyPolicies, fc.boolean(), anyCircumstances, (object, set, wasThere, how) => {
        const { stored } = judgeIn(object, wasThere ? set : NO_POLICIES, how);
        fc.pre(stored !== undefined);
        const live = plain(settle(stored));
        const again = judgeIn(live, set, how, live);
        expect(again.causes).toEqual([]);
        expect(again.stored?.spec).toEqual(live["spec"]);
        if (wasThere) expect(again.policy.applied).toEqual([]);
      }),
      RUNS,
    );
  });

  it("are skipped with a reason, or applied, or neither: never both", () => {
    fc.assert(
      fc.property(service, anyPolicies, anyCircumstances, (object, set, how) => {
        const { applied, skipped } = judgeIn(object, set, how).policy;
        const key = ({ policy, path }: (typeof applied)[number] | (typeof skipped)[number]): string =>
          `${policy} ${path.toString()}`;
        expect(new Set([...applied, ...skipped].map(key)).size).toBe(applied.length + skipped.length);
        for (const { reason } of skipped) expect(reason).toMatch(/\S/);
      }),
      RUNS,
    );
  });
});

describe("an exemption", () => {
  const rules = [
    { rule: "named-ports" },
    { rule: "node-ports-forbidden", action: "warn" },
    { rule: "selector-required", action: "audit" },
  ];
  const exemption = fc.record(
    {
      names: fc.constantFrom(["web"], ["w*", "x"], ["x"]),
      namespaces: fc.constantFrom(["default"], ["other"]),
      rules: fc.subarray(["named-ports", "selector-required"], { minLength: 1 }),
      expires: fc.constantFrom("2026-12-31", "2027-01-01", "2027-01-02"),
    },
    { requiredKeys: ["names"] },
  );

  it("hides nothing: what is found is found, and changes nothing but whether it counts", () => {
    fc.assert(
      fc.property(
        service,
        fc.array(exemption, { minLength: 1, maxLength: 3 }),
        anyCircumstances,
        (object, exemptions, how) => {
          const exempt = exemptions.map((one) => ({ ...one, reason: "r" }));
          const with_ = judgeIn(object, policies({ exempt, rules }), how);
          const without = judgeIn(object, policies({ rules }), how);
          const found = ({ policy }: Judgement) =>
            policy.findings.map(({ rule, action, path }) => `${rule} ${action} ${path.toString()}`);
          expect(found(with_)).toEqual(found(without));
          expect(with_.admitted).toEqual(without.admitted);
          for (const { rule, suppressed, message } of with_.policy.findings) {
            const covering = exempt.filter(
              (one) =>
                isNamedWeb(object) &&
                !one.names.every((name) => name === "x") &&
                (one.rules === undefined || one.rules.some((id) => id === rule)) &&
                (one.namespaces === undefined || one.namespaces.some((name) => name === "default")),
            );
            const holds = covering.some(({ expires = "9999" }) => expires >= "2027-01-01");
            expect(suppressed !== undefined).toBe(holds);
            expect(message.includes("expired")).toBe(!holds && covering.length > 0);
          }
        },
      ),
      RUNS,
    );
  });
});

function isNamedWeb({ metadata }: JsonObject): boolean {
  return isObject(metadata) && metadata["name"] === "web";
}
