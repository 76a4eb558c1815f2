import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { AdmissionSettings } from "#src/admission/settings.ts";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { anyService } from "../engine/arbitrary.ts";
import { policies } from "../policy/support.ts";
import { answerReview, type ReviewInput, defaulted, service, type ReviewResult } from "./answer-review.ts";
import { patched } from "./patched.ts";

/** The operations as text: `add /spec/type "ClusterIP"`. */
function inShort({ patch }: ReviewResult): string[] {
  return patch.map((one) =>
    isObject(one) ? [one["op"], one["path"], JSON.stringify(one["value"])].join(" ").trim() : "no operation",
  );
}

const POLICY = (value: string): string => `add /spec/ipFamilyPolicy "${value}"`;

describe("what /mutate fills in on CREATE", () => {
  it.each<{ name: string; object: JsonObject; settings?: Partial<AdmissionSettings>; want: string[] }>([
    { name: "what the server would pick", object: defaulted(), want: [POLICY("SingleStack")] },
    {
      name: "what is configured",
      object: defaulted(),
      settings: { ipFamilyPolicy: "PreferDualStack" },
      want: [POLICY("PreferDualStack")],
    },
    {
      name: "nothing that the cluster would refuse: the server picks",
      object: defaulted(),
      settings: { ipFamilyPolicy: "RequireDualStack", cluster: PROFILES.ipv4 },
      want: [POLICY("SingleStack")],
    },
    {
      name: "both families for a headless Service without selector",
      object: defaulted({ clusterIP: "None" }),
      want: [POLICY("RequireDualStack")],
    },
    {
      name: "nothing over what was said",
      object: defaulted({ ipFamilyPolicy: "SingleStack" }),
      settings: { ipFamilyPolicy: "PreferDualStack" },
      want: [],
    },
    {
      name: "nothing for an ExternalName",
      object: service({ type: "ExternalName", externalName: "example.com", sessionAffinity: "None", ports: null }),
      settings: { ipFamilyPolicy: "PreferDualStack" },
      want: [],
    },
    {
      name: "what was given as null or empty",
      object: defaulted({ type: null, sessionAffinity: "", ipFamilyPolicy: null }),
      want: [
        'replace /spec/type "ClusterIP"',
        'replace /spec/sessionAffinity "None"',
        'replace /spec/ipFamilyPolicy "SingleStack"',
      ],
    },
    {
      name: "no address, family or port of the server's own",
      object: defaulted({ type: "NodePort", externalTrafficPolicy: "Cluster" }),
      want: [POLICY("SingleStack")],
    },
    {
      name: "the affinity's time, and takes a configuration without affinity away",
      object: defaulted({ sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } }, ipFamilyPolicy: "SingleStack" }),
      want: ["remove /spec/sessionAffinityConfig"],
    },
  ])("$name", ({ object, settings, want }) => {
    expect(inShort(answerReview("mutate", { object }, settings))).toEqual(want);
  });

  const STATIC = ["protocol", "targetPort", "sessionAffinity"];
  it.each([
    { minor: 20, want: ["externalTrafficPolicy", "ipFamilyPolicy"] },
    { minor: 21, want: ["externalTrafficPolicy", "ipFamilyPolicy"] },
    {
      minor: 22,
      want: ["externalTrafficPolicy", "internalTrafficPolicy", "allocateLoadBalancerNodePorts", "ipFamilyPolicy"],
    },
    {
      minor: 36,
      want: ["externalTrafficPolicy", "internalTrafficPolicy", "allocateLoadBalancerNodePorts", "ipFamilyPolicy"],
    },
  ])("fields that Kubernetes 1.$minor knows, and no other", ({ minor, want }) => {
    const { patch } = answerReview("mutate", { object: service({ type: "LoadBalancer" }) }, { version: { minor } });
    const names = patch.map((one) => (isObject(one) ? String(one["path"]).split("/").at(-1) : ""));
    expect(names.toSorted()).toEqual([...STATIC, ...want].toSorted());
  });

  it("what a policy fills in, under pointers that are escaped, and nothing the second time", () => {
    const settings = {
      policies: policies({ defaults: { annotations: { "example.com/a_b": "1" }, labels: { team: "a" } } }),
    };
    const object = defaulted({ ipFamilyPolicy: "SingleStack" }, { labels: { app: "web" } });
    const first = answerReview("mutate", { object }, settings);
    expect(inShort(first).toSorted()).toEqual([
      'add /metadata/annotations {"example.com/a_b":"1"}',
      'add /metadata/labels/team "a"',
    ]);
    expect(answerReview("mutate", { object: patched(object, first) }, settings).patch).toEqual([]);
    const annotated = defaulted({ ipFamilyPolicy: "SingleStack" }, { annotations: { x: "y" }, labels: { team: "b" } });
    expect(inShort(answerReview("mutate", { object: annotated }, settings))).toEqual([
      'add /metadata/annotations/example.com~1a_b "1"',
    ]);
  });
});

describe("what /mutate leaves alone", () => {
  const STORED = defaulted({ clusterIP: "10.96.0.9", clusterIPs: ["10.96.0.9"] }, { uid: "1", resourceVersion: "1" });
  it.each<{ name: string; input: ReviewInput }>([
    {
      name: "what is stored already, on UPDATE",
      input: { operation: "UPDATE", object: STORED, oldObject: STORED },
    },
    { name: "a deleted Service", input: { operation: "DELETE", oldObject: STORED } },
    {
      name: "a write of the status",
      input: { operation: "UPDATE", object: STORED, oldObject: STORED, rest: { subResource: "status" } },
    },
    { name: "a namespace that is exempt", input: { object: service(), namespace: "kube-system" } },
  ])("$name", ({ input }) => {
    const { response, patch } = answerReview("mutate", input, { ipFamilyPolicy: "PreferDualStack" });
    expect([response.allowed, patch]).toEqual([true, []]);
  });
});

describe("hints", () => {
  it("says the fix and the rule for what the server is about to refuse, lets it pass, and still fills in", () => {
    const ports = [{ port: 80, protocol: "TCP", targetPort: "HTTP" }];
    const result = answerReview("mutate", {
      object: defaulted({ ports, sessionAffinity: "Cookie", ipFamilyPolicy: "SingleStack" }),
    });
    expect(result.response.allowed).toBe(true);
    expect(result.response.warnings).toEqual([
      'spec.ports[0].targetPort: "HTTP" cannot be a container port\'s name: use up to 15 of a-z, 0-9 and single inner hyphens, with at least one letter; use lower case: http (Fairlead: target-port-name)',
      'spec.sessionAffinity: sessionAffinity is "Cookie"; it can be None or ClientIP (Fairlead: unsupported-value)',
    ]);
    expect(result.response.auditAnnotations).toEqual({
      rules: "target-port-name spec.ports[0].targetPort, unsupported-value spec.sessionAffinity",
    });
  });

  it("says nothing of an older stored version: the server has asked with what it had cached, and asks again", () => {
    const stored = (resourceVersion: string): JsonObject => ({
      ...defaulted({
        clusterIP: "10.96.0.9",
        clusterIPs: ["10.96.0.9"],
        ipFamilies: ["IPv4"],
        ipFamilyPolicy: "SingleStack",
      }),
      metadata: { name: "web", namespace: "team-a", uid: "u", resourceVersion },
    });
    const { response } = answerReview("mutate", { operation: "UPDATE", object: stored("8"), oldObject: stored("7") });
    expect(response.warnings ?? []).toEqual([]);
  });

  it("says nothing of policies, which /validate does", () => {
    const settings = { policies: policies({ rules: [{ rule: "named-ports", action: "deny" }] }) };
    expect(answerReview("mutate", { object: defaulted() }, settings).response.warnings).toBeUndefined();
  });

  it("counts what there is no space for", () => {
    const ports = Array.from({ length: 100 }, (_, index) => ({ port: index + 1, targetPort: `HTTP_${index}` }));
    const warnings = answerReview("mutate", { object: service({ ports }) }).response.warnings ?? [];
    expect(warnings.join("").length).toBeLessThanOrEqual(4096);
    const left = /^Fairlead: (\d+) more warnings were left out/.exec(warnings.at(-1) ?? "")?.[1];
    // Each of the hundred ports lacks a name and has an invalid target port.
    expect(Number(left) + warnings.length - 1).toBe(200);
  });
});

const anyObject: fc.Arbitrary<JsonObject> = fc.dictionary(fc.string(), fc.jsonValue());

describe("for every object", () => {
  it("the reply is well-formed, the patch fits, and a second round gives none", () => {
    const settings = {
      ipFamilyPolicy: "PreferDualStack",
      policies: policies({ defaults: { labels: { a: "b" } } }),
    } as const;
    fc.assert(
      fc.property(fc.oneof(anyService, anyObject), (object) => {
        const sent = structuredClone(object);
        const first = answerReview("mutate", { object: sent }, settings);
        expect(sent).toEqual(object);
        expect(answerReview("mutate", { object: patched(object, first) }, settings).patch).toEqual([]);
        for (const phase of ["validate", "deny", "warn"] as const) answerReview(phase, { object }, settings);
      }),
      { seed: 20270131, numRuns: 500 },
    );
  });
});
