import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { isObject, valueAt } from "#src/field/json.ts";
import { fairlead } from "../run-cli.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fairlead-apply-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Question {
  readonly old: object;
  readonly manifest: object;
  readonly apply?: string;
}

async function ask({ old, manifest, apply = "client" }: Question, format = "json"): Promise<string> {
  const files = [join(folder, "old.json"), join(folder, "new.json")];
  await Promise.all([old, manifest].map((value, i) => writeFile(files[i] ?? "", JSON.stringify(value))));
  const [before = "", after = ""] = files;
  const { stdout } = await fairlead(["check", "--against", before, "--apply", apply, "--format", format, after]);
  return stdout;
}

async function findingsOf(question: Question): Promise<string[]> {
  const report: unknown = JSON.parse(await ask(question));
  const findings = valueAt(report, ["findings"]);
  return (Array.isArray(findings) ? findings.filter(isObject) : []).map((one) =>
    [one["severity"], one["rule"], one["field"]].join(" "),
  );
}

const service = (spec: object, metadata: object = {}): object => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop", ...metadata },
  spec: { selector: { app: "web" }, ...spec },
});
const ports = (...list: object[]): { ports: object[] } => ({ ports: list });
const udp = { name: "udp", port: 53, protocol: "UDP" };
const tcp = { name: "tcp", port: 53, protocol: "TCP" };
const web = { name: "web", port: 80 };

/** An object as `kubectl get -o yaml` writes it. */
const stored = (spec: object, metadata: object = {}): object =>
  service(
    { clusterIP: "10.96.0.7", clusterIPs: ["10.96.0.7"], ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack", ...spec },
    { uid: "11111111-0000-4000-8000-000000000000", resourceVersion: "7", ...metadata },
  );
const managed = (manager: string, fields: object): object => ({
  managedFields: [
    { manager, operation: "Update", apiVersion: "v1", fieldsType: "FieldsV1", fieldsV1: { "f:spec": fields } },
  ],
});

describe("what becomes of a manifest that is applied", () => {
  test.each<Question & { readonly what: string; readonly found: readonly string[] }>([
    {
      what: "a second port with the number of a stored one is lost",
      old: service(ports(udp)),
      manifest: service(ports(udp, tcp)),
      found: ["warning port-lost spec.ports[1]"],
    },
    {
      what: "it is stored by a server-side apply",
      apply: "server-side",
      old: service(ports(udp)),
      manifest: service(ports(udp, tcp)),
      found: [],
    },
    {
      what: "it is stored by a replace",
      apply: "replace",
      old: service(ports(udp)),
      manifest: service(ports(udp, tcp)),
      found: [],
    },
    {
      what: "both ports stay if nothing about them changes",
      old: service(ports(udp, tcp)),
      manifest: service(ports(udp, tcp), { labels: { tier: "front" } }),
      found: [],
    },
    {
      what: "ports of one number with another between them",
      old: service(ports({ ...udp, name: "a" }, { ...tcp, name: "b" }, web)),
      manifest: service(ports(udp, { ...web, name: "c" }, tcp)),
      found: ["error apply-fails spec.ports[2]"],
    },
    {
      what: "a field of another manager",
      apply: "server-side",
      old: stored({ ...ports(web), sessionAffinity: "ClientIP" }, managed("operator", { "f:sessionAffinity": {} })),
      manifest: service({ ...ports(web), sessionAffinity: "None" }),
      found: ["error apply-conflict spec.sessionAffinity"],
    },
    {
      what: "a client-side apply asks nobody",
      old: stored({ ...ports(web), sessionAffinity: "None" }, managed("operator", { "f:sessionAffinity": {} })),
      manifest: service({ ...ports(web), sessionAffinity: "ClientIP" }),
      found: [],
    },
    {
      what: "a class that a webhook has set stays",
      old: stored({ ...ports({ ...web, nodePort: 30_001 }), type: "LoadBalancer", loadBalancerClass: "e.io/x" }),
      manifest: service({ ...ports(web), type: "LoadBalancer" }),
      found: [],
    },
    {
      what: "another resource version than the stored one",
      old: stored(ports(web)),
      manifest: service(ports(web), { resourceVersion: "6" }),
      found: ["error stale-resource-version metadata.resourceVersion"],
    },
    {
      what: "the stored resource version and uid",
      old: stored(ports(web)),
      manifest: service(ports(web), { resourceVersion: "7", uid: "11111111-0000-4000-8000-000000000000" }),
      found: [],
    },
    {
      what: "a resource version, and the stored one is not known",
      old: service(ports(web)),
      manifest: service(ports(web), { resourceVersion: "7" }),
      found: ["error resource-version-conflict metadata.resourceVersion"],
    },
    {
      what: "a uid, and the stored one is not known",
      old: service(ports(web)),
      manifest: service(ports(web), { uid: "11111111-0000-4000-8000-000000000000" }),
      found: ["error immutable metadata.uid"],
    },
    {
      what: "a new Service with a resource version and a uid",
      old: service(ports(web), { name: "other" }),
      manifest: service(ports(web), { resourceVersion: "7", uid: "11111111-0000-4000-8000-000000000000" }),
      found: ["warning resource-version-on-create metadata.resourceVersion"],
    },
    {
      what: "a new Service with a resource version and a uid, applied by the server",
      apply: "server-side",
      old: service(ports(web), { name: "other" }),
      manifest: service(ports(web), { resourceVersion: "7", uid: "11111111-0000-4000-8000-000000000000" }),
      found: ["error uid-conflict metadata.uid"],
    },
    {
      what: "a Service of this name in another namespace",
      old: service(ports(web)),
      manifest: service(ports(web), { namespace: "sales" }),
      found: ["note judged-as-new metadata.name"],
    },
    {
      what: "a generated name",
      old: service(ports(web)),
      manifest: { ...service(ports(web)), metadata: { generateName: "web-", namespace: "shop" } },
      found: ["note judged-as-new metadata.generateName"],
    },
    {
      what: "another name",
      old: service(ports(web)),
      manifest: service(ports(web), { name: "www" }),
      found: [],
    },
  ])("$what ($apply): $found", async ({ found, ...question }) => {
    expect(await findingsOf(question)).toEqual(found);
  });

  test.each(["text", "json", "html", "github", "gitlab", "junit", "sarif"])(
    "the %s report names new Services",
    async (format) => {
      const report = await ask({ old: service(ports(web)), manifest: service(ports(web), { name: "www" }) }, format);
      const text = format === "html" ? report.replaceAll(/<[^>]*>/g, "") : report;
      expect(text).toMatch(/1 Service is not in --against, and judged as new: shop\/www/);
    },
  );

  test.each([
    { apply: "client", kept: ["name: other", "port: 99", "tier: back"] },
    { apply: "server-side", kept: ["name: other", "port: 99", "tier: back"] },
    { apply: "replace", kept: [] },
  ])("the HTML report shows what $apply keeps of the stored Service", async ({ apply, kept }) => {
    const old = stored(ports({ name: "other", port: 99, protocol: "TCP" }, { ...web, protocol: "TCP" }), {
      labels: { tier: "back" },
    });
    const page = await ask({ old, manifest: service(ports({ ...web, name: "http" })), apply }, "html");
    const rows = page
      .split('class="row ')
      .filter((row) => row.startsWith("kept"))
      .join();
    expect(["name: other", "port: 99", "tier: back"].filter((line) => rows.includes(line))).toEqual(kept);
  });

  test("the HTML report shows nothing as stored if the apply fails", async () => {
    const old = service(ports({ ...udp, name: "a" }, { ...tcp, name: "b" }, web));
    const page = await ask({ old, manifest: service(ports(udp, { ...web, name: "c" }, tcp)) }, "html");
    expect(page).toContain("Not stored: the API server refuses this object.");
  });
});
