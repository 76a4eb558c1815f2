import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Checkout, WITH_EXTERNAL_IP } from "#test/check/checkout.ts";
import { Estate } from "../estate.ts";

const EXEMPT = WITH_EXTERNAL_IP.replace(
  "name: web",
  'name: web, annotations: { exempt.fairlead.dev/external-ips: "moves; expires 2026-11-28" }',
);
const POLICY = `apiVersion: fairlead.dev/v1alpha1
kind: ServicePolicy
metadata: { name: team }
spec: { allowAnnotation: true, rules: [{ rule: external-ips }] }
`;

const checkout = new Checkout();
let estate: Estate;
beforeAll(() => {
  checkout.write(".fairlead.yaml", "policy: [.policies]\n");
  checkout.write(".policies/team.yaml", POLICY);
  checkout.write("web.yaml", EXEMPT);
  estate = new Estate(checkout);
});
afterAll(() => {
  estate.end();
  checkout.remove();
});

/** Whether the finding of the policy is suppressed. */
async function isExempt(): Promise<readonly boolean[]> {
  const found = await estate.diagnostics("web.yaml");
  return found.filter(({ code }) => code === "policy/external-ips").map(({ suppressed }) => suppressed !== undefined);
}

test("an exemption expires at midnight, while the server lives, and everything is judged anew", async () => {
  estate.open("web.yaml");
  expect(await isExempt()).toEqual([true]);
  const { changes } = estate;
  estate.today = "2026-11-29";
  expect(await isExempt()).toEqual([false]);
  expect(await isExempt()).toEqual([false]);
  expect(estate.changes).toBe(changes + 1);
});
