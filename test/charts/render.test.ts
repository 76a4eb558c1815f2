import { describe, expect, it } from "@jest/globals";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import { CHART, helm, listing, nameOf, only, render, renderAnew, type Rendering, textAt } from "./support/chart.ts";
import { typeErrors } from "./support/types.ts";

const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const OPERATOR = "monitoring.coreos.com/v1";

interface Group extends Rendering {
  readonly name: string;
  readonly adds?: readonly string[];
  readonly removes?: readonly string[];
}

/** Every group of values away from its defaults, and what becomes of the list of objects. */
const GROUPS: readonly Group[] = [
  { name: "the defaults" },
  { name: "nothing but a long release name", release: "a".repeat(53), adds: [], removes: [] },
  {
    name: "image",
    values: {
      image: { repository: "example.com/fairlead", digest: `sha256:${"0".repeat(64)}`, pullPolicy: "Always" },
      imagePullSecrets: [{ name: "pull" }],
    },
  },
  {
    name: "config and cluster",
    values: {
      config: { validity: "deny", ipFamilyPolicy: "PreferDualStack", logLevel: "debug", exemptServices: [] },
      cluster: {
        version: "1.36",
        serviceCIDRs: ["10.0.0.0/16"],
        nodePortRange: "20000-30000",
        featureGates: ["StrictIPCIDRValidation=false"],
      },
    },
  },
  {
    name: "certificates by cert-manager, with an authority of the chart's",
    values: { certificates: { mode: "cert-manager" } },
    adds: ["Certificate/fairlead", "Certificate/fairlead-ca", "Issuer/fairlead", "Issuer/fairlead-root"],
    removes: ["Secret/fairlead-tls"],
  },
  {
    name: "certificates by cert-manager, with an issuer of the user's",
    values: { certificates: { mode: "cert-manager", issuerRef: { name: "corporate", kind: "ClusterIssuer" } } },
    adds: ["Certificate/fairlead"],
    removes: ["Secret/fairlead-tls"],
  },
  {
    name: "a certificate of the user's",
    values: { certificates: { mode: "provided", secretName: "own", caBundle: PEM } },
    removes: ["Secret/fairlead-tls"],
  },
  {
    name: "webhook",
    values: {
      webhook: {
        url: "https://127.0.0.1:9443/base/",
        timeoutSeconds: 1,
        failurePolicy: { mutate: "Fail", deny: "Fail", warn: "Fail", policies: "Fail" },
        operations: ["CREATE"],
        excludedNamespaces: ["kube-system", "infra"],
        namespaceSelector: { matchLabels: { a: "b" }, matchExpressions: [{ key: "c", operator: "Exists" }] },
        objectSelector: { matchExpressions: [{ key: "d", operator: "NotIn", values: ["e"] }] },
        matchConditions: [{ name: "no-controllers", expression: "request.userInfo.username != 'controller'" }],
        annotations: { example: "yes" },
      },
    },
  },
  { name: "webhook for deletions alone", values: { webhook: { operations: ["DELETE"] } } },
  { name: "service", values: { service: { port: 8443, metricsPort: 9090, annotations: { example: "yes" } } } },
  {
    name: "a ServiceAccount of the user's",
    values: { serviceAccount: { create: false, name: "own" } },
    removes: ["ServiceAccount/fairlead"],
  },
  {
    name: "rights granted by the user",
    values: { rbac: { create: false } },
    removes: [...["ClusterRole/fairlead", "ClusterRoleBinding/fairlead", "Role/fairlead", "RoleBinding/fairlead"]],
  },
  {
    name: "ready-made policies",
    values: { policies: { enabled: ["baseline", "advice"] } },
    adds: ["ServicePolicy/advice", "ServicePolicy/baseline"],
  },
  {
    name: "a definition of policies that others bring",
    values: { crds: { enabled: false } },
    removes: ["CustomResourceDefinition/servicepolicies.fairlead.dev"],
  },
  { name: "labels for all", values: { commonLabels: { team: "network" } } },
  {
    name: "the network of the nodes, on OpenShift",
    values: {
      openshift: { enabled: true },
      hostNetwork: true,
      containerPorts: { webhook: 9443, metrics: 9080 },
      strategy: { rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    },
  },
  { name: "one replica", values: { replicaCount: 1 }, removes: ["PodDisruptionBudget/fairlead"] },
  {
    name: "no replica",
    values: { replicaCount: 0, podDisruptionBudget: { enabled: false } },
    removes: ["PodDisruptionBudget/fairlead"],
  },
  { name: "disruption in percent", values: { podDisruptionBudget: { maxUnavailable: "50%" } } },
  {
    name: "autoscaling",
    values: { autoscaling: { enabled: true, minReplicas: 3, maxReplicas: 9 } },
    adds: ["HorizontalPodAutoscaler/fairlead"],
  },
  { name: "no network policy", values: { networkPolicy: { enabled: false } }, removes: ["NetworkPolicy/fairlead"] },
  {
    name: "network policy",
    values: {
      networkPolicy: {
        metricsFrom: [
          { namespaceSelector: { matchLabels: { name: "monitoring" } } },
          { ipBlock: { cidr: "10.0.0.0/8" } },
        ],
        apiServerPorts: [6443],
      },
    },
  },
  { name: "priority class", values: { priorityClass: { create: true } }, adds: ["PriorityClass/fairlead"] },
  { name: "priority class of the cluster's", values: { priorityClass: { name: "system-cluster-critical" } } },
  {
    name: "pods",
    values: {
      resources: { requests: { cpu: 1, memory: "1Gi" }, limits: { cpu: "2" } },
      shutdown: { preStopSeconds: 10, drainSeconds: 5, graceSeconds: 30 },
      podLabels: { team: "network" },
      podAnnotations: { example: "yes" },
      nodeSelector: { "kubernetes.io/os": "linux" },
      tolerations: [{ key: "dedicated", operator: "Exists", effect: "NoSchedule" }],
      affinity: { podAntiAffinity: {} },
      topologyKeys: [],
    },
  },
  {
    name: "metrics, with the operator",
    values: {
      metrics: {
        serviceMonitor: { enabled: true, interval: "1m", labels: { release: "prometheus" } },
        prometheusRule: { enabled: true, labels: { release: "prometheus" } },
        dashboard: { enabled: true },
      },
    },
    apiVersions: [OPERATOR],
    adds: ["ConfigMap/fairlead-dashboard", "PrometheusRule/fairlead", "ServiceMonitor/fairlead"],
  },
  {
    name: "metrics, without the operator",
    values: { metrics: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true } } },
  },
  {
    name: "a release in the namespace of the test",
    namespace: "default",
    removes: [
      ...["Role/fairlead-test-fairlead", "RoleBinding/fairlead-test-fairlead"],
      ...["ConfigMap/fairlead-test", "Pod/fairlead-test", "ServiceAccount/fairlead-test"],
    ],
  },
  { name: "test", values: { test: { namespace: "apps" } } },
  {
    name: "an old API server",
    kubeVersion: "1.20.2",
    adds: ["Role/fairlead-fairlead", "RoleBinding/fairlead-fairlead"],
  },
];

/** The APIs of others: where their specification stands, and the fields without which it means nothing. */
const FOREIGN: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "Certificate cert-manager.io/v1": [
    ["spec", "secretName"],
    ["spec", "issuerRef", "name"],
    ["spec", "issuerRef", "kind"],
  ],
  "Issuer cert-manager.io/v1": [["spec"]],
  "ServiceMonitor monitoring.coreos.com/v1": [
    ["spec", "selector", "matchLabels"],
    ["spec", "endpoints"],
  ],
  "ServicePolicy fairlead.dev/v1alpha1": [["spec", "rules"]],
  "PrometheusRule monitoring.coreos.com/v1": [["spec", "groups"]],
};

describe.each(GROUPS)("with $name", ({ adds = [], removes = [], ...rendering }) => {
  it("renders the objects that it should", async () => {
    const objects = await render(rendering);
    const usual = await render();
    // A release of another name has the same objects, under that name.
    const shared = textAt(only(objects, "Deployment"), "metadata", "name");
    const expected = [...listing(usual).filter((entry) => !removes.includes(entry)), ...adds].toSorted();
    expect(listing(objects).map((entry) => entry.replace(shared, "fairlead"))).toEqual(expected);
  });

  it("renders nothing that the API does not know", async () => {
    const objects = await render(rendering);
    expect(objects.flatMap(errorsOf)).toEqual([]);
  });

  it("gives each namespaced object its namespace, and the chart's labels", async () => {
    const objects = await render(rendering);
    for (const object of objects.filter(({ kind }) => kind !== "CustomResourceDefinition")) {
      expect(valueAt(object, ["metadata", "labels"])).toMatchObject({ "app.kubernetes.io/part-of": "fairlead" });
      const clusterWide = /^(ClusterRole|ClusterRoleBinding|PriorityClass|ServicePolicy|.*WebhookConfiguration)$/.test(
        String(object.kind),
      );
      expect([nameOf(object), textAt(object, "metadata", "namespace") === ""]).toEqual([nameOf(object), clusterWide]);
    }
  });
});

it("passes helm lint --strict", async () => {
  const { ok, output } = await helm("lint", "--strict", CHART);
  expect({ ok, output: ok ? "" : output }).toEqual({ ok: true, output: "" });
});

it("renders the same twice, so that a second upgrade has nothing to change", async () => {
  expect(await renderAnew()).toEqual(await renderAnew());
});

function errorsOf(object: JsonObject): readonly string[] {
  const errors = typeErrors(object);
  if (errors !== undefined) return errors;
  const kind = `${String(object.kind)} ${String(object.apiVersion)}`;
  const fields = FOREIGN[kind];
  if (fields === undefined) return [`${kind} is neither Kubernetes' nor in the table of others`];
  return fields
    .filter((field) => valueAt(object, field) === undefined)
    .map((field) => `${kind}: ${field.join(".")} is missing`);
}
