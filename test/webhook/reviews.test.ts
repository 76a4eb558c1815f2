import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import jsonPatch, { type Operation } from "fast-json-patch";
import type { JsonObject } from "#src/field/json.ts";
import { checkedReply, type CheckedReply, patchOf } from "../admission/response-schema.ts";
import { listOf, partOf, readReviewFile, REVIEW_FILES } from "../reviews/reviews.ts";
import { startTestServer, type TestServer } from "./harness.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function responseTo(path: string, review: unknown): Promise<CheckedReply["response"]> {
  const reply = await server.post(`${path}?timeout=10s`, review);
  expect(reply.status).toBe(200);
  return checkedReply(JSON.parse(reply.text));
}

/** Applies the patch of a response; every operation is validated. */
function patched(object: unknown, response: CheckedReply["response"]): unknown {
  return jsonPatch.applyPatch(structuredClone(object), structuredClone(operationsOf(response)), true).newDocument;
}

function operationsOf(response: CheckedReply["response"]): Operation[] {
  const operations = patchOf(response);
  const problem = jsonPatch.validate(operations.filter(isOperation));
  expect(problem).toBeUndefined();
  return operations.filter(isOperation);
}

function isOperation(value: unknown): value is Operation {
  return typeof value === "object" && value !== null && "op" in value && "path" in value;
}

const MUTATING = REVIEW_FILES.filter((file) => file.endsWith("-mutating.json"));
const VALIDATING = REVIEW_FILES.filter((file) => file.endsWith("-validating.json"));

describe("reviews of a real API server, over verified TLS", () => {
  it("finds all recorded reviews", () => {
    expect([MUTATING.length, VALIDATING.length]).toEqual([13, 13]);
  });

  it.each(MUTATING)(
    "/mutate allows %s, adds at most the family policy, and nothing in a second review",
    async (file) => {
      const { review, request } = readReviewFile(file);
      const first = await responseTo("/mutate", review);
      expect(first).toMatchObject({ uid: request["uid"], allowed: true });
      expect(first.warnings).toBeUndefined();
      const { operation, object } = request;
      const needsFamilyPolicy = operation === "CREATE" && partOf(request, "object", "spec")["type"] !== "ExternalName";
      expect(patchOf(first)).toEqual(
        needsFamilyPolicy ? [{ op: "add", path: "/spec/ipFamilyPolicy", value: "SingleStack" }] : [],
      );

      request["object"] = operation === "DELETE" ? object : patched(object, first);
      const second = await responseTo("/mutate", review);
      expect(patchOf(second)).toEqual([]);
    },
  );

  it.each(VALIDATING)("/validate allows %s without warnings", async (file) => {
    const { review, request } = readReviewFile(file);
    for (const path of ["/validate", "/validate/deny", "/validate/warn"]) {
      expect(await responseTo(path, review)).toEqual({ uid: request["uid"], allowed: true });
    }
  });

  it.each(MUTATING.filter((file) => file.startsWith("create")))(
    "/mutate restores the static defaults that were removed from %s",
    async (file) => {
      const { review, request } = readReviewFile(file);
      const complete = structuredClone(partOf(request, "object"));
      const policy = partOf(complete, "spec")["type"] === "ExternalName" ? {} : { ipFamilyPolicy: "SingleStack" };
      const want = { ...complete, spec: { ...partOf(complete, "spec"), ...policy } };

      removeStaticDefaults(partOf(request, "object", "spec"));
      const response = await responseTo("/mutate", review);
      expect(patched(request["object"], response)).toEqual(want);
    },
  );
});

/** Removes the fields that the API server sets by default. */
function removeStaticDefaults(spec: JsonObject): void {
  for (const name of [
    "sessionAffinity",
    "internalTrafficPolicy",
    "externalTrafficPolicy",
    "allocateLoadBalancerNodePorts",
  ])
    Reflect.deleteProperty(spec, name);
  for (const port of Array.isArray(spec["ports"]) ? listOf(spec, "ports") : []) {
    if (typeof port === "object" && port !== null && "protocol" in port) delete port.protocol;
  }
}

describe("denied reviews: recorded ones with a changed object", () => {
  const LOAD_BALANCER = "create-main-kubectl-client-side-apply-shop";
  const UPDATE = "update-main-kubectl-patch-shop";
  const set = (name: string, value: unknown) => (object: JsonObject) => {
    partOf(object, "spec")[name] = value;
  };
  const setPort = (name: string, value: unknown) => (object: JsonObject) => {
    const [first] = listOf(partOf(object, "spec"), "ports");
    Object.assign(first ?? {}, { [name]: value });
  };
  const INVALID = "FieldValueInvalid";
  const UNSUPPORTED = "FieldValueNotSupported";

  it.each([
    {
      name: "a port out of range",
      file: LOAD_BALANCER,
      change: setPort("port", 70000),
      causes: [["spec.ports[0].port", INVALID]],
    },
    { name: "no ports", file: LOAD_BALANCER, change: set("ports", []), causes: [["spec.ports", "FieldValueRequired"]] },
    {
      name: "an unknown type",
      file: LOAD_BALANCER,
      change: set("sessionAffinity", "Cookie"),
      causes: [["spec.sessionAffinity", UNSUPPORTED]],
    },
    {
      name: "a source range that is none, under the server's own spelling",
      file: LOAD_BALANCER,
      change: set("loadBalancerSourceRanges", ["10.0.0.0/33"]),
      causes: [["spec.LoadBalancerSourceRanges[0]", INVALID]],
    },
    {
      name: "an unknown protocol",
      file: UPDATE,
      change: setPort("protocol", "TPC"),
      causes: [["spec.ports[0].protocol", UNSUPPORTED]],
    },
    {
      name: "a class that is set later",
      file: UPDATE,
      change: set("loadBalancerClass", "example.com/lb"),
      causes: [["spec.loadBalancerClass", INVALID]],
    },
  ])("$name: /validate denies, /mutate warns", async ({ file, change, causes }) => {
    const { review, request } = readReviewFile(`${file}-validating.json`);
    change(partOf(request, "object"));
    const denied = await responseTo("/validate", review);
    expect(denied.allowed).toBe(false);
    expect(denied.status).toMatchObject({ reason: "Invalid", code: 422, details: { name: "shop", kind: "Service" } });
    const found = denied.status?.details?.causes ?? [];
    expect(found.map(({ field, reason }) => [field, reason])).toEqual(causes);
    for (const { message } of found) expect(message).toContain("Fairlead");
    expect(await responseTo("/validate/warn", review)).toMatchObject({ allowed: true });
    expect(await responseTo("/validate/deny", review)).toMatchObject({ allowed: false });

    const mutating = readReviewFile(`${file}-mutating.json`);
    change(partOf(mutating.request, "object"));
    const hinted = await responseTo("/mutate", mutating.review);
    expect(hinted.allowed).toBe(true);
    expect(hinted.warnings).toHaveLength(causes.length);
    for (const [index, [field]] of causes.entries()) expect(hinted.warnings?.[index]).toMatch(`${String(field)}: `);
  });
});
