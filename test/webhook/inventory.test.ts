import { afterEach, describe, expect, it } from "@jest/globals";
import { valueAt } from "#src/field/json.ts";
import { NEEDS } from "#src/inventory/model/view.ts";
import { Inventory } from "#src/inventory/store/inventory.ts";
import { inventoryOf } from "#src/inventory/store/inventory-of.ts";
import { policies } from "../policy/support.ts";
import { startTestServer, type TestServer } from "./harness.ts";
import { largeReview, reviewOf } from "./large-reviews.ts";

const UNIQUE = policies({ rules: [{ rule: "unique-selector", action: "deny" }] });
const OTHER = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "other", namespace: "team-a" },
  spec: { selector: { app: "shop" }, ports: [{ port: 80 }] },
};
const KNOWN = { view: inventoryOf([OTHER], "team-a"), age: 12 };
const NOT_READABLE = { view: new Inventory(true, new Set(NEEDS.filter((need) => need !== "services"))).view(), age: 0 };
/** In KiB: large enough for the worker process. */
const LARGE = 200;

let server: TestServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

describe("what is around a Service", () => {
  it.each([
    { name: "is known to the server", review: reviewOf("small"), known: KNOWN, allowed: false, age: "as of 12 s ago" },
    {
      name: "is sent with a large review",
      review: largeReview("large", LARGE),
      known: KNOWN,
      allowed: false,
      age: "as of 12 s ago",
    },
    {
      name: "is not known: rules about it find nothing",
      review: reviewOf("small"),
      known: undefined,
      allowed: true,
      age: "not known",
    },
    {
      name: "is not known for a large review",
      review: largeReview("large", LARGE),
      known: undefined,
      allowed: true,
      age: "not known",
    },
    { name: "may not be read", review: reviewOf("small"), known: NOT_READABLE, allowed: true, age: "as of 0 s ago" },
  ])("$name", async ({ review, known, allowed, age }) => {
    const inventory = { current: () => known, close: () => Promise.resolve() };
    server = await startTestServer({ policies: UNIQUE, inventory });
    for (const path of ["/validate", "/validate/deny"]) {
      const reply: unknown = JSON.parse((await server.post(path, review)).text);
      expect(valueAt(reply, ["response", "allowed"])).toBe(allowed);
      expect(valueAt(reply, ["response", "auditAnnotations", "inventory"])).toBe(age);
      if (!allowed) expect(valueAt(reply, ["response", "status", "message"])).toContain("other");
    }
  });

  it("is not asked for where no rule looks at it, and the answer does not speak of it", async () => {
    const inventory = { current: () => KNOWN, close: () => Promise.resolve() };
    server = await startTestServer({
      policies: policies({ rules: [{ rule: "named-ports", action: "warn" }] }),
      inventory,
    });
    const { text } = await server.post("/validate", largeReview("large", LARGE));
    expect(text).not.toContain('"inventory"');
  });

  it("shows in the metrics: how many objects, how old, and whether all is known", async () => {
    const inventory = {
      current: () => KNOWN,
      state: () => ({
        objects: new Map([["Service", 3]]),
        synced: new Map([
          ["services", true],
          ["quotas", false],
        ] as const),
      }),
      close: () => Promise.resolve(),
    };
    server = await startTestServer({ policies: UNIQUE, inventory });
    const { text } = await server.get("/metrics");
    for (const line of [
      'fairlead_inventory_objects{kind="Service"} 3',
      "fairlead_inventory_age_seconds 12",
      'fairlead_inventory_synced{need="services"} 1',
      'fairlead_inventory_synced{need="quotas"} 0',
    ])
      expect(text).toContain(line);
  });

  it("has no samples where nothing is read", async () => {
    server = await startTestServer();
    expect((await server.get("/metrics")).text).not.toMatch(/^fairlead_inventory/m);
  });
});
