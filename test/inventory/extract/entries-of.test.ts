import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isObject, type JsonObject } from "#src/field/index.ts";
import { entriesOf } from "#src/inventory/extract/index.ts";

const IN_SHOP = { namespace: "shop", name: "a" };
const METADATA = { namespace: "shop", name: "a" };
const LABELS = { app: "a" };

function entries(apiVersion: string, kind: string, rest: JsonObject = {}): unknown {
  return entriesOf({ apiVersion, kind, metadata: METADATA, ...rest }, { namespace: "default" });
}

const pod = (containers: unknown, more: JsonObject = {}): JsonObject => ({
  metadata: { labels: LABELS },
  spec: { containers, ...more },
});
const template = (replicas?: unknown): JsonObject => ({ spec: { replicas, template: pod([]) } });
const owned = (apiVersion: string, kind: string): JsonObject => ({
  metadata: { ...METADATA, labels: LABELS, ownerReferences: [{ apiVersion, kind, name: "o", controller: true }] },
});

describe("a workload", () => {
  const rows: [string, string, JsonObject, JsonObject][] = [
    ["v1", "Pod", { metadata: { ...METADATA, labels: LABELS }, spec: { containers: [] } }, { ports: [], replicas: 1 }],
    ["v1", "ReplicationController", template(2), { replicas: 2 }],
    ["apps/v1", "Deployment", template(), { replicas: 1 }],
    ["apps/v1", "Deployment", template(null), { replicas: 1 }],
    ["apps/v1", "Deployment", template("2"), {}],
    ["extensions/v1beta1", "Deployment", template(0), { replicas: 0 }],
    ["apps/v1", "ReplicaSet", template(3), { replicas: 3 }],
    ["apps/v1", "StatefulSet", template(3), { replicas: 3 }],
    ["apps/v1", "DaemonSet", template(), {}],
    ["batch/v1", "Job", template(), { labels: { ...LABELS, "job-name": "a", "batch.kubernetes.io/job-name": "a" } }],
    ["batch/v1beta1", "CronJob", { spec: { jobTemplate: template() } }, {}],
    ["argoproj.io/v1alpha1", "Rollout", template(), { replicas: 1 }],
    ["apps.openshift.io/v1", "DeploymentConfig", template(), { labels: { ...LABELS, deploymentconfig: "a" } }],
    [
      "apps.openshift.io/v1",
      "DeploymentConfig",
      template(2),
      { labels: { ...LABELS, deploymentconfig: "a" }, replicas: 2 },
    ],
  ];

  it.each(rows)("%s %s", (apiVersion, kind, object, more) => {
    expect(entries(apiVersion, kind, object)).toMatchObject({
      workloads: [{ ...IN_SHOP, kind, labels: LABELS, ports: [], ...more }],
    });
    const [workload] =
      entriesOf({ apiVersion, kind, metadata: METADATA, ...object }, { namespace: "x" })?.workloads ?? [];
    expect(workload?.replicas).toBe(more["replicas"]);
  });

  it("declares the ports of containers and sidecars", () => {
    const ports = [
      { name: "http", containerPort: 80 },
      { containerPort: 53, protocol: "UDP" },
      { containerPort: "x" },
      1,
    ];
    const sidecar = { restartPolicy: "Always", ports: [{ containerPort: 1 }] };
    const spec = { initContainers: [sidecar, { ports: [{ containerPort: 2 }] }], ephemeralContainers: [{ ports }] };
    expect(entries("apps/v1", "Deployment", { spec: { template: pod([{ ports }, null], spec) } })).toMatchObject({
      workloads: [
        {
          ports: [
            { name: "http", port: 80, protocol: "TCP" },
            { port: 53, protocol: "UDP" },
            { port: 1, protocol: "TCP" },
          ],
        },
      ],
    });
  });

  it("has unknown ports where only the metadata is known", () => {
    expect(entries("v1", "Pod", { metadata: { ...METADATA, labels: LABELS } })).toEqual({
      workloads: [{ ...IN_SHOP, kind: "Pod", labels: LABELS, replicas: 1 }],
    });
  });

  it.each([
    ["Pod", "v1", "apps/v1", "ReplicaSet"],
    ["Pod", "v1", "apps/v1", "StatefulSet"],
    ["Pod", "v1", "apps/v1", "DaemonSet"],
    ["Pod", "v1", "batch/v1", "Job"],
    ["Pod", "v1", "v1", "ReplicationController"],
    ["ReplicaSet", "apps/v1", "apps/v1", "Deployment"],
    ["ReplicaSet", "apps/v1", "argoproj.io/v1alpha1", "Rollout"],
    ["Job", "batch/v1", "batch/v1", "CronJob"],
    ["ReplicationController", "v1", "apps.openshift.io/v1", "DeploymentConfig"],
  ])("a %s (%s) is left out if a %s %s makes it", (kind, apiVersion, ownerVersion, owner) => {
    expect(entries(apiVersion, kind, { ...owned(ownerVersion, owner), ...template() })).toBeUndefined();
  });

  it.each([
    ["Pod", "v1", "apps.kruise.io/v1", "StatefulSet"],
    ["ReplicaSet", "apps/v1", "example.com/v1", "Deployment"],
  ])("a %s (%s) counts if a %s %s makes it", (kind, apiVersion, ownerVersion, owner) => {
    expect(entries(apiVersion, kind, { ...owned(ownerVersion, owner), ...template() })).toHaveProperty("workloads");
  });
});

describe("other kinds", () => {
  const slice = (labels: JsonObject) => ({ metadata: { ...METADATA, labels } });
  const NAME = { "kubernetes.io/service-name": "s" };
  const BY = "endpointslice.kubernetes.io/managed-by";
  const endpoints = (service: string) => ({ endpoints: [{ ...IN_SHOP, service }] });
  const scalers = (kind: string) => ({ scalers: [{ ...IN_SHOP, workload: { kind, name: "d" } }] });
  const quota = (hard: JsonObject, more = {}) => ({ spec: { hard, ...more } });
  const quotas = (limits: JsonObject) => ({ quotas: [{ ...IN_SHOP, ...limits }] });
  const target = { kind: "Deployment", name: "d" };

  it.each<[string, string, JsonObject, unknown]>([
    ["v1", "Endpoints", { subsets: [{}] }, endpoints("a")],
    ["v1", "Endpoints", {}, undefined],
    [
      "v1",
      "Endpoints",
      { subsets: [{}], ...slice({ "endpoints.kubernetes.io/managed-by": "endpoint-controller" }) },
      undefined,
    ],
    ["discovery.k8s.io/v1", "EndpointSlice", slice(NAME), endpoints("s")],
    ["discovery.k8s.io/v1", "EndpointSlice", slice({ ...NAME, [BY]: "me" }), endpoints("s")],
    ["discovery.k8s.io/v1", "EndpointSlice", slice({ ...NAME, [BY]: "endpointslice-controller.k8s.io" }), undefined],
    ["discovery.k8s.io/v1", "EndpointSlice", {}, undefined],
    ["v1", "ResourceQuota", quota({ services: "10" }), quotas({ services: 10 })],
    ["v1", "ResourceQuota", quota({ services: 10, "count/services": "5" }), quotas({ services: 5 })],
    ["v1", "ResourceQuota", quota({ "services.loadbalancers": "0" }), quotas({ loadBalancers: 0 })],
    ["v1", "ResourceQuota", quota({ "services.nodeports": "1k" }), quotas({ nodePorts: 1000 })],
    ["v1", "ResourceQuota", quota({ services: "2e3" }), quotas({ services: 2000 })],
    ["v1", "ResourceQuota", quota({ services: "1.5k" }), quotas({ services: 1500 })],
    ["v1", "ResourceQuota", quota({ services: "100m" }), undefined],
    ["v1", "ResourceQuota", quota({ services: "-1", pods: "3" }), undefined],
    ["v1", "ResourceQuota", quota({ services: "1" }, { scopes: ["BestEffort"] }), undefined],
    ["autoscaling/v2", "HorizontalPodAutoscaler", { spec: { scaleTargetRef: target } }, scalers("Deployment")],
    ["keda.sh/v1alpha1", "ScaledObject", { spec: { scaleTargetRef: { name: "d" } } }, scalers("Deployment")],
    ["argoproj.io/v1alpha1", "Rollout", { spec: { workloadRef: target } }, scalers("Deployment")],
    ["serving.knative.dev/v1", "Service", {}, undefined],
    ["v1", "ConfigMap", {}, undefined],
  ])("%s %s %j", (apiVersion, kind, object, expected) => {
    expect(entries(apiVersion, kind, object)).toEqual(expected);
  });
});

describe("a namespace that the manifest leaves open", () => {
  const object = { apiVersion: "v1", kind: "Service", metadata: { name: "a" } };
  it.each([
    [{ namespace: "x" }, { namespace: "x", isNamespaceOpen: true }],
    [{ namespace: "x", isNamespaceCertain: true }, { namespace: "x" }],
  ])("%j", (options, expected) => {
    const [{ namespace, isNamespaceOpen } = {}] = entriesOf(object, options)?.services ?? [];
    expect({ namespace, ...(isNamespaceOpen && { isNamespaceOpen }) }).toEqual(expected);
  });
});

describe("whatever is in an object", () => {
  const valid: JsonObject[] = [
    { apiVersion: "v1", kind: "Service", metadata: { labels: {}, annotations: {} }, spec: { ports: [{ port: 1 }] } },
    { apiVersion: "apps/v1", kind: "StatefulSet", spec: { serviceName: "a", template: pod([{ ports: [{}] }]) } },
    { apiVersion: "v1", kind: "ResourceQuota", spec: { hard: { services: 1 }, scopeSelector: {} } },
    { apiVersion: "v1", kind: "Endpoints", metadata: {}, subsets: [{}] },
    { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", spec: { scaleTargetRef: { name: "", kind: "" } } },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      spec: { defaultBackend: {}, rules: [{ http: { paths: [{}] } }] },
    },
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "ReferenceGrant",
      spec: { from: [{}], to: [{ kind: "Service" }] },
    },
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      spec: { rules: [{ backendRefs: [{ name: "a" }] }] },
    },
    { apiVersion: "monitoring.coreos.com/v1", kind: "ServiceMonitor", spec: { selector: {}, endpoints: [{}] } },
  ];

  /** The value with anything in the place of something in it, chosen by a number. */
  function spoiled(value: unknown, at: number, by: unknown): unknown {
    const children = isObject(value) ? Object.entries(value) : Array.isArray(value) ? [...value.entries()] : [];
    const [key, child] = children[at % (children.length + 1)] ?? [];
    if (key === undefined) return by;
    const next = spoiled(child, Math.floor(at / (children.length + 1)), by);
    if (Array.isArray(value)) return value.map((item: unknown, index) => (index === key ? next : item));
    return { ...Object.fromEntries(children), [key]: next };
  }

  it("throws nothing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...valid), fc.nat(), fc.jsonValue(), (object, at, by) => {
        const broken = spoiled(object, at, by);
        if (isObject(broken)) entriesOf(broken, { namespace: "x" });
        if (isObject(by)) entriesOf(by, { namespace: "x" });
      }),
      { numRuns: 2000 },
    );
  });
});
