import { afterAll, expect, test } from "@jest/globals";
import { completionsFor } from "#src/lsp/answers/index.ts";
import { Checkout } from "#test/check/checkout.ts";
import { Estate } from "../estate.ts";

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, ports: [{ name: http, containerPort: 8080 }] }] }
`;
const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports:
    - port: 80
      targetPort: `;

const checkout = new Checkout();
const estate = new Estate(checkout);
afterAll(() => {
  estate.end();
  checkout.remove();
});

async function offered(): Promise<readonly (string | undefined)[]> {
  const analysed = await estate.analysed("eu/web.yaml");
  const items = analysed && (await completionsFor(analysed, analysed.document.positionAt(SERVICE.length)));
  return (items ?? []).map(({ label, detail }) => `${label} (${detail ?? ""})`);
}

test("target ports are offered from the files of the same set, as they are in the editor", async () => {
  checkout.write("eu/deployment.yaml", DEPLOYMENT);
  checkout.write("us/deployment.yaml", DEPLOYMENT.replace("http", "us"));
  estate.open("eu/web.yaml", SERVICE);
  expect(await offered()).toEqual(["http (Deployment web: 8080)"]);
  estate.open("eu/deployment.yaml", DEPLOYMENT.replace("http", "other"));
  expect(await offered()).toEqual(["other (Deployment web: 8080)"]);
  estate.close("eu/deployment.yaml");
  expect(await offered()).toEqual(["http (Deployment web: 8080)"]);
});
