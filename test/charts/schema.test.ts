import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { CHART, template } from "./support/chart.ts";

const certificate = "-----BEGIN CERTIFICATE-----";

/** Values that the schema refuses, and what the refusal names. */
const REFUSED: readonly { readonly name: string; readonly values: JsonObject; readonly want: RegExp }[] = [
  { name: "a misspelt value", values: { replicaCounts: 2 }, want: /'replicaCounts' not allowed/ },
  { name: "a misspelt value within another", values: { webhook: { timeout: 2 } }, want: /'timeout' not allowed/ },
  { name: "half a replica", values: { replicaCount: 1.5 }, want: /\/replicaCount/ },
  { name: "fewer replicas than none", values: { replicaCount: -1 }, want: /\/replicaCount/ },
  { name: "a name that is none", values: { fullnameOverride: "Fairlead" }, want: /\/fullnameOverride/ },
  { name: "a name that no Service can have", values: { fullnameOverride: "1fairlead" }, want: /\/fullnameOverride/ },
  { name: "a name with a dot in it", values: { nameOverride: "fair.lead" }, want: /\/nameOverride/ },
  {
    name: "a namespace that is none",
    values: { webhook: { excludedNamespaces: ["kube.system"] } },
    want: /excludedNamespaces/,
  },
  { name: "a pull policy that is none", values: { image: { pullPolicy: "always" } }, want: /\/image\/pullPolicy/ },
  { name: "a digest cut short", values: { image: { digest: "sha256:abc" } }, want: /\/image\/digest/ },
  { name: "a tag with a blank", values: { image: { tag: "a b" } }, want: /\/image\/tag/ },
  { name: "a validity that is none", values: { config: { validity: "audit" } }, want: /\/config\/validity/ },
  {
    name: "a family policy that is none",
    values: { config: { ipFamilyPolicy: "Dual" } },
    want: /\/config\/ipFamilyPolicy/,
  },
  {
    name: "a Service without a namespace",
    values: { config: { exemptServices: ["kubernetes"] } },
    want: /\/config\/exemptServices/,
  },
  { name: "a version that is none", values: { cluster: { version: "latest" } }, want: /\/cluster\/version/ },
  { name: "a version that is a number", values: { cluster: { version: 1.36 } }, want: /\/cluster\/version/ },
  {
    name: "an address for a range",
    values: { cluster: { serviceCIDRs: ["10.0.0.1"] } },
    want: /\/cluster\/serviceCIDRs/,
  },
  { name: "a port for a range", values: { cluster: { nodePortRange: "30000" } }, want: /\/cluster\/nodePortRange/ },
  { name: "a mode that is none", values: { certificates: { mode: "auto" } }, want: /\/certificates\/mode/ },
  {
    name: "provided without a Secret",
    values: { certificates: { mode: "provided", caBundle: certificate } },
    want: /secretName/,
  },
  {
    name: "provided without a CA",
    values: { certificates: { mode: "provided", secretName: "own" } },
    want: /caBundle/,
  },
  {
    name: "a CA in base64",
    values: { certificates: { mode: "provided", secretName: "own", caBundle: "LS0tLS1CRUdJTg==" } },
    want: /caBundle/,
  },
  { name: "a CA that nobody would use", values: { certificates: { caBundle: certificate } }, want: /caBundle/ },
  { name: "a life of no length", values: { certificates: { lifeHours: 0 } }, want: /\/certificates\/lifeHours/ },
  { name: "renewal at once", values: { certificates: { renewAt: 0 } }, want: /\/certificates\/renewAt/ },
  { name: "renewal when it is over", values: { certificates: { renewAt: 1 } }, want: /\/certificates\/renewAt/ },
  { name: "settling for a day", values: { certificates: { settleSeconds: 86400 } }, want: /settleSeconds/ },
  { name: "a URL without TLS", values: { webhook: { url: "http://example.com" } }, want: /\/webhook\/url/ },
  { name: "a URL with a query", values: { webhook: { url: "https://example.com/?a=b" } }, want: /\/webhook\/url/ },
  { name: "a timeout over 3 seconds", values: { webhook: { timeoutSeconds: 4 } }, want: /\/webhook\/timeoutSeconds/ },
  { name: "no timeout", values: { webhook: { timeoutSeconds: 0 } }, want: /\/webhook\/timeoutSeconds/ },
  {
    name: "a failure policy that is none",
    values: { webhook: { failurePolicy: { deny: "Deny" } } },
    want: /failurePolicy\/deny/,
  },
  { name: "every operation", values: { webhook: { operations: ["*"] } }, want: /\/webhook\/operations/ },
  { name: "no operation", values: { webhook: { operations: [] } }, want: /\/webhook\/operations/ },
  {
    name: "a selector that is none",
    values: { webhook: { objectSelector: { labels: {} } } },
    want: /'labels' not allowed/,
  },
  {
    name: "an operator that is none",
    values: { webhook: { namespaceSelector: { matchExpressions: [{ key: "a", operator: "Is" }] } } },
    want: /operator/,
  },
  {
    name: "a condition without a name",
    values: { webhook: { matchConditions: [{ expression: "true" }] } },
    want: /'name'/,
  },
  {
    name: "a condition under the chart's own name",
    values: { webhook: { matchConditions: [{ name: "not-the-api-servers-own", expression: "true" }] } },
    want: /matchConditions/,
  },
  {
    name: "an annotation that is no text",
    values: { webhook: { annotations: { a: true } } },
    want: /\/webhook\/annotations/,
  },
  { name: "a port out of range", values: { service: { port: 70000 } }, want: /\/service\/port/ },
  {
    name: "a quantity that is none",
    values: { resources: { limits: { memory: "lots" } } },
    want: /\/resources\/limits/,
  },
  { name: "stopping at once", values: { shutdown: { preStopSeconds: 0 } }, want: /\/shutdown\/preStopSeconds/ },
  { name: "a budget over all", values: { podDisruptionBudget: { maxUnavailable: "150%" } }, want: /maxUnavailable/ },
  { name: "scaling to none", values: { autoscaling: { minReplicas: 0 } }, want: /\/autoscaling\/minReplicas/ },
  {
    name: "scaling the wrong way round",
    values: { autoscaling: { enabled: true, minReplicas: 5, maxReplicas: 3 } },
    want: /autoscaling.maxReplicas is 3, less than autoscaling.minReplicas, which is 5/,
  },
  { name: "no way to the API server", values: { networkPolicy: { apiServerPorts: [] } }, want: /apiServerPorts/ },
  { name: "a peer that is none", values: { networkPolicy: { metricsFrom: [{}] } }, want: /metricsFrom/ },
  {
    name: "a system class of its own",
    values: { priorityClass: { create: true, name: "system-mine" } },
    want: /priorityClass/,
  },
  {
    name: "a user's class of the system's rank",
    values: { priorityClass: { value: 2000000000 } },
    want: /priorityClass/,
  },
  { name: "an effect that is none", values: { tolerations: [{ effect: "Never" }] }, want: /tolerations/ },
  {
    name: "a policy that is not ready-made",
    values: { policies: { enabled: ["strict"] } },
    want: /must be one of 'advice'/,
  },
  {
    name: "one port for both servers",
    values: { containerPorts: { webhook: 8080 } },
    want: /containerPorts.webhook and containerPorts.metrics are both 8080/,
  },
  { name: "a strategy that is none", values: { strategy: { type: "Canary" } }, want: /\/strategy\/type/ },
  { name: "a DNS policy that is none", values: { dnsPolicy: "Host" }, want: /\/dnsPolicy/ },
  { name: "a probe that asks something else", values: { livenessProbe: { exec: {} } }, want: /'exec' not allowed/ },
  {
    name: "an option that is a number",
    values: { extraArgs: ["--port", 1] },
    want: /extraArgs\/1': got number, want string/,
  },
  {
    name: "a variable that is a number",
    values: { extraEnv: [{ name: "A", value: 1 }] },
    want: /got number, want string/,
  },
  {
    name: "a variable that the chart sets",
    values: { extraEnv: [{ name: "FAIRLEAD_KUBERNETES_REPLICA", value: "a" }] },
    want: /\/extraEnv\/0\/name/,
  },
  {
    name: "a volume under the chart's own name",
    values: { extraVolumes: [{ name: "tls" }] },
    want: /\/extraVolumes\/0/,
  },
  { name: "a mount without a path", values: { extraVolumeMounts: [{ name: "more" }] }, want: /'mountPath'/ },
  {
    name: "a label that is a number",
    values: { podLabels: { cost: 42 } },
    want: /podLabels\/cost': got number, want string/,
  },
  { name: "a label that is too long", values: { commonLabels: { a: "b".repeat(64) } }, want: /\/commonLabels\/a/ },
  { name: "a tag that is a number", values: { image: { tag: 1.2 } }, want: /image\/tag': got number, want string/ },
  { name: "an interval without a unit", values: { metrics: { serviceMonitor: { interval: "30" } } }, want: /interval/ },
];

describe("the schema of the values refuses", () => {
  it.each(REFUSED)("$name", async ({ values, want }) => {
    const { ok, output } = await template({ values });
    expect({ ok, output }).toEqual({ ok: false, output: expect.stringMatching(want) });
  });
});

it("lets a parent chart set global values", async () => {
  expect(await template({ values: { global: { anything: 1 } } })).toMatchObject({ ok: true });
});

it("knows exactly the values that there are, and allows no others anywhere", async () => {
  const schema: unknown = JSON.parse(await readFile(join(CHART, "values.schema.json"), "utf8"));
  const values: unknown = parse(await readFile(join(CHART, "values.yaml"), "utf8"));
  expect(keysOf(schema).filter((key) => key !== "global")).toEqual(valueKeys(values, schema));
});

/** The keys that a schema names, with those below them; whatever may hold any key is a leaf. */
function keysOf(schema: unknown, prefix = ""): readonly string[] {
  const properties = valueAt(schema, ["properties"]);
  if (!isObject(properties)) return [];
  if (valueAt(schema, ["additionalProperties"]) !== false)
    throw new Error(`the schema of ${prefix || "the values"} allows anything`);
  return Object.entries(properties)
    .flatMap(([key, value]) => [prefix + key, ...keysOf(value, `${prefix}${key}.`)])
    .toSorted();
}

function valueKeys(values: unknown, schema: unknown, prefix = ""): readonly string[] {
  if (!isObject(values)) return [];
  return Object.entries(values)
    .flatMap(([key, value]) => {
      const below = valueAt(schema, ["properties", key]);
      const named = isObject(valueAt(below, ["properties"]));
      return [prefix + key, ...(named ? valueKeys(value, below, `${prefix}${key}.`) : [])];
    })
    .toSorted();
}
