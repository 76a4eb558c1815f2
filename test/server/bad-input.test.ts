import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { isObject, valueAt } from "../../src/field/json.ts";
import { checkedReply } from "../admission/response-schema.ts";
import { partOf, readReviewFile } from "../reviews/reviews.ts";
import { type Reply, startTestServer, type TestServer } from "./harness.ts";

const GOOD = "create-main-kubectl-create-np-mutating.json";
const JSON_TYPE = { "Content-Type": "application/json" };
const MEBIBYTE = 1024 * 1024;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** A good review whose request was changed. */
function changed(change: (request: Record<string, unknown>) => void): unknown {
  const { review, request } = readReviewFile(GOOD);
  change(request);
  return review;
}

/** What the reply says is wrong: every error is a well-formed review too. */
function problemIn(reply: Reply): string {
  const body: unknown = JSON.parse(reply.text);
  return String(valueAt(body, ["response", "status", "message"]));
}

async function expectGoodRequestToWork(): Promise<void> {
  const reply = await server.post("/mutate", readReviewFile(GOOD).review);
  expect(reply.status).toBe(200);
  expect(checkedReply(JSON.parse(reply.text)).allowed).toBe(true);
}

describe("a body that is no review gets a clear answer, and the next good one works", () => {
  const deep = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`;
  it.each([
    { name: "an empty body", body: "", status: 400, says: /empty/ },
    { name: "truncated JSON", body: '{"kind":"AdmissionReview",', status: 400, says: /no valid JSON/ },
    { name: "a number that is none", body: '{"a": NaN}', status: 400, says: /no valid JSON/ },
    { name: "10,000 levels", body: deep, status: 400, says: /apiVersion|kind|deep|AdmissionReview/ },
    { name: "8 MiB", body: `"${"x".repeat(8 * MEBIBYTE)}"`, status: 413, says: /larger than/ },
    { name: "a list", body: [], status: 400, says: /AdmissionReview/ },
    {
      name: "another version",
      body: { ...readReviewFile(GOOD).review, apiVersion: "admission.k8s.io/v1beta1" },
      status: 400,
      says: /admission\.k8s\.io\/v1/,
    },
    {
      name: "another kind",
      body: { ...readReviewFile(GOOD).review, kind: "Pod" },
      status: 400,
      says: /AdmissionReview/,
    },
    {
      name: "no uid",
      body: changed((request) => {
        delete request["uid"];
      }),
      status: 400,
      says: /uid/,
    },
    {
      name: "object null on CREATE",
      body: changed((request) => {
        request["object"] = null;
      }),
      status: 400,
      says: /object/,
    },
    {
      name: "a list for the object",
      body: changed((request) => {
        request["object"] = [];
      }),
      status: 400,
      says: /object/,
    },
  ])("$name: $status", async ({ body, status, says }) => {
    const reply = await server.post("/validate", body);
    expect(reply.status).toBe(status);
    expect(reply.headers["content-type"]).toBe("application/json");
    expect(problemIn(reply)).toMatch(says);
    await expectGoodRequestToWork();
  });

  it.each([
    { name: "GET on /mutate", options: { method: "GET" }, status: 405, says: /POST/ },
    { name: "a form", options: { headers: { "Content-Type": "text/plain" } }, status: 415, says: /application\/json/ },
    {
      name: "an encoded body",
      options: { headers: { ...JSON_TYPE, "Content-Encoding": "gzip" } },
      status: 415,
      says: /encoded/,
    },
  ])("$name: $status", async ({ options, status, says }) => {
    const reply = await server.post("/mutate", options.method === "GET" ? undefined : "{}", options);
    expect(reply.status).toBe(status);
    expect(problemIn(reply)).toMatch(says);
    await expectGoodRequestToWork();
  });
});

describe("odd objects in a good review", () => {
  it("keys named __proto__ stay keys, and reach no prototype", async () => {
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

  it("a field of a newer API server is neither refused nor taken away", async () => {
    const { review, request } = readReviewFile(GOOD);
    partOf(request, "object", "spec")["fromTheFuture"] = { a: 1 };
    const reply = await server.post("/mutate", review);
    const { allowed, patch } = checkedReply(JSON.parse(reply.text));
    expect(allowed).toBe(true);
    expect(Buffer.from(patch ?? "", "base64").toString()).not.toContain("fromTheFuture");
  });

  it("echoes the uid also where the request cannot be used", async () => {
    const body = changed((request) => {
      request["operation"] = "PATCH";
    });
    const reply = await server.post("/mutate", body);
    expect(reply.status).toBe(400);
    const answer: unknown = JSON.parse(reply.text);
    expect(isObject(body) && valueAt(answer, ["response", "uid"])).toBe(valueAt(body, ["request", "uid"]));
  });

  it("lets other resources pass untouched, with a warning in the log", async () => {
    const body = changed((request) => {
      request["resource"] = { group: "apps", version: "v1", resource: "deployments" };
      request["kind"] = { group: "apps", version: "v1", kind: "Deployment" };
    });
    const reply = await server.post("/mutate", body);
    expect(checkedReply(JSON.parse(reply.text))).toMatchObject({ allowed: true });
    expect(server.logged.some((line) => line.includes('"level":40') && line.includes("apps"))).toBe(true);
  });
});
