import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import jsonPatch, { type Operation } from "fast-json-patch";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { validatePolicy } from "#src/policy/compile/validate.ts";
import { API_VERSION, KIND } from "#src/policy/schema/document.ts";
import { applyStaticDefaults } from "#src/service/apply-static-defaults.ts";
import { decode } from "#src/service/decode/decode.ts";
import { answerReview, service } from "#test/admission/answer-review.ts";
import { policies } from "../support.ts";

const RUNS = { seed: 20270131, numRuns: 500 } as const;

const of = (...values: readonly unknown[]): fc.Arbitrary<unknown> => fc.constantFrom(...values);

const defaults = fc.record(
  {
    type: of("ClusterIP", "NodePort", "LoadBalancer"),
    ipFamilyPolicy: of("SingleStack", "PreferDualStack", "RequireDualStack"),
    internalTrafficPolicy: of("Cluster", "Local"),
    externalTrafficPolicy: of("Cluster", "Local"),
    trafficDistribution: of("PreferClose", "PreferSameZone"),
    loadBalancerClass: of("example.com/a", "example.com/b"),
    loadBalancerSourceRanges: of(["203.0.113.0/24"], ["10.0.0.0/8"]),
    allocateLoadBalancerNodePorts: of(true, false),
    sessionAffinity: of("ClientIP"),
    timeoutSeconds: of(60, 10_800),
    ports: of([{ port: 80, protocol: "UDP" }], [{ name: "a*", protocol: "SCTP", appProtocol: "http" }]),
    labels: of({ team: "a" }, { team: "b", tier: "web" }),
    annotations: of({ note: "a" }, { "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8" }),
  },
  { requiredKeys: [] },
);

const match = of(
  {},
  { types: ["LoadBalancer"] },
  { types: ["ClusterIP", "NodePort"] },
  { objectSelector: { matchLabels: { team: "a" } } },
  { objectSelector: { matchExpressions: [{ key: "team", operator: "DoesNotExist" }] } },
);

const spec = fc.record({ defaults, match, undetermined: of("keep", "fill") });

const manifests = fc.record(
  {
    type: of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName"),
    externalName: of("db.example.com"),
    clusterIP: of("None"),
    externalIPs: of(["198.51.100.1"]),
    sessionAffinity: of("ClientIP", "None"),
    sessionAffinityConfig: of({ clientIP: { timeoutSeconds: 60 } }),
    externalTrafficPolicy: of("Local", "Cluster"),
    allocateLoadBalancerNodePorts: of(true, false),
    ports: of(
      [{ port: 80, name: "a" }],
      [
        { port: 80, name: "a", protocol: "UDP" },
        { port: 80, name: "b" },
      ],
    ),
  },
  { requiredKeys: [] },
);

/** Whether a policy with these defaults is valid. */
function isPolicy(one: JsonObject): boolean {
  const document = { apiVersion: API_VERSION, kind: KIND, metadata: { name: "a" }, spec: one };
  return validatePolicy(document).length === 0;
}

/** The object as the API server sends it to mutating admission. */
function defaulted(object: JsonObject): JsonObject {
  const { service: decoded } = decode(object);
  const text: unknown = JSON.parse(JSON.stringify(decoded && applyStaticDefaults(decoded, { minor: 36 })));
  return isObject(text) ? text : object;
}

function isOperation(value: unknown): value is Operation {
  return isObject(value) && typeof value["op"] === "string" && typeof value["path"] === "string";
}

function mutated(
  object: JsonObject,
  set: ReturnType<typeof policies>,
): { object: JsonObject; patch: readonly unknown[] } {
  const { patch } = answerReview("mutate", { object }, { policies: set });
  return { object: jsonPatch.applyPatch(structuredClone(object), patch.filter(isOperation)).newDocument, patch };
}

/** The patch of a review, and the patch of a second review of the patched object. */
function patchesOf(manifest: JsonObject, set: ReturnType<typeof policies>) {
  const first = mutated(defaulted(manifest), set);
  // The API server applies its static defaults again before it calls the next webhook.
  const again = defaulted(first.object);
  return { first, second: mutated(again, set), again };
}

describe("the defaults of policies settle in the first patch", () => {
  it.each([
    { what: "in one policy", specs: [{ defaults: { sessionAffinity: "ClientIP", timeoutSeconds: 60 } }] },
    {
      what: "in two, whichever comes first",
      specs: [{ defaults: { timeoutSeconds: 60 } }, { defaults: { sessionAffinity: "ClientIP" } }],
    },
    {
      what: "in two, the other way round",
      specs: [{ defaults: { sessionAffinity: "ClientIP" } }, { defaults: { timeoutSeconds: 60 } }],
    },
  ])("a timeout, where a policy brings the affinity: $what", ({ specs }) => {
    const { first, second } = patchesOf(service(), policies(...specs.map((one) => ({ ...one, undetermined: "fill" }))));
    expect(first.object).toMatchObject({
      spec: { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } },
    });
    expect(second.patch).toEqual([]);
  });

  it("for all policies and Services: a second review of what came of the first gives no patch", () => {
    fc.assert(
      fc.property(fc.array(spec, { minLength: 1, maxLength: 3 }), manifests, (specs, manifest) => {
        const filling = specs.filter(isPolicy);
        fc.pre(filling.length > 0);
        const { second, again, first } = patchesOf(service({ ...manifest }), policies(...filling));
        expect({ patch: second.patch, object: again }).toEqual({ patch: [], object: first.object });
      }),
      RUNS,
    );
  });
});
