import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import {
  CHART,
  helm,
  itemsAt,
  listing,
  nameOf,
  only,
  render,
  type Rendering,
  template,
  textAt,
} from "./support/chart.ts";
import { typeErrors } from "./support/types.ts";

const POD = ["spec", "template", "spec"] as const;
const CONTAINER = [...POD, "containers", 0] as const;
const OPENSHIFT = "security.openshift.io/v1";
const LABEL_VALUE = /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/;

/** A value of the Deployment, whose objects must all be known to the API. */
async function inDeployment(rendering: Rendering, path: readonly (string | number)[]): Promise<unknown> {
  const objects = await render(rendering);
  expect(objects.flatMap((object) => typeErrors(object) ?? [])).toEqual([]);
  return valueAt(only(objects, "Deployment"), path);
}

describe("a value reaches its place", () => {
  const more = { name: "more", emptyDir: {} };
  const mount = { name: "more", mountPath: "/more" };
  it.each<{ values: JsonObject; path: readonly (string | number)[]; want: unknown }>([
    { values: { hostNetwork: true }, path: [...POD, "hostNetwork"], want: true },
    { values: {}, path: [...POD, "hostNetwork"], want: undefined },
    { values: { hostNetwork: true }, path: [...POD, "dnsPolicy"], want: "ClusterFirstWithHostNet" },
    { values: { hostNetwork: true, dnsPolicy: "Default" }, path: [...POD, "dnsPolicy"], want: "Default" },
    { values: {}, path: [...POD, "dnsPolicy"], want: undefined },
    { values: { strategy: { type: "Recreate" } }, path: ["spec", "strategy"], want: { type: "Recreate" } },
    {
      values: { strategy: { rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } } },
      path: ["spec", "strategy"],
      want: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    },
    { values: { strategy: null }, path: ["spec", "strategy"], want: undefined },
    { values: { extraArgs: ["--log-level", "debug"] }, path: [...CONTAINER, "args", 3], want: "debug" },
    {
      values: { extraEnv: [{ name: "HTTPS_PROXY", value: "http://proxy:3128" }] },
      path: [...CONTAINER, "env", 1],
      want: { name: "HTTPS_PROXY", value: "http://proxy:3128" },
    },
    { values: { extraVolumes: [more] }, path: [...POD, "volumes", 1], want: more },
    { values: { extraVolumeMounts: [mount] }, path: [...CONTAINER, "volumeMounts", 1], want: mount },
    {
      values: { startupProbe: { failureThreshold: 90, periodSeconds: 2 } },
      path: [...CONTAINER, "startupProbe"],
      want: {
        httpGet: { path: "/healthz", port: "metrics" },
        failureThreshold: 90,
        periodSeconds: 2,
        timeoutSeconds: 2,
      },
    },
    {
      values: { livenessProbe: { timeoutSeconds: 9 } },
      path: [...CONTAINER, "livenessProbe", "timeoutSeconds"],
      want: 9,
    },
    { values: { readinessProbe: null }, path: [...CONTAINER, "readinessProbe", "periodSeconds"], want: undefined },
    { values: { podSecurityContext: { fsGroup: 1000 } }, path: [...POD, "securityContext", "fsGroup"], want: 1000 },
    {
      values: { podSecurityContext: { runAsUser: null } },
      path: [...POD, "securityContext", "runAsUser"],
      want: undefined,
    },
    {
      values: { securityContext: { privileged: false } },
      path: [...CONTAINER, "securityContext"],
      want: {
        privileged: false,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
    },
    { values: { resources: null }, path: [...CONTAINER, "resources"], want: undefined },
  ])("$values", async ({ values, path, want }) => {
    expect(await inDeployment({ values }, path)).toEqual(want);
  });

  it("containerPorts: in the container and in the configuration", async () => {
    const objects = await render({ values: { containerPorts: { webhook: 9443, metrics: 9080 } } });
    const ports = itemsAt(only(objects, "Deployment"), ...CONTAINER, "ports").map((port) =>
      valueAt(port, ["containerPort"]),
    );
    const config: unknown = parse(textAt(only(objects, "ConfigMap", "fairlead"), "data", "config.yaml"));
    expect([ports, config]).toEqual([[9443, 9080], expect.objectContaining({ port: 9443, healthPort: 9080 })]);
  });

  it("commonLabels: on every object and Pod, but in no selector and over no label of the chart's", async () => {
    const commonLabels = { team: "network", "app.kubernetes.io/name": "stolen" };
    const usual = await render();
    const objects = await render({ values: { commonLabels, podLabels: { "app.kubernetes.io/instance": "stolen" } } });
    const labelled = [...objects, valueAt(only(objects, "Deployment"), ["spec", "template"])];
    for (const object of labelled) expect(valueAt(object, ["metadata", "labels"])).toMatchObject({ team: "network" });
    expect(JSON.stringify(objects)).not.toContain("stolen");
    const selector = ["spec", "selector"];
    for (const kind of ["Deployment", "Service"])
      expect(valueAt(only(objects, kind), selector)).toEqual(valueAt(only(usual, kind), selector));
  });
});

describe("on OpenShift the uid is the namespace's", () => {
  it.each<Rendering & { readonly name: string }>([
    { name: "where the values say so", values: { openshift: { enabled: true } } },
    { name: "where its API is there", apiVersions: [OPENSHIFT] },
  ])("$name", async ({ values, apiVersions = [] }) => {
    const objects = await render({ ...(values === undefined ? {} : { values }), apiVersions });
    const contexts = [valueAt(only(objects, "Deployment"), [...POD, "securityContext"])];
    contexts.push(valueAt(only(objects, "Pod"), ["spec", "securityContext"]));
    for (const context of contexts)
      expect(context).toEqual({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
  });

  it("unless it is one of the user's own", async () => {
    const values = { podSecurityContext: { runAsUser: 1000 } };
    const context = await inDeployment({ values, apiVersions: [OPENSHIFT] }, [...POD, "securityContext"]);
    expect(context).toMatchObject({ runAsUser: 1000 });
  });
});

describe("ready-made policies", () => {
  it.each(["advice", "baseline", "consistency", "dual-stack", "restricted"])(
    "%s is the one of `fairlead check`",
    async (name) => {
      const objects = await render({ values: { policies: { enabled: [name] } } });
      const policy: unknown = parse(readFileSync(join(CHART, "..", "..", "policies", `${name}.yaml`), "utf8"));
      const found = only(objects, "ServicePolicy");
      expect([nameOf(found), found.spec]).toEqual([nameOf(policy), valueAt(policy, ["spec"])]);
    },
  );

  it.each([
    { name: "come after the definition that the same release brings", apiVersions: [], crds: {}, hook: "post-install" },
    { name: "are ordinary where the kind is known", apiVersions: ["fairlead.dev/v1alpha1"], crds: {}, hook: "" },
    { name: "are ordinary where others bring it", apiVersions: [], crds: { enabled: false }, hook: "" },
  ])("$name", async ({ apiVersions, crds, hook }) => {
    const objects = await render({ values: { policies: { enabled: ["baseline"] }, crds }, apiVersions });
    expect(textAt(only(objects, "ServicePolicy"), "metadata", "annotations", "helm.sh/hook")).toBe(hook);
  });

  it("need no replica to be installed", async () => {
    const objects = await render({ values: { policies: { enabled: ["baseline"] } } });
    const entries = itemsAt(only(objects, "ValidatingWebhookConfiguration"), "webhooks");
    const selector = valueAt(
      entries.find((entry) => textAt(entry, "name") === "policies.fairlead.dev"),
      ["objectSelector"],
    );
    expect(selector).toEqual({ matchExpressions: [{ key: "fairlead.dev/ready-made", operator: "DoesNotExist" }] });
    expect(valueAt(only(objects, "ServicePolicy"), ["metadata", "labels"])).toMatchObject({
      "fairlead.dev/ready-made": "baseline",
    });
  });
});

describe("the definition of policies", () => {
  it("is of the release, so that it is upgraded with it, and kept when that is uninstalled", async () => {
    const definition = only(await render(), "CustomResourceDefinition");
    expect(valueAt(definition, ["metadata", "annotations"])).toEqual({ "helm.sh/resource-policy": "keep" });
    expect(typeErrors(definition)).toEqual([]);
    expect(definition.spec).toEqual(
      valueAt(parse(readFileSync(join(CHART, "files", "crds", "servicepolicies.yaml"), "utf8")), ["spec"]),
    );
  });

  it("may go with the release, or not be of it", async () => {
    const gone = only(await render({ values: { crds: { keep: false } } }), "CustomResourceDefinition");
    expect(valueAt(gone, ["metadata", "annotations"])).toBeUndefined();
    expect(listing(await render({ values: { crds: { enabled: false } } })).join()).not.toContain("CustomResource");
  });
});

describe("long names", () => {
  const long = "a".repeat(52);
  it.each<Rendering>([
    { release: `${long}b`, namespace: "n".repeat(63) },
    { release: `${"a-".repeat(26)}b`, values: { nameOverride: "n".repeat(63) } },
    { values: { fullnameOverride: "f".repeat(63), nameOverride: "n".repeat(63) } },
  ])("are valid everywhere: %j", async (rendering) => {
    const values = {
      ...rendering.values,
      certificates: { mode: "cert-manager" },
      metrics: { dashboard: { enabled: true } },
    };
    for (const object of await render({ ...rendering, values })) {
      const name = nameOf(object);
      expect(name).toMatch(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/);
      const isLabel = !/^(ClusterRole|Role|CustomResource)/.test(String(object.kind));
      expect(name.length).toBeLessThanOrEqual(isLabel ? 63 : 253);
      const labels = valueAt(object, ["metadata", "labels"]);
      for (const value of Object.values(isObject(labels) ? labels : {})) expect(value).toMatch(LABEL_VALUE);
    }
  });

  it("that begin alike stay apart", async () => {
    const names = [`${long}a`, `${long}b`].map(async (release) => nameOf(only(await render({ release }), "Service")));
    const [one = "", two = ""] = await Promise.all(names);
    expect([one.length, two.length, one === two]).toEqual([52, 52, false]);
  });

  it("of 52 characters are left as they are", async () => {
    const release = "fairlead".padEnd(52, "x");
    expect(nameOf(only(await render({ release }), "Service"))).toBe(release);
  });
});

describe("null takes a value away", () => {
  const schema: unknown = JSON.parse(readFileSync(join(CHART, "values.schema.json"), "utf8"));
  const needed = requiredIn(schema);
  const isGroup = (path: string): boolean => needed.some((other) => other.startsWith(`${path}.`));

  it.each([
    { what: "a value", paths: needed.filter((path) => !isGroup(path)), least: 60 },
    { what: "a group of values", paths: needed.filter((path) => isGroup(path) && !path.includes(".")), least: 10 },
  ])("which is an error that names it where a template could not do without: $what", async ({ paths, least }) => {
    expect(paths.length).toBeGreaterThan(least);
    const { ok, output } = await template({ values: nulls(paths) });
    const missing = new Set([...output.matchAll(/'([\w/]*)'/g)].map(([, name]) => name));
    expect([ok, paths.filter((path) => !missing.has(path.split(".").at(-1)))]).toEqual([false, []]);
    expect(output).toMatch(/at '.*': missing propert/);
  });

  it("and else means none of it", async () => {
    const values: unknown = parse(readFileSync(join(CHART, "values.yaml"), "utf8"));
    const optional = Object.keys(isObject(values) ? values : {}).filter((key) => !needed.includes(key));
    expect(optional).toEqual(expect.arrayContaining(["resources", "podLabels", "strategy", "extraEnv"]));
    const nested = ["policies.enabled", "webhook.namespaceSelector", "service.annotations", "cluster.serviceCIDRs"];
    const labels = ["serviceMonitor", "prometheusRule", "dashboard"].map((name) => `metrics.${name}.labels`);
    const on = Object.fromEntries(labels.map((path) => [path.replace("labels", "enabled"), true]));
    const rendering = { values: { ...on, ...nulls([...optional, ...nested, ...labels]) } };
    const { ok, output } = await template({ ...rendering, apiVersions: ["monitoring.coreos.com/v1"] });
    expect({ ok, output: ok ? "" : output }).toEqual({ ok: true, output: "" });
  });
});

it("the chart says where it comes from and who looks after it, and its icon is there", async () => {
  const { output } = await helm("show", "chart", CHART);
  const chart: unknown = parse(output);
  expect(chart).toMatchObject({
    home: expect.stringMatching(/^https:/),
    icon: expect.stringMatching(/charts\/fairlead\/icon\.svg$/),
    maintainers: [{ name: expect.any(String) }],
  });
  expect(readFileSync(join(CHART, "icon.svg"), "utf8")).toMatch(/^<svg /);
});

/** The paths of the values that must be there. */
function requiredIn(schema: unknown, prefix = ""): readonly string[] {
  const properties = valueAt(schema, ["properties"]);
  const below = Object.entries(isObject(properties) ? properties : {});
  return [
    ...itemsAt(schema, "required").map((name) => `${prefix}${String(name)}`),
    ...below.flatMap(([name, value]) => requiredIn(value, `${prefix}${name}.`)),
  ].filter((path) => !path.includes("items"));
}

function nulls(paths: readonly string[]): JsonObject {
  return Object.fromEntries(paths.map((path) => [path, null]));
}
