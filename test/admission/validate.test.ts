import { describe, expect, it } from "@jest/globals";
import type { Phase } from "#src/admission/settings.ts";
import { policies } from "../policy/support.ts";
import { answerReview, defaulted, reviewOf, service, answerBody } from "./answer-review.ts";

const TEAM = policies({
  rules: [
    { rule: "named-ports", action: "warn" },
    { rule: "node-ports-forbidden", action: "deny" },
  ],
});
const UID = { uid: "1" };
/** Violates one rule of the server, one policy rule that denies, and one that warns. */
const BROKEN = defaulted({ type: "NodePort", sessionAffinity: "Cookie", externalTrafficPolicy: "Cluster" });
const SERVERS = 'sessionAffinity is "Cookie"; it can be None or ClientIP (Fairlead: unsupported-value)';
const DENIED =
  "a Service of type NodePort opens a port on every node; use ClusterIP with an ingress, or LoadBalancer (Fairlead: node-ports-forbidden, policy a)";
const WARNED = /^spec\.ports\[0\]\.name: .* \(Fairlead: named-ports, policy a\)$/;

describe("/validate and its halves", () => {
  it.each<{
    phase: Phase;
    validity: "deny" | "warn";
    causes: string[];
    warnings: (string | RegExp)[];
    /** The audit annotation: each half has only its own findings. */
    rules: string[];
  }>([
    {
      phase: "validate",
      validity: "deny",
      causes: [SERVERS, DENIED],
      warnings: [WARNED],
      rules: ["unsupported-value spec.sessionAffinity", "a/named-ports=warn", "a/node-ports-forbidden=deny"],
    },
    {
      phase: "deny",
      validity: "deny",
      causes: [SERVERS, DENIED],
      warnings: [],
      rules: ["unsupported-value spec.sessionAffinity", "a/node-ports-forbidden=deny"],
    },
    { phase: "warn", validity: "deny", causes: [], warnings: [WARNED], rules: ["a/named-ports=warn"] },
    {
      phase: "validate",
      validity: "warn",
      causes: [DENIED],
      warnings: [`spec.sessionAffinity: ${SERVERS}`, WARNED],
      rules: ["unsupported-value spec.sessionAffinity", "a/named-ports=warn", "a/node-ports-forbidden=deny"],
    },
    { phase: "deny", validity: "warn", causes: [DENIED], warnings: [], rules: ["a/node-ports-forbidden=deny"] },
    {
      phase: "warn",
      validity: "warn",
      causes: [],
      warnings: [`spec.sessionAffinity: ${SERVERS}`, WARNED],
      rules: ["unsupported-value spec.sessionAffinity", "a/named-ports=warn"],
    },
  ])("$phase with validity $validity", ({ phase, validity, causes, warnings, rules }) => {
    const { response, status } = answerReview(phase, { object: BROKEN }, { validity, policies: TEAM });
    expect([status, response.allowed]).toEqual([200, causes.length === 0]);
    expect(response.status?.details?.causes.map(({ message }) => message) ?? []).toEqual(causes);
    const found = response.warnings ?? [];
    expect(found).toHaveLength(warnings.length);
    for (const [index, warning] of warnings.entries()) expect(found[index]).toEqual(matching(warning));
    expect(response.auditAnnotations).toEqual({ rules: rules.join(", ") });
  });

  it("says all of a denial: reason, code, kind, name, and each cause in the server's own terms", () => {
    const { response } = answerReview("validate", {
      object: service({ loadBalancerSourceRanges: ["x"], type: "LoadBalancer" }),
    });
    const message = '"x" is not an address range; write one like 10.9.8.0/24 or 2001:db8::/64 (Fairlead: cidr-format)';
    expect(response.status).toEqual({
      status: "Failure",
      message: `Service team-a/web is invalid: spec.LoadBalancerSourceRanges[0]: ${message}`,
      reason: "Invalid",
      code: 422,
      details: {
        name: "web",
        kind: "Service",
        causes: [{ reason: "FieldValueInvalid", field: "spec.LoadBalancerSourceRanges[0]", message }],
      },
    });
  });

  it("calls what cannot be read a bad request", () => {
    const { response } = answerReview("validate", { object: service({ ports: "80" }) });
    expect(response.status).toMatchObject({ reason: "BadRequest", code: 400 });
    expect(response.status?.details?.causes).toEqual([
      { field: "spec.ports", message: 'ports must be a list, and this is a string: "80" (Fairlead: wrong-type)' },
    ]);
    expect(answerReview("validate", { object: service({ ports: "80" }) }, { validity: "warn" }).response.allowed).toBe(
      true,
    );
  });

  it("names the field's type where a number is none that JSON can hold", () => {
    const { response } = answerReview("validate", { object: service({ ports: [{ port: Number.POSITIVE_INFINITY }] }) });
    expect(response.status?.details?.causes).toEqual([
      {
        field: "spec.ports[0].port",
        message: "port must be a whole number, and this is a number: Infinity (Fairlead: wrong-type)",
      },
    ]);
  });
});

function matching(want: string | RegExp): unknown {
  return typeof want === "string" ? want : expect.stringMatching(want);
}

describe("operations", () => {
  const PROTECTED = policies({ rules: [{ rule: "deletion-protection", action: "deny" }] });
  const marked = defaulted({}, { ...UID, labels: { "fairlead.dev/protected": "true" } });

  it("a delete is judged by the old object, and forbidden rather than invalid", () => {
    const { response } = answerReview("validate", { operation: "DELETE", oldObject: marked }, { policies: PROTECTED });
    expect(response.status).toMatchObject({ reason: "Forbidden", code: 403, details: { name: "web" } });
    expect(response.status?.message).toMatch(
      /^Service team-a\/web may not be deleted: metadata\.labels\[.*remove the label/,
    );
  });

  it("a delete is not stopped by what the server would refuse today", () => {
    const old = defaulted({ sessionAffinity: "Cookie" }, UID);
    expect(answerReview("validate", { operation: "DELETE", oldObject: old }).response).toEqual({
      uid: "u",
      allowed: true,
    });
  });

  it("a write of the status is judged as one: the spec stays the old one's", () => {
    const old = defaulted({ type: "LoadBalancer", externalTrafficPolicy: "Cluster" }, UID);
    const status = { loadBalancer: { ingress: [{ ip: "nonsense", ipMode: "VIP" }] } };
    const input = { operation: "UPDATE", oldObject: old, rest: { subResource: "status" } } as const;
    const { response } = answerReview("validate", { ...input, object: { ...old, status } });
    expect(response.status?.details?.causes.map(({ field }) => field)).toEqual(["status.loadBalancer.ingress[0].ip"]);
    const spec = { ...old, spec: { ports: "broken" } };
    expect(
      answerReview("validate", { ...input, object: { ...old, spec: { ...defaulted(), type: "Nonsense" } } }).response
        .allowed,
    ).toBe(true);
    expect(answerReview("validate", { ...input, object: spec }).response.status?.code).toBe(400);
  });

  it.each([
    { dryRun: false, allowed: false },
    { dryRun: true, allowed: true },
  ])("a node port out of range, dry run $dryRun: allowed $allowed, as the server has it", ({ dryRun, allowed }) => {
    const ports = [{ port: 80, nodePort: 5 }];
    const { response } = answerReview("validate", { object: service({ type: "NodePort", ports }), rest: { dryRun } });
    expect(response.allowed).toBe(allowed);
  });

  it("what the server has picked is in range, whatever Fairlead was told of the cluster", () => {
    const addresses = {
      clusterIP: "172.30.0.9",
      clusterIPs: ["172.30.0.9"],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
    };
    expect(answerReview("validate", { object: defaulted(addresses, UID) }).response.allowed).toBe(true);
    expect(answerReview("validate", { object: defaulted(addresses) }).response.allowed).toBe(false);
  });

  it("a field that nobody here knows passes, whatever the options of the request say: a newer server knows it", () => {
    const options = { kind: "CreateOptions", fieldValidation: "Strict", fieldManager: "x".repeat(200) };
    const object = defaulted({ fromTheFuture: true, ipFamilyPolicy: "SingleStack" });
    for (const phase of ["mutate", "validate"] as const) {
      expect(answerReview(phase, { object, rest: { options } }).response).toEqual({ uid: "u", allowed: true });
    }
  });
});

describe("what is none of Fairlead's business passes, and why is told", () => {
  const LET_GO = { name: "web", namespace: "team-a", ...UID, deletionTimestamp: "2026-11-24T00:00:00Z" };
  const deleting = { ...BROKEN, metadata: { ...LET_GO, finalizers: ["example.com/x"] } };
  it.each([
    {
      name: "an exempt namespace",
      input: { object: BROKEN, namespace: "kube-system" },
      decision: "exempt",
      reason: "namespace kube-system is exempt",
    },
    {
      name: "an exempt Service",
      input: { object: BROKEN, namespace: "default", rest: { name: "kubernetes" } },
      decision: "exempt",
      reason: "Service default/kubernetes is exempt",
    },
    {
      name: "a Service that is being deleted, and let go",
      input: { operation: "UPDATE" as const, object: { ...deleting, metadata: LET_GO }, oldObject: deleting },
      decision: "exempt",
      reason: "the Service is being deleted",
    },
    {
      name: "another resource",
      input: { object: BROKEN, rest: { resource: { group: "apps", version: "v1", resource: "deployments" } } },
      decision: "passed",
      reason: "not a write of a Service: CREATE of apps/v1/deployments",
    },
    {
      name: "another operation",
      input: { operation: "CONNECT" as const, rest: { subResource: "proxy" } },
      decision: "passed",
      reason: "not a write of a Service: CONNECT of /v1/services proxy",
    },
    {
      name: "a delete without the old object",
      input: { operation: "DELETE" as const },
      decision: "passed",
      reason: "not a write of a Service: DELETE of /v1/services",
    },
  ])("$name", ({ input, decision, reason }) => {
    const { response, facts } = answerReview("validate", input, { policies: TEAM });
    expect([response.allowed, facts.decision, facts.reason]).toEqual([true, decision, reason]);
    expect(response.auditAnnotations).toEqual(decision === "exempt" ? { exempt: reason } : undefined);
  });
});

describe("a finding that an exemption covers", () => {
  it("is neither denied nor warned about, and kept for the audit", () => {
    const covered = policies({
      exempt: [{ names: ["web"], reason: "moves next week" }],
      rules: [{ rule: "node-ports-forbidden", action: "deny" }],
    });
    const { response } = answerReview("validate", { object: defaulted({ type: "NodePort" }) }, { policies: covered });
    expect(response).toEqual({
      uid: "u",
      allowed: true,
      auditAnnotations: { suppressed: "a/node-ports-forbidden: moves next week" },
    });
  });
});

describe("a body that is no review", () => {
  const good = reviewOf({ object: service() });
  it.each([
    { name: "null", body: null, says: "the body must be an AdmissionReview, found null" },
    { name: "no request", body: { ...good, request: undefined }, says: "request must be an object, found nothing" },
    {
      name: "another version",
      body: { ...good, apiVersion: "admission.k8s.io/v1beta1" },
      says: 'apiVersion must be admission.k8s.io/v1, found "admission.k8s.io/v1beta1"',
      uid: "u",
    },
    {
      name: "another kind",
      body: { ...good, kind: "List" },
      says: 'kind must be AdmissionReview, found "List"',
      uid: "u",
    },
    {
      name: "another operation",
      body: reviewOf({ object: service(), rest: { operation: "PATCH" } }),
      says: 'request.operation must be one of CREATE, UPDATE, DELETE, CONNECT, found "PATCH"',
      uid: "u",
    },
    {
      name: "an UPDATE without the old object",
      body: reviewOf({ operation: "UPDATE", object: service() }),
      says: "request.oldObject must be an object on UPDATE, found null",
      uid: "u",
    },
  ])("$name", ({ body, says, uid = "" }) => {
    const { status, response, facts } = answerBody("validate", body);
    expect([status, facts.decision, response.uid]).toEqual([400, "malformed", uid]);
    expect(response.status).toEqual({
      status: "Failure",
      message: `Fairlead: ${says}`,
      reason: "BadRequest",
      code: 400,
    });
  });
});
