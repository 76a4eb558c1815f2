import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { isObject, valueAt } from "#src/field/json.ts";
import { checkedReply } from "../admission/response-schema.ts";
import { listOf, partOf, readReviewFile } from "../reviews/reviews.ts";
import { type Reply, startTestServer, type TestServer } from "./harness.ts";

const GOOD = "create-main-kubectl-create-np-mutating.json";
const JSON_TYPE = { "Content-Type": "application/json" };
const MEBIBYTE = 1024 * 1024;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** A good review with a changed request. */
function changedReview(change: (request: Record<string, unknown>) => void): unknown {
  const { review, request } = readReviewFile(GOOD);
  change(request);
  return review;
}

/** The error message of a reply: every error reply is a well-formed review too. */
function problemIn(reply: Reply): string {
  const body: unknown = JSON.parse(reply.text);
  expect(checkedReply(body).allowed).toBe(false);
  return String(valueAt(body, ["response", "status", "message"])).replace(/^Fairlead: /, "");
}

async function expectGoodRequestToWork(): Promise<void> {
  const reply = await server.post("/mutate", readReviewFile(GOOD).review);
  expect(reply.status).toBe(200);
  expect(checkedReply(JSON.parse(reply.text)).allowed).toBe(true);
}

/** A good review with this text as the value of `port`. */
function withPort(text: string): string {
  const body = changedReview((request) => {
    Object.assign(listOf(partOf(request, "object", "spec"), "ports")[0] ?? {}, { port: "PORT" });
  });
  return JSON.stringify(body).replace('"PORT"', text);
}

describe("a body that is not a review gets a clear answer, and the next good review works", () => {
  const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
  it.each([
    { name: "an empty body", body: "", status: 400, says: "the body is empty, and must be an AdmissionReview" },
    {
      name: "truncated JSON",
      body: '{"kind":"AdmissionReview",\n ',
      status: 400,
      says: "the body cannot be read: line 2, column 2: this is not valid JSON: it ends where a key in double quotes should follow",
    },
    {
      name: "NaN",
      body: withPort("NaN"),
      status: 400,
      says: expect.stringMatching(
        /^the body cannot be read: line 1, column \d+: this is not valid JSON: a value should stand here, not `N`$/,
      ),
    },
    {
      name: "text that is not UTF-8",
      body: Buffer.from([0x7b, 0xff, 0x7d]),
      status: 400,
      says: "the body is not UTF-8 text",
    },
    { name: "10,000 levels", body: nested(10_000), status: 400, says: "kind must be AdmissionReview, found nothing" },
    {
      name: "a million levels",
      body: "[".repeat(1_000_000),
      status: 400,
      says: expect.stringMatching(/^the body cannot be read: line 1, column \d+: /),
    },
    {
      name: "8 MiB",
      body: `"${"x".repeat(8 * MEBIBYTE)}"`,
      status: 413,
      says: "the body is larger than 7340032 bytes",
    },
    {
      name: "8 MiB of unknown length",
      body: `"${"x".repeat(8 * MEBIBYTE)}"`,
      headers: { "Transfer-Encoding": "chunked" },
      status: 413,
      says: "the body is larger than 7340032 bytes",
    },
    { name: "a list", body: [], status: 400, says: "the body must be an AdmissionReview, found a list" },
    {
      name: "another version",
      body: { ...readReviewFile(GOOD).review, apiVersion: "admission.k8s.io/v1beta1" },
      status: 400,
      says: 'apiVersion must be admission.k8s.io/v1, found "admission.k8s.io/v1beta1"',
    },
    {
      name: "another kind",
      body: { ...readReviewFile(GOOD).review, kind: "Pod" },
      status: 400,
      says: 'kind must be AdmissionReview, found "Pod"',
    },
    {
      name: "no uid",
      body: changedReview((request) => {
        delete request["uid"];
      }),
      status: 400,
      says: "request.uid must be a text that is not empty",
    },
    {
      name: "object null on CREATE",
      body: changedReview((request) => {
        request["object"] = null;
      }),
      status: 400,
      says: "request.object must be an object on CREATE, found null",
    },
    {
      name: "a list for the object",
      body: changedReview((request) => {
        request["object"] = [];
      }),
      status: 400,
      says: "request.object must be an object on CREATE, found a list",
    },
  ])("$name: $status", async ({ body, headers, status, says }) => {
    const reply = await server.post("/validate", body, { headers: { ...JSON_TYPE, ...headers } });
    expect(reply.status).toBe(status);
    expect(reply.headers["content-type"]).toBe("application/json");
    expect(problemIn(reply)).toEqual(says);
    await expectGoodRequestToWork();
  });

  it.each(["/mutate", "/validate"])(
    "10,000 levels in a good review: %s judges them like any other value",
    async (path) => {
      const deep = changedReview((request) => {
        partOf(request, "object", "spec")["selector"] = { app: "DEEP" };
        partOf(request, "object", "spec")["futureField"] = "DEEP";
      });
      const reply = await server.post(path, JSON.stringify(deep).replaceAll('"DEEP"', nested(10_000)));
      expect(reply.status).toBe(200);
      const { allowed, status, warnings } = checkedReply(JSON.parse(reply.text));
      expect(allowed).toBe(path === "/mutate");
      expect(JSON.stringify({ status, warnings })).toContain("spec.selector[app]: selector[app] must be a string");
      await expectGoodRequestToWork();
    },
  );

  it.each([
    { name: "GET", options: { method: "GET" }, status: 405, says: "a review is sent by POST, found GET" },
    { name: "PUT", options: { method: "PUT" }, status: 405, says: "a review is sent by POST, found PUT" },
    {
      name: "a form",
      options: { headers: { "Content-Type": "text/plain; charset=utf-8" } },
      status: 415,
      says: "the content type must be application/json, found text/plain",
    },
    {
      name: "no content type",
      options: { headers: {} },
      status: 415,
      says: "the content type must be application/json, found none",
    },
    {
      name: "an encoded body",
      options: { headers: { ...JSON_TYPE, "Content-Encoding": "gzip" } },
      status: 415,
      says: "the body must not be encoded, found gzip",
    },
  ])("$name: $status", async ({ options, status, says }) => {
    const reply = await server.post("/mutate", options.method === "GET" ? undefined : "{}", options);
    expect([reply.status, reply.headers["allow"]]).toEqual([status, status === 405 ? "POST" : undefined]);
    expect(problemIn(reply)).toBe(says);
    await expectGoodRequestToWork();
  });

  it("does not quote a broken body in the log", async () => {
    await server.post("/mutate", '{"a":"the secret" "b"}');
    const line = server.logged.findLast((one) => one.includes("no review"));
    expect(line).toContain("line 1, column 19");
    expect(line).not.toContain("secret");
  });

  it("counts each of them as a failure or as malformed", async () => {
    const counting = await startTestServer();
    try {
      await counting.post("/mutate", "{");
      await counting.post("/mutate", []);
      await counting.post("/mutate", undefined, { method: "GET" });
      const { text } = await counting.get("/metrics");
      expect(text).toContain('fairlead_failures_total{status="400"} 2');
      expect(text).toContain('fairlead_failures_total{status="405"} 1');
      expect(text.match(/^fairlead_reviews_total\{.*/gm)).toEqual([
        'fairlead_reviews_total{operation="",decision="malformed",phase="mutate"} 1',
      ]);
    } finally {
      await counting.stop();
    }
  });
});

describe("a number that is not an integer", () => {
  it.each(["1e400", "80.5", "-1e400"])("%s as a port is denied", async (text) => {
    const reply = checkedReply(JSON.parse((await server.post("/validate", withPort(text))).text));
    expect(reply.status?.details?.causes).toEqual([
      {
        field: "spec.ports[0].port",
        message: `port must be a whole number, and this is a number: ${String(Number(text))} (Fairlead: wrong-type)`,
      },
    ]);
    await expectGoodRequestToWork();
  });
});

describe("unusual objects in a good review", () => {
  it("keys named __proto__ remain keys and change no prototype", async () => {
    const { review, request } = readReviewFile(GOOD);
    const text = JSON.stringify({ ...review, request: { ...request, object: "OBJECT" } });
    const object = JSON.stringify(request["object"]).replace(
      '"metadata":{',
      '"metadata":{"annotations":{"__proto__":"x"},',
    );
    const reply = await server.post("/mutate", text.replace('"OBJECT"', object));
    expect(reply.status).toBe(200);
    expect(checkedReply(JSON.parse(reply.text)).warnings).toEqual([expect.stringContaining("__proto__")]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    await expectGoodRequestToWork();
  });

  it("a field of a newer API server is neither refused nor removed", async () => {
    const { review, request } = readReviewFile(GOOD);
    partOf(request, "object", "spec")["fromTheFuture"] = { a: 1 };
    const reply = await server.post("/mutate", review);
    const { allowed, patch } = checkedReply(JSON.parse(reply.text));
    expect(allowed).toBe(true);
    expect(Buffer.from(patch ?? "", "base64").toString()).not.toContain("fromTheFuture");
  });

  it("echoes the uid even if the request is invalid", async () => {
    const body = changedReview((request) => {
      request["operation"] = "PATCH";
    });
    const reply = await server.post("/mutate", body);
    expect(reply.status).toBe(400);
    const answer: unknown = JSON.parse(reply.text);
    expect(isObject(body) && valueAt(answer, ["response", "uid"])).toBe(valueAt(body, ["request", "uid"]));
  });

  it("allows other resources unchanged, with a warning in the log", async () => {
    const body = changedReview((request) => {
      request["resource"] = { group: "apps", version: "v1", resource: "deployments" };
      request["kind"] = { group: "apps", version: "v1", kind: "Deployment" };
    });
    const reply = await server.post("/mutate", body);
    expect(checkedReply(JSON.parse(reply.text))).toMatchObject({ allowed: true });
    expect(server.logged.some((line) => line.includes('"level":40') && line.includes("apps"))).toBe(true);
  });
});
