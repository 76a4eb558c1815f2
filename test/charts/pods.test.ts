import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { loadConfig } from "#src/serve/config/load.ts";
import { itemsAt, nameOf, only, render, type Rendering, textAt } from "./support/chart.ts";

const CONTAINER = ["spec", "template", "spec", "containers", 0] as const;

async function deployment(rendering: Rendering = {}): Promise<JsonObject> {
  return only(await render(rendering), "Deployment");
}

async function podSpecs(): Promise<readonly unknown[]> {
  const objects = await render();
  return [valueAt(only(objects, "Deployment"), ["spec", "template", "spec"]), only(objects, "Pod").spec];
}

async function numberOf(path: readonly (string | number)[], values: JsonObject): Promise<number> {
  return Number(valueAt(await deployment({ values }), path));
}

/** The configuration that the chart writes, as text. */
async function configText(rendering: Rendering = {}): Promise<string> {
  return textAt(only(await render(rendering), "ConfigMap", "fairlead"), "data", "config.yaml");
}

describe("the Pods", () => {
  it("meet the restricted Pod Security Standard, with a root that cannot be written", async () => {
    for (const spec of await podSpecs()) {
      expect(valueAt(spec, ["securityContext"])).toEqual({
        runAsNonRoot: true,
        runAsUser: 65532,
        runAsGroup: 65532,
        seccompProfile: { type: "RuntimeDefault" },
      });
      expect(itemsAt(spec, "containers").map((container) => valueAt(container, ["securityContext"]))).toEqual([
        { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
      ]);
      expect([valueAt(spec, ["hostNetwork"]), valueAt(spec, ["hostPID"]), valueAt(spec, ["hostIPC"])]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    }
  });

  it("name resources, and a limit of memory", async () => {
    for (const spec of await podSpecs()) {
      expect(valueAt(spec, ["containers", 0, "resources"])).toMatchObject({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { memory: expect.any(String) },
      });
    }
  });

  it("get no variables of Services, one of which the server would take for its own setting", async () => {
    expect(valueAt(await deployment(), ["spec", "template", "spec", "enableServiceLinks"])).toBe(false);
  });

  it("are two, never fewer during an update, and spread over zones and nodes", async () => {
    const found = await deployment();
    expect(found.spec).toMatchObject({
      replicas: 2,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    });
    const spread = itemsAt(found, "spec", "template", "spec", "topologySpreadConstraints");
    expect(spread).toEqual(
      ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: valueAt(found, ["spec", "selector"]),
      })),
    );
  });

  it("leave their number to the autoscaler where there is one", async () => {
    expect(
      valueAt(await deployment({ values: { autoscaling: { enabled: true } } }), ["spec", "replicas"]),
    ).toBeUndefined();
  });

  it("are asked how they are on the port for that", async () => {
    expect(valueAt(await deployment(), CONTAINER)).toMatchObject({
      startupProbe: { httpGet: { path: "/healthz", port: "metrics" } },
      livenessProbe: { httpGet: { path: "/healthz", port: "metrics" } },
      readinessProbe: { httpGet: { path: "/readyz", port: "metrics" } },
    });
  });

  it("restart when their configuration changes, and only then", async () => {
    const checksum = ["spec", "template", "metadata", "annotations", "checksum/config"];
    const [usual, debug, scaled] = await Promise.all(
      [{}, { config: { logLevel: "debug" } }, { replicaCount: 5 }].map((values) => deployment({ values })),
    );
    expect(valueAt(debug, checksum)).not.toBe(valueAt(usual, checksum));
    expect(valueAt(scaled, checksum)).toBe(valueAt(usual, checksum));
  });

  it.each([
    { cluster: "1.36.0", want: { sleep: { seconds: 7 } } },
    { cluster: "1.29.9", want: { exec: { command: ["node", "-e", "setTimeout(() => {}, 7000)"] } } },
  ])("serve on before they stop, on $cluster", async ({ cluster, want }) => {
    const found = await deployment({ kubeVersion: cluster, values: { shutdown: { preStopSeconds: 7 } } });
    expect(valueAt(found, [...CONTAINER, "lifecycle", "preStop"])).toEqual(want);
  });

  it.each([{ shutdown: {} }, { shutdown: { preStopSeconds: 30, drainSeconds: 20, graceSeconds: 60 } }])(
    "have more time to end than pause, drain and grace take: $shutdown",
    async ({ shutdown }) => {
      const values = { shutdown };
      const grace = await numberOf(["spec", "template", "spec", "terminationGracePeriodSeconds"], values);
      const pause = await numberOf([...CONTAINER, "lifecycle", "preStop", "sleep", "seconds"], values);
      const config: unknown = parse(await configText({ values }));
      const drain =
        Number(valueAt(config, ["shutdown", "drainSeconds"])) + Number(valueAt(config, ["shutdown", "graceSeconds"]));
      expect(grace).toBeGreaterThan(pause + drain);
    },
  );

  it.each([
    { name: "the tag of the chart's version", image: {}, want: /^fairlead\/fairlead:\d+\.\d+\.\d+$/ },
    { name: "a tag", image: { tag: "next" }, want: /^fairlead\/fairlead:next$/ },
    {
      name: "a digest",
      image: { tag: "next", digest: `sha256:${"a".repeat(64)}` },
      want: /^fairlead\/fairlead@sha256:a{64}$/,
    },
  ])("run the image by $name", async ({ image, want }) => {
    expect(textAt(await deployment({ values: { image } }), ...CONTAINER, "image")).toMatch(want);
  });
});

describe("the ports", () => {
  it("are the same in container, probes, Service, network policy and configuration", async () => {
    const objects = await render({ values: { service: { port: 8443, metricsPort: 9090 } } });
    const ports = itemsAt(only(objects, "Deployment"), ...CONTAINER, "ports");
    const numbers = Object.fromEntries(ports.map((port) => [textAt(port, "name"), valueAt(port, ["containerPort"])]));
    const config: unknown = parse(await configText());
    expect(numbers).toEqual({ webhook: valueAt(config, ["port"]), metrics: valueAt(config, ["healthPort"]) });

    const service = itemsAt(only(objects, "Service"), "spec", "ports");
    expect(service.map((port) => [valueAt(port, ["port"]), valueAt(port, ["targetPort"])])).toEqual([
      [8443, "webhook"],
      [9090, "metrics"],
    ]);
    const allowed = itemsAt(only(objects, "NetworkPolicy"), "spec", "ingress");
    expect(allowed.map((rule) => valueAt(rule, ["ports", 0, "port"]))).toEqual(["webhook", "metrics"]);
    const entry = valueAt(only(objects, "ValidatingWebhookConfiguration"), ["webhooks", 0, "clientConfig", "service"]);
    expect(entry).toMatchObject({ port: 8443 });
  });
});

describe("the selectors", () => {
  it("find the Pods of the Deployment, and those of no test", async () => {
    const objects = await render({ values: { podLabels: { team: "network" } } });
    const labels = valueAt(only(objects, "Deployment"), ["spec", "template", "metadata", "labels"]);
    const selectors = [
      valueAt(only(objects, "Deployment"), ["spec", "selector", "matchLabels"]),
      valueAt(only(objects, "Service"), ["spec", "selector"]),
      valueAt(only(objects, "PodDisruptionBudget"), ["spec", "selector", "matchLabels"]),
      valueAt(only(objects, "NetworkPolicy"), ["spec", "podSelector", "matchLabels"]),
    ];
    for (const selector of selectors) {
      expect(selector).toEqual({ "app.kubernetes.io/name": "fairlead", "app.kubernetes.io/instance": "fairlead" });
      expect(labels).toMatchObject(isObject(selector) ? selector : { missing: "selector" });
      expect(valueAt(only(objects, "Pod"), ["metadata", "labels"])).not.toMatchObject(
        isObject(selector) ? selector : {},
      );
    }
  });
});

describe("the configuration", () => {
  it.each([
    {
      name: "the defaults",
      values: {},
      want: {
        validity: "warn",
        exempt: { ownNamespace: "fairlead", namespaces: ["kube-system", "kube-node-lease"] },
        certificates: {
          mode: "self",
          secret: "fairlead-tls",
          hosts: ["fairlead.fairlead.svc"],
          lifeHours: 8760,
          renewAt: 0.6667,
          settleSeconds: 10,
        },
        kubernetes: { policies: "watch", lease: "fairlead", mutating: ["fairlead"], validating: ["fairlead"] },
        cluster: { discover: ["version", "serviceCIDRs"] },
      },
    },
    {
      name: "a certificate that cert-manager makes",
      values: { certificates: { mode: "cert-manager" } },
      want: {
        certificates: { mode: "cert-manager", hosts: ["fairlead.fairlead.svc"] },
        tls: { certificate: "/etc/fairlead-tls/tls.crt", key: "/etc/fairlead-tls/tls.key" },
      },
    },
    {
      name: "certificates of another life",
      values: { certificates: { secretName: "own", lifeHours: 48, renewAt: 0.5, settleSeconds: 60 } },
      want: { certificates: { secret: "own", lifeHours: 48, renewAt: 0.5, settleSeconds: 60 } },
    },
    ...[
      { url: "https://fairlead.example.com:8443/base", host: "fairlead.example.com" },
      { url: "https://192.0.2.7", host: "192.0.2.7" },
      { url: "https://[2001:db8::7]:8443/", host: "2001:db8::7" },
    ].map(({ url, host }) => ({
      name: `a server that is called at ${url}`,
      values: { webhook: { url } },
      want: { certificates: { hosts: [host] } },
    })),
    {
      name: "all that can be said",
      values: {
        config: { validity: "deny", ipFamilyPolicy: "PreferDualStack", logLevel: "debug", exemptServices: ["a/b"] },
        cluster: { version: "1.34", serviceCIDRs: ["10.0.0.0/16"], nodePortRange: "20000-30000" },
        webhook: { excludedNamespaces: ["infra"] },
        shutdown: { drainSeconds: 3, graceSeconds: 4 },
      },
      want: {
        validity: "deny",
        defaults: { ipFamilyPolicy: "PreferDualStack" },
        log: { level: "debug" },
        cluster: { version: "1.34", serviceCIDRs: ["10.0.0.0/16"], nodePortRange: "20000-30000", discover: [] },
        exempt: { ownNamespace: "fairlead", namespaces: ["infra"], services: ["a/b"] },
        shutdown: { drainSeconds: 3, graceSeconds: 4 },
      },
    },
    {
      name: "lists that are empty",
      values: { config: { exemptServices: [] }, webhook: { excludedNamespaces: [] } },
      want: {},
    },
  ])("is one that the server takes: $name", async ({ values, want }) => {
    const folder = await mkdtemp(join(tmpdir(), "fairlead-chart-"));
    try {
      const file = join(folder, "config.yaml");
      await writeFile(file, await configText({ values }));
      expect(loadConfig({ file, environment: {}, flags: {} })).toMatchObject(want);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("the names", () => {
  it("are those of the objects that the chart makes, whatever the release is called", async () => {
    const rendering = { release: "team.one", namespace: "infra" };
    const objects = await render(rendering);
    const config: unknown = parse(textAt(only(objects, "ConfigMap", "team-one-fairlead"), "data", "config.yaml"));
    expect(config).toMatchObject({
      certificates: {
        secret: nameOf(only(objects, "Secret")),
        hosts: [`${nameOf(only(objects, "Service"))}.infra.svc`],
      },
      kubernetes: {
        lease: nameOf(only(objects, "Lease")),
        mutating: [nameOf(only(objects, "MutatingWebhookConfiguration"))],
        validating: [nameOf(only(objects, "ValidatingWebhookConfiguration"))],
      },
      exempt: { ownNamespace: "infra" },
    });
  });

  it("tell the replicas apart", async () => {
    expect(valueAt(await deployment(), [...CONTAINER, "env"])).toEqual([
      { name: "FAIRLEAD_KUBERNETES_REPLICA", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
    ]);
  });
});

describe("a certificate that somebody else makes", () => {
  it.each([
    { mode: "cert-manager", given: {}, secret: "fairlead-tls" },
    { mode: "provided", given: { secretName: "own", caBundle: "-----BEGIN CERTIFICATE-----" }, secret: "own" },
  ])("is mounted where the configuration looks for it: $mode", async ({ mode, given, secret }) => {
    const values = { certificates: { mode, ...given } };
    const objects = await render({ values });
    const pod = valueAt(only(objects, "Deployment"), ["spec", "template", "spec"]);
    expect(valueAt(pod, ["volumes", 1])).toEqual({ name: "tls", secret: { secretName: secret } });
    expect(valueAt(pod, ["containers", 0, "volumeMounts", 1])).toEqual({
      name: "tls",
      mountPath: "/etc/fairlead-tls",
      readOnly: true,
    });
  });

  it("is asked of cert-manager for the name that the API server calls, and renewed when the values say", async () => {
    const certificates = { mode: "cert-manager", lifeHours: 300, renewAt: 0.6, issuerRef: { name: "corporate" } };
    const spec = async (webhook: JsonObject): Promise<unknown> =>
      only(await render({ values: { certificates, webhook } }), "Certificate").spec;
    expect(await spec({})).toMatchObject({
      secretName: "fairlead-tls",
      dnsNames: ["fairlead.fairlead.svc"],
      duration: "300h",
      renewBefore: "7200m",
    });
    expect(await spec({ url: "https://192.0.2.7:8443" })).toMatchObject({ ipAddresses: ["192.0.2.7"] });
  });
});

describe("the Secret and the Lease", () => {
  it("are made empty, so that no upgrade takes away what Fairlead wrote", async () => {
    const objects = await render();
    expect(Object.keys(only(objects, "Secret")).toSorted()).toEqual(["apiVersion", "kind", "metadata", "type"]);
    expect(Object.keys(only(objects, "Lease")).toSorted()).toEqual(["apiVersion", "kind", "metadata"]);
  });
});

describe("who may call the webhook", () => {
  it.each([
    { key: "webhookFrom", port: "webhook" },
    { key: "metricsFrom", port: "metrics" },
  ])("is everybody unless networkPolicy.$key names peers", async ({ key, port }) => {
    const peers = [{ ipBlock: { cidr: "192.0.2.0/28" } }];
    const from = async (values: JsonObject): Promise<unknown> => {
      const rules = itemsAt(only(await render({ values }), "NetworkPolicy"), "spec", "ingress");
      return valueAt(
        rules.find((rule) => valueAt(rule, ["ports", 0, "port"]) === port),
        ["from"],
      );
    };
    expect([await from({}), await from({ networkPolicy: { [key]: peers } })]).toEqual([undefined, peers]);
  });

  it("is who shows a certificate of webhook.clientCA, where there is one", async () => {
    const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    const values = { webhook: { clientCA: pem } };
    const map = only(await render({ values }), "ConfigMap", "fairlead");
    const [mount] = itemsAt(await deployment({ values }), ...CONTAINER, "volumeMounts");
    const config: unknown = parse(await configText({ values }));
    expect(valueAt(config, ["tls", "clientCA"])).toBe(`${textAt(mount, "mountPath")}/client-ca.crt`);
    expect(textAt(map, "data", "client-ca.crt").trim()).toBe(pem.trim());
    const checksum = ["spec", "template", "metadata", "annotations", "checksum/config"];
    expect(valueAt(await deployment({ values }), checksum)).not.toEqual(valueAt(await deployment(), checksum));
  });

  it("has the limits of the values", async () => {
    const values = { limits: { connections: 64, bodies: 56 } };
    expect(valueAt(parse(await configText({ values })), ["limits"])).toEqual({ connections: 64, bodies: 56 });
  });
});
