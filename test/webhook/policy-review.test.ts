import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { answerPolicyReview } from "#src/admission/policy-review.ts";
import type { JsonObject } from "#src/field/json.ts";
import { checkedReply, type CheckedReply } from "../admission/response-schema.ts";
import { startTestServer, type TestServer } from "./harness.ts";

const GOOD = { rules: [{ rule: "named-ports", action: "warn" }] };
const BAD = { rules: [{ rule: "named-ports", action: "refuse" }], mach: {} };

/** The write that is reviewed. */
interface PolicyWrite {
  readonly operation?: string;
  readonly subResource?: string;
  readonly resource?: string;
  readonly object: unknown;
  readonly oldObject?: unknown;
}

function policy(spec: JsonObject, metadata: JsonObject = { name: "team" }): JsonObject {
  // As the API server sends it: with server-side metadata and the status of an earlier version.
  const serverMetadata = { uid: "1", generation: 3, resourceVersion: "7", creationTimestamp: "2026-03-01T12:00:00Z" };
  const status = { conditions: [{ type: "InForce", status: "True" }] };
  return {
    apiVersion: "fairlead.dev/v1alpha1",
    kind: "ServicePolicy",
    metadata: { ...metadata, ...serverMetadata },
    spec,
    status,
  };
}

function review({ operation = "CREATE", subResource, resource = "servicepolicies", object, oldObject }: PolicyWrite) {
  return {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request: {
      uid: "7f",
      kind: { group: "fairlead.dev", version: "v1alpha1", kind: "ServicePolicy" },
      resource: { group: "fairlead.dev", version: "v1alpha1", resource },
      ...(subResource === undefined ? {} : { subResource }),
      name: "team",
      operation,
      userInfo: { username: "author" },
      object,
      oldObject: oldObject ?? null,
    },
  };
}

describe("the review of a policy, over TLS", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ policyReviewer: answerPolicyReview });
  });
  afterAll(() => server.stop());

  async function responseTo(write: PolicyWrite): Promise<CheckedReply["response"]> {
    const reply = await server.post("/policies?timeout=3s", review(write));
    expect(reply.status).toBe(200);
    return checkedReply(JSON.parse(reply.text));
  }

  it.each<{ readonly name: string; readonly write: PolicyWrite }>([
    { name: "a good one", write: { object: policy(GOOD) } },
    { name: "a good one that is still to be named", write: { object: policy(GOOD, { generateName: "team-" }) } },
    {
      name: "a good one in place of a bad one",
      write: { operation: "UPDATE", object: policy(GOOD), oldObject: policy(BAD) },
    },
    {
      name: "a label on a bad one, which got in while nobody looked",
      write: {
        operation: "UPDATE",
        object: policy(BAD, { name: "team", labels: { owner: "me" } }),
        oldObject: policy(BAD),
      },
    },
    { name: "the end of a bad one", write: { operation: "DELETE", object: null, oldObject: policy(BAD) } },
    {
      name: "a status",
      write: { operation: "UPDATE", subResource: "status", object: policy(BAD), oldObject: policy(GOOD) },
    },
    { name: "something else", write: { resource: "others", object: policy(BAD) } },
  ])("allows $name", async ({ write }) => {
    expect(await responseTo(write)).toEqual({ uid: "7f", allowed: true });
  });

  it.each<{ readonly name: string; readonly write: PolicyWrite }>([
    { name: "a bad one", write: { object: policy(BAD) } },
    {
      name: "a bad one in place of a good one",
      write: { operation: "UPDATE", object: policy(BAD), oldObject: policy(GOOD) },
    },
  ])("denies, with a cause for each field: $name", async ({ write }) => {
    const { allowed, status } = await responseTo(write);
    expect(allowed).toBe(false);
    expect(status).toMatchObject({
      code: 422,
      reason: "Invalid",
      message: expect.stringMatching(/^Fairlead: ServicePolicy "team" could not come into force: /),
      details: {
        name: "team",
        group: "fairlead.dev",
        kind: "ServicePolicy",
        causes: expect.arrayContaining([
          {
            reason: "FieldValueInvalid",
            field: "spec.rules[0].action",
            message: expect.stringMatching(/deny.*\(Fairlead\)$/),
          },
          { reason: "FieldValueInvalid", field: "spec.mach", message: expect.stringMatching(/match.*\(Fairlead\)$/) },
        ]),
      },
    });
  });

  it.each([
    {
      name: "in one line",
      expression: "object.spec.tpye == 'x'",
      message: `undefined field 'tpye'; did you mean "type"? (column 12) (Fairlead)`,
    },
    {
      name: "in several",
      expression: "true &&\n  object.spec.tpye == 'x'",
      message: `undefined field 'tpye'; did you mean "type"? (line 2, column 14) (Fairlead)`,
    },
  ])("tells the place of a mistake in an expression: $name", async ({ expression, message }) => {
    const { status } = await responseTo({ object: policy({ validations: [{ expression }] }) });
    expect(status?.details?.causes).toEqual([
      { reason: "FieldValueInvalid", field: "spec.validations[0].expression", message },
    ]);
  });

  it("answers a body that is not a review with an error, and counts and logs reviews", async () => {
    const reply = await server.post("/policies", { kind: "Pod" });
    expect([reply.status, reply.text]).toEqual([400, expect.stringContaining("kind must be AdmissionReview")]);

    await responseTo({ object: policy(BAD) });
    const { text } = await server.get("/metrics");
    expect(text).toMatch(/fairlead_reviews_total\{operation="CREATE",decision="denied",phase="policies"\} [1-9]/);
    expect(text).toMatch(/fairlead_review_duration_seconds_count\{phase="policies"\} [1-9]/);
    expect(server.logged.map((line): unknown => JSON.parse(line))).toContainEqual(
      expect.objectContaining({
        msg: "policy review",
        decision: "denied",
        operation: "CREATE",
        name: "team",
        user: "author",
        reason: expect.stringContaining("spec.mach"),
      }),
    );
  });
});

it("a server that does not read policies of the cluster has no such path", async () => {
  const server = await startTestServer();
  try {
    expect((await server.post("/policies", review({ object: policy(GOOD) }))).status).toBe(404);
  } finally {
    await server.stop();
  }
});
