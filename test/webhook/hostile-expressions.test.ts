import { Agent, request } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { answerPolicyReview } from "#src/admission/policy-review.ts";
import { checkedReply } from "../admission/response-schema.ts";
import { cleanUpAfterTest } from "../cleanup.ts";
import { policies } from "../policy/support.ts";
import { send, startTestServer, type TestServer } from "./harness.ts";
import { reviewOf } from "./large-reviews.ts";

/** Lists in lists, each twice in the one around it: comparing them would take days, and costs nearly nothing. */
const ENDLESS = Array.from({ length: 40 }).reduce<string>((inner) => `[${inner}].map(x, [x, x])[0]`, "[1]");

/** One policy that takes endless time for the Services of one namespace, and one that is quick for all. */
const POLICIES = policies(
  {
    match: { namespaces: ["hostile"] },
    validations: [{ name: "endless", expression: `${ENDLESS} == ${ENDLESS}` }],
  },
  { validations: [{ name: "quick", expression: "object.spec.ports.all(p, p.port != 22)", message: "no port 22" }] },
);

function reviewIn(namespace: string, uid: string) {
  const { request: review, ...rest } = reviewOf(uid, { metadata: { namespace }, spec: { ports: [{ port: 22 }] } });
  return { ...rest, request: { ...review, namespace } };
}

function policyReview(uid: string, spec: object) {
  return {
    kind: "AdmissionReview",
    apiVersion: "admission.k8s.io/v1",
    request: {
      uid,
      kind: { group: "fairlead.dev", version: "v1alpha1", kind: "ServicePolicy" },
      resource: { group: "fairlead.dev", version: "v1alpha1", resource: "servicepolicies" },
      name: "team",
      operation: "CREATE",
      userInfo: { username: "author" },
      object: { apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name: "team" }, spec },
      oldObject: null,
    },
  };
}

describe("while an expression takes endless time, over TLS", () => {
  let server: TestServer;
  let second: Agent;
  beforeAll(async () => {
    server = await startTestServer({ policies: POLICIES, policyReviewer: answerPolicyReview });
    second = new Agent({ keepAlive: true, ca: server.ca, servername: "localhost" });
    cleanUpAfterTest(() => {
      second.destroy();
    });
  });
  afterAll(() => server.stop());

  /** The reply to a client that has nothing to do with the first one. */
  function toSecondClient(uid: string) {
    const options = { host: "127.0.0.1", port: server.server.port, path: "/validate?timeout=10s", method: "POST" };
    const headers = { "Content-Type": "application/json" };
    return send(request, reviewIn("team-a", uid), { ...options, agent: second, headers });
  }

  it("another client is answered, and then the review is, with an error of the policy", async () => {
    const order: string[] = [];
    const hostile = server.post("/validate?timeout=10s", reviewIn("hostile", "1")).then((reply) => {
      order.push("hostile");
      return checkedReply(JSON.parse(reply.text));
    });
    for (const uid of ["2", "3", "4"]) {
      const { status, text } = await toSecondClient(uid);
      order.push("second");
      expect([status, checkedReply(JSON.parse(text)).status?.message]).toEqual([
        200,
        expect.stringContaining("no port 22"),
      ]);
    }
    const { allowed, status } = await hostile;
    expect(order).toEqual(["second", "second", "second", "hostile"]);
    expect(allowed).toBe(false);
    expect(status?.message).toMatch(/the expressions of the policy took longer than \d+ ms/);
    // The policy that is quick has been judged all the same.
    expect(status?.message).toContain("no port 22");
  });

  it("a policy with expressions that take long to read keeps nobody waiting", async () => {
    const order: string[] = [];
    const long = `[${Array.from({ length: 4000 }, () => "1").join(",")}].size() > 0`;
    const spec = { validations: Array.from({ length: 4 }, () => ({ expression: long })) };
    const review = server.post("/policies?timeout=10s", policyReview("p", spec)).then((reply) => {
      order.push("policy");
      return checkedReply(JSON.parse(reply.text));
    });
    for (const uid of ["5", "6"]) {
      expect((await toSecondClient(uid)).status).toBe(200);
      order.push("second");
    }
    expect(await review).toEqual({ uid: "p", allowed: true });
    expect(order).toEqual(["second", "second", "policy"]);
  });
});
