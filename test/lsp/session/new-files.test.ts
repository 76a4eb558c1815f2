import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Checkout, GOOD } from "#test/check/checkout.ts";
import { Estate } from "../estate.ts";

const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
`;

let checkout: Checkout;
let estate: Estate;
beforeEach(() => {
  checkout = new Checkout();
  checkout.write(".fairlead.yaml", "policy: [consistency]\nexclude: [excluded/**]\n");
  checkout.write("ingress.yaml", INGRESS);
  // Without any Service, nothing is said of a missing one.
  checkout.write("other.yaml", GOOD.replace("web", "other"));
  estate = new Estate(checkout);
  estate.open("ingress.yaml");
});
afterEach(() => {
  estate.end();
  checkout.remove();
});

async function isMissing(): Promise<boolean> {
  return (await estate.diagnostics("ingress.yaml")).some(({ message }) => message.includes("web"));
}

test("a file that is open and on no disk yet counts for the others, until it is closed", async () => {
  expect(await isMissing()).toBe(true);
  estate.open("excluded/web.yaml", GOOD);
  estate.open("new.yaml", "# nothing yet\n");
  estate.open("new.yaml", GOOD);
  await estate.eventually(async () => !(await isMissing()));
  estate.close("new.yaml");
  await estate.eventually(isMissing);
});
