import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { CONDITION } from "#src/cluster/calls/registration.ts";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import { itemsAt, only, render, type Rendering, template, textAt } from "./support/chart.ts";

const MUTATING = "MutatingWebhookConfiguration";
const VALIDATING = "ValidatingWebhookConfiguration";
const SERVICE_ENTRIES = ["mutate.fairlead.dev", "deny.fairlead.dev", "warn.fairlead.dev"] as const;
/** Values with which denials and warnings are calls of their own. */
const ALL = { webhook: { calls: "all" } };
const WRITES = ["CREATE", "UPDATE"];

/** The entries of both configurations, by name. */
async function entries(rendering: Rendering = {}): Promise<ReadonlyMap<string, unknown>> {
  const objects = await render(rendering);
  const all = [MUTATING, VALIDATING].flatMap((kind) => itemsAt(only(objects, kind), "webhooks"));
  return new Map(all.map((entry) => [textAt(entry, "name"), entry]));
}

async function entry(name: string, rendering: Rendering = {}): Promise<unknown> {
  return (await entries(rendering)).get(name);
}

function conditions(found: unknown): readonly string[] {
  return itemsAt(found, "matchConditions").map((condition) => textAt(condition, "name"));
}

describe("every entry", () => {
  it.each([
    { name: "mutate.fairlead.dev", path: "/mutate" },
    { name: "deny.fairlead.dev", path: "/validate/deny" },
    { name: "warn.fairlead.dev", path: "/validate/warn" },
    { name: "policies.fairlead.dev", path: "/policies" },
  ])("$name stands in nobody's way", async ({ name, path }) => {
    expect(await entry(name, { values: ALL })).toMatchObject({
      clientConfig: { service: { name: "fairlead", namespace: "fairlead", path, port: 443 } },
      admissionReviewVersions: ["v1"],
      sideEffects: "None",
      matchPolicy: "Equivalent",
      failurePolicy: "Ignore",
      timeoutSeconds: 3,
    });
  });

  it.each<{ name: string; webhook: JsonObject; want: readonly (readonly [string, string])[] }>([
    {
      name: "denials and warnings are one call where their failurePolicy is the same",
      webhook: {},
      want: [
        ["mutate", "/mutate"],
        ["deny", "/validate"],
        ["policies", "/policies"],
      ],
    },
    {
      name: "so where both fail",
      webhook: { failurePolicy: { mutate: "Ignore", deny: "Fail", warn: "Fail", policies: "Ignore" } },
      want: [
        ["mutate", "/mutate"],
        ["deny", "/validate"],
        ["policies", "/policies"],
      ],
    },
    {
      name: "two where only one of them fails",
      webhook: { failurePolicy: { mutate: "Ignore", deny: "Fail", warn: "Ignore", policies: "Ignore" } },
      want: [
        ["mutate", "/mutate"],
        ["deny", "/validate/deny"],
        ["warn", "/validate/warn"],
        ["policies", "/policies"],
      ],
    },
    {
      name: "two where all calls are wanted",
      webhook: { calls: "all" },
      want: [
        ["mutate", "/mutate"],
        ["deny", "/validate/deny"],
        ["warn", "/validate/warn"],
        ["policies", "/policies"],
      ],
    },
    {
      name: "nothing is mutated where that is not wanted",
      webhook: { mutate: "never" },
      want: [
        ["deny", "/validate"],
        ["policies", "/policies"],
      ],
    },
  ])("$name", async ({ webhook, want }) => {
    const found = [...(await entries({ values: { webhook } }))].map(([name, value]) => [
      name.replace(".fairlead.dev", ""),
      textAt(value, "clientConfig", "service", "path"),
    ]);
    expect(found).toEqual(want);
  });

  it("refuses a value that only a mutating webhook could fill in, where there is none", async () => {
    const values = { webhook: { mutate: "never" }, config: { ipFamilyPolicy: "PreferDualStack" } };
    expect(await template({ values })).toMatchObject({
      ok: false,
      output: expect.stringContaining("it must be server"),
    });
  });

  it("names what it is about, without a wildcard", async () => {
    const rules = [...(await entries()).values()].flatMap((found) => itemsAt(found, "rules"));
    expect(JSON.stringify(rules)).not.toContain("*");
  });

  it("is called at the URL where there is one, not at the Service", async () => {
    const found = await entries({ values: { webhook: { calls: "all", url: "https://127.0.0.1:9443/" } } });
    expect([...found.values()].map((value) => valueAt(value, ["clientConfig"]))).toEqual([
      { url: "https://127.0.0.1:9443/mutate" },
      { url: "https://127.0.0.1:9443/validate/deny" },
      { url: "https://127.0.0.1:9443/validate/warn" },
      { url: "https://127.0.0.1:9443/policies" },
    ]);
  });

  it.each([
    { mode: "self", given: {}, want: undefined },
    { mode: "cert-manager", given: {}, want: undefined },
    {
      mode: "provided",
      given: { secretName: "own", caBundle: "-----BEGIN CERTIFICATE-----" },
      want: Buffer.from("-----BEGIN CERTIFICATE-----").toString("base64"),
    },
  ])("has a caBundle from Helm only if the user gave one: $mode", async ({ mode, given, want }) => {
    const found = await entries({ values: { certificates: { mode, ...given } } });
    const bundles = [...found.values()].map((value) => valueAt(value, ["clientConfig", "caBundle"]));
    expect(bundles).toEqual([want, want, want]);
  });

  it("has its own failurePolicy", async () => {
    const failurePolicy = { mutate: "Ignore", deny: "Fail", warn: "Ignore", policies: "Fail" };
    const found = await entries({ values: { webhook: { failurePolicy } } });
    expect([...found.values()].map((value) => textAt(value, "failurePolicy"))).toEqual([
      "Ignore",
      "Fail",
      "Ignore",
      "Fail",
    ]);
  });
});

describe("the entries for Services", () => {
  it.each([
    { name: "mutate.fairlead.dev", operations: WRITES },
    { name: "deny.fairlead.dev", operations: [...WRITES, "DELETE"] },
    { name: "warn.fairlead.dev", operations: [...WRITES, "DELETE"] },
  ])("$name is about services and services/status only", async ({ name, operations }) => {
    const core = { apiGroups: [""], apiVersions: ["v1"], scope: "Namespaced" };
    expect(valueAt(await entry(name, { values: ALL }), ["rules"])).toEqual([
      { ...core, resources: ["services"], operations },
      { ...core, resources: ["services/status"], operations: ["UPDATE"] },
    ]);
  });

  it.each([
    { given: ["CREATE"], mutate: [["CREATE"]], deny: [["CREATE"]] },
    { given: ["UPDATE", "DELETE"], mutate: [["UPDATE"], ["UPDATE"]], deny: [["UPDATE", "DELETE"], ["UPDATE"]] },
    { given: ["DELETE"], mutate: [], deny: [["DELETE"]] },
  ])("are about $given where that is asked for", async ({ given, mutate, deny }) => {
    const found = await entries({ values: { webhook: { operations: given } } });
    const operations = (name: string): readonly unknown[] =>
      itemsAt(found.get(name), "rules").map((rule) => valueAt(rule, ["operations"]));
    expect([operations("mutate.fairlead.dev"), operations("deny.fairlead.dev")]).toEqual([mutate, deny]);
  });

  it.each(SERVICE_ENTRIES)("%s leaves out kube-system, kube-node-lease and the release's namespace", async (name) => {
    expect(await entry(name, { values: ALL, namespace: "elsewhere" })).toMatchObject({
      namespaceSelector: {
        matchExpressions: [
          {
            key: "kubernetes.io/metadata.name",
            operator: "NotIn",
            values: ["kube-system", "kube-node-lease", "elsewhere"],
          },
        ],
      },
      objectSelector: {},
    });
  });

  it.each(SERVICE_ENTRIES)("%s leaves out its own namespace whatever the values say", async (name) => {
    const webhook = {
      ...ALL.webhook,
      excludedNamespaces: [],
      namespaceSelector: { matchLabels: { a: "b" }, matchExpressions: [{ key: "c", operator: "Exists" }] },
      objectSelector: { matchLabels: { d: "e" } },
    };
    expect(await entry(name, { values: { webhook } })).toMatchObject({
      namespaceSelector: {
        matchLabels: { a: "b" },
        matchExpressions: [
          { key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["fairlead"] },
          { key: "c", operator: "Exists" },
        ],
      },
      objectSelector: { matchLabels: { d: "e" } },
    });
  });

  it.each([
    { cluster: "1.36.0", want: ["not-the-api-servers-own", "mine"] },
    { cluster: "1.28.0", want: ["not-the-api-servers-own", "mine"] },
    { cluster: "1.28.0-gke.100", want: ["not-the-api-servers-own", "mine"] },
    { cluster: "1.27.16", want: [] },
    { cluster: "1.20.2", want: [] },
  ])("have matchConditions on $cluster: $want", async ({ cluster, want }) => {
    const values = { webhook: { matchConditions: [{ name: "mine", expression: "true" }] } };
    const found = await entries({ values, kubeVersion: cluster });
    expect(["mutate.fairlead.dev", "deny.fairlead.dev"].map((name) => conditions(found.get(name)))).toEqual([
      want,
      want,
    ]);
  });

  const PROVIDED = {
    mode: "provided",
    secretName: "own",
    caBundle: "-----BEGIN CERTIFICATE-----",
  };
  it.each<{
    name: string;
    values: JsonObject;
    kubeVersion: string;
    calls: string | undefined;
    condition: string | undefined;
  }>([
    {
      name: "replicas write the condition",
      values: {},
      kubeVersion: "1.28.0",
      calls: "asked-for",
      condition: undefined,
    },
    {
      name: "no server knows conditions before 1.28",
      values: {},
      kubeVersion: "1.27.16",
      calls: undefined,
      condition: undefined,
    },
    { name: "not where all calls are wanted", values: ALL, kubeVersion: "1.36.0", calls: undefined, condition: "true" },
    {
      name: "not where they may not write: cert-manager",
      values: { certificates: { mode: "cert-manager" } },
      kubeVersion: "1.36.0",
      calls: undefined,
      condition: "true",
    },
    {
      name: "not where they may not write: provided",
      values: { certificates: PROVIDED },
      kubeVersion: "1.36.0",
      calls: undefined,
      condition: "true",
    },
  ])("spare calls: $name", async ({ values, kubeVersion, calls, condition }) => {
    const objects = await render({ values, kubeVersion });
    const config: unknown = parse(textAt(only(objects, "ConfigMap", "fairlead"), "data", "config.yaml"));
    expect(valueAt(config, ["kubernetes", "calls"])).toBe(calls);
    const found = await entries({ values, kubeVersion });
    for (const name of ["mutate.fairlead.dev", "deny.fairlead.dev"]) {
      const own = itemsAt(found.get(name), "matchConditions").find((one) => textAt(one, "name") === CONDITION);
      expect(valueAt(own, ["expression"])).toBe(condition);
    }
  });

  it("are called again when another webhook has changed the Service", async () => {
    expect(await entry("mutate.fairlead.dev")).toMatchObject({ reinvocationPolicy: "IfNeeded" });
  });
});

describe("the entry for policies", () => {
  it("is about ServicePolicy objects that are written", async () => {
    expect(valueAt(await entry("policies.fairlead.dev"), ["rules"])).toEqual([
      {
        apiGroups: ["fairlead.dev"],
        apiVersions: ["v1alpha1"],
        resources: ["servicepolicies"],
        operations: WRITES,
        scope: "Cluster",
      },
    ]);
  });
});

describe("the annotations", () => {
  const annotations = async (values: JsonObject): Promise<readonly unknown[]> => {
    const objects = await render({ values });
    return [MUTATING, VALIDATING].map((kind) => valueAt(only(objects, kind), ["metadata", "annotations"]));
  };
  const injection = { "cert-manager.io/inject-ca-from": "fairlead/fairlead" };

  it.each([
    { name: "none", values: {}, want: undefined },
    { name: "the user's", values: { webhook: { annotations: { a: "b" } } }, want: { a: "b" } },
    { name: "cert-manager's", values: { certificates: { mode: "cert-manager" } }, want: injection },
    {
      name: "both",
      values: { certificates: { mode: "cert-manager" }, webhook: { annotations: { a: "b" } } },
      want: { ...injection, a: "b" },
    },
  ])("are on both configurations: $name", async ({ values, want }) => {
    expect(await annotations(values)).toEqual([want, want]);
  });
});
