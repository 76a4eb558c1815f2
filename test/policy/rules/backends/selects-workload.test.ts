import { describe, expect, it } from "@jest/globals";
import { judgeManifest, manifest, policies } from "#test/policy/support.ts";
import { inventoryOf } from "#src/inventory/store/inventory-of.ts";
import { Inventory } from "#src/inventory/store/inventory.ts";
import { type Case, found, workload } from "./support.ts";

const RULE = "selects-workload";
const DEPLOYMENT = workload("Deployment", "web", { app: "web", tier: "front" });
const selector = (labels: Readonly<Record<string, string>>) => ({ selector: labels });

describe("selects Pods of", () => {
  it.each([
    ["Deployment", "apps/v1"],
    ["StatefulSet", "apps/v1"],
    ["DaemonSet", "apps/v1"],
    ["ReplicaSet", "apps/v1"],
    ["ReplicationController", "v1"],
    ["Pod", "v1"],
    ["Job", "batch/v1"],
    ["CronJob", "batch/v1"],
    ["Rollout", "argoproj.io/v1alpha1"],
    ["DeploymentConfig", "apps.openshift.io/v1"],
  ])("a %s", (kind, apiVersion) => {
    const others = [workload(kind, "web", { app: "web", tier: "front" }, { apiVersion })];
    expect(found(RULE, { name: kind, spec: selector({ app: "web" }), others })).toEqual([]);
    expect(found(RULE, { name: kind, spec: selector({ app: "web", tier: "back" }), others })).toHaveLength(1);
  });
});

describe("is silent about", () => {
  it.each<Case>([
    { name: "no selector", spec: { selector: null } },
    { name: "an empty selector", spec: selector({}) },
    {
      name: "an ExternalName",
      spec: { type: "ExternalName", externalName: "db.example.com", ...selector({ app: "x" }) },
    },
    {
      name: "Endpoints of its own",
      others: [
        {
          apiVersion: "v1",
          kind: "Endpoints",
          metadata: { name: "shop", namespace: "team-a" },
          subsets: [{ addresses: [{ ip: "192.0.2.1" }] }],
        },
      ],
    },
    {
      name: "an EndpointSlice of its own",
      others: [
        {
          apiVersion: "discovery.k8s.io/v1",
          kind: "EndpointSlice",
          metadata: { name: "shop-1", namespace: "team-a", labels: { "kubernetes.io/service-name": "shop" } },
          endpoints: [{ addresses: ["192.0.2.1"] }],
        },
      ],
    },
    {
      name: "a workload whose namespace is open",
      others: [workload("Deployment", "shop", { app: "shop" }, { namespace: "" })],
    },
    ...[
      { "statefulset.kubernetes.io/pod-name": "db-0" },
      { "job-name": "import" },
      { "batch.kubernetes.io/job-name": "import" },
      { "apps.kubernetes.io/pod-index": "0" },
    ].map((labels) => ({ name: `Pods of an unknown controller: ${JSON.stringify(labels)}`, spec: selector(labels) })),
    ...[
      { app: "web", "topology.kubernetes.io/zone": "a" },
      { app: "web", role: "leader" },
      { app: "web", "pod-template-hash": "7c9d6b8f5" },
    ].map((labels) => ({
      name: `labels set later: ${JSON.stringify(labels)}`,
      spec: selector(labels),
      others: [DEPLOYMENT],
    })),
    {
      name: "one Pod of a StatefulSet",
      spec: selector({ app: "db", "statefulset.kubernetes.io/pod-name": "db-0" }),
      others: [workload("StatefulSet", "db", { app: "db" })],
    },
    ...[
      // Strimzi, CloudNativePG, Elastic, Zalando, Crunchy, Redis, Cassandra, ClickHouse, MySQL, MinIO.
      { "strimzi.io/cluster": "events", "strimzi.io/kind": "Kafka" },
      { "cnpg.io/cluster": "db", "cnpg.io/instanceRole": "primary" },
      { "common.k8s.elastic.co/type": "elasticsearch", "elasticsearch.k8s.elastic.co/cluster-name": "logs" },
      { application: "spilo", "cluster-name": "acid", "spilo-role": "master" },
      { "postgres-operator.crunchydata.com/cluster": "hippo" },
      { "redisfailovers-role": "master", app: "redis" },
      { "cassandra.datastax.com/cluster": "c" },
      { "clickhouse.altinity.com/chi": "c" },
      { "mysql.oracle.com/cluster": "c" },
      { "v1.min.io/tenant": "c" },
      // Prometheus, Alertmanager.
      { "app.kubernetes.io/name": "prometheus", prometheus: "k8s" },
      { "operator.prometheus.io/name": "main" },
      { alertmanager: "main" },
      { "app.kubernetes.io/managed-by": "jaeger-operator", app: "jaeger" },
      // Knative, KServe, gateways, meshes, virtual machines.
      { "serving.knative.dev/service": "hello" },
      { "serving.kserve.io/inferenceservice": "model" },
      { "gateway.networking.k8s.io/gateway-name": "edge" },
      { "gateway.istio.io/managed": "istio.io-gateway-controller" },
      { istio: "ingressgateway" },
      { "kubevirt.io/domain": "vm" },
      { "vm.kubevirt.io/name": "vm" },
      // Batch.
      { "ray.io/cluster": "r" },
      { "spark-role": "driver" },
      { "jobset.sigs.k8s.io/jobset-name": "train" },
      // What labels its own Pods.
      { "vault-active": "true", "app.kubernetes.io/name": "vault" },
      // Static Pods of the control plane.
      { component: "kube-apiserver", tier: "control-plane" },
      { "k8s-app": "kube-dns" },
    ].map((labels) => ({ name: `Pods of operators: ${JSON.stringify(labels)}`, spec: selector(labels) })),
    { name: "labels that the policy ignores", spec: selector({ zone: "a" }), parameters: { ignore: ["zone"] } },
  ])("$name", (test) => {
    expect(found(RULE, test)).toEqual([]);
  });
});

describe("says what is near", () => {
  it.each<Case>([
    {
      name: "nothing",
      spec: selector({ app: "cart" }),
      others: [DEPLOYMENT],
      want: ["spec.selector: no workload has Pods with the labels app=cart"],
    },
    {
      name: "another value",
      spec: selector({ app: "wbe", tier: "front" }),
      others: [DEPLOYMENT],
      want: [
        "spec.selector[app]: no workload has Pods with the labels app=wbe,tier=front: those of Deployment team-a/web have app=web",
      ],
    },
    {
      name: "another value that is not alike, in the workload with the Service's name",
      spec: selector({ app: "shop", tier: "backend" }),
      others: [workload("Deployment", "shop", { app: "shop", tier: "web" })],
      want: [
        "spec.selector[tier]: no workload has Pods with the labels app=shop,tier=backend: those of Deployment team-a/shop have tier=web",
      ],
    },
    {
      name: "another part of the same release is not near",
      spec: selector({ name: "cart", release: "one" }),
      others: [workload("Deployment", "payment", { name: "payment", release: "one" })],
      want: ["spec.selector: no workload has Pods with the labels name=cart,release=one"],
    },
    {
      name: "another key",
      spec: selector({ ap: "web" }),
      others: [DEPLOYMENT],
      want: [
        "spec.selector[ap]: no workload has Pods with the labels ap=web: those of Deployment team-a/web have app=web",
      ],
    },
    {
      name: "a label that is missing",
      spec: selector({ app: "web", release: "one" }),
      others: [DEPLOYMENT],
      want: [
        "spec.selector[release]: no workload has Pods with the labels app=web,release=one: those of Deployment team-a/web have all but release",
      ],
    },
    {
      name: "another namespace",
      spec: selector({ app: "web" }),
      others: [workload("Deployment", "web", { app: "web" }, { namespace: "team-b" })],
      want: [
        "spec.selector: no workload of namespace team-a has Pods with the labels app=web, and a Service selects in its own namespace only: Deployment team-b/web has them",
      ],
    },
    {
      name: "a role that the template gives",
      spec: selector({ app: "db", role: "primary" }),
      others: [workload("StatefulSet", "db", { app: "db", role: "replica" })],
      want: ["spec.selector: no workload has Pods with the labels app=db,role=primary"],
    },
    {
      name: "a Pod that the StatefulSet does not have",
      spec: selector({ app: "db", "statefulset.kubernetes.io/pod-name": "dbs-0" }),
      others: [workload("StatefulSet", "db", { app: "db" })],
      want: [
        "spec.selector[statefulset.kubernetes.io/pod-name]: no workload has Pods with the labels app=db,statefulset.kubernetes.io/pod-name=dbs-0: those of StatefulSet team-a/db have all but statefulset.kubernetes.io/pod-name",
      ],
    },
    {
      name: "names of JavaScript",
      spec: selector({ constructor: "web" }),
      others: [DEPLOYMENT],
      want: ["spec.selector: no workload has Pods with the labels constructor=web"],
    },
  ])("$name", ({ want, ...test }) => {
    expect(found(RULE, test)).toEqual(want);
  });
});

describe("in a cluster", () => {
  const facts = { namespace: "team-a", today: "2026-11-24", user: { name: "jo", groups: [] } };
  const SERVICE = manifest({ spec: { type: "ClusterIP", ...selector({ app: "cart" }) } });

  it.each<Case>([
    { name: "a Service that is created comes before its Pods", spec: selector({ app: "cart" }), request: { facts } },
    {
      name: "an update that leaves the selector alone",
      spec: { ...selector({ app: "cart" }), sessionAffinity: "ClientIP" },
      request: { facts, operation: "update", oldObject: SERVICE },
    },
    {
      name: "an update of the selector",
      spec: selector({ app: "cart" }),
      request: { facts, operation: "update", oldObject: manifest({ spec: selector({ app: "web" }) }) },
      want: ["spec.selector: no workload has Pods with the labels app=cart"],
    },
    {
      name: "a Service that is stored",
      spec: selector({ app: "cart" }),
      others: [SERVICE],
      request: { facts },
      want: ["spec.selector: no workload has Pods with the labels app=cart"],
    },
  ])("$name", ({ want = [], ...test }) => {
    expect(found(RULE, test)).toEqual(want);
  });
});

it("warns at most of what may be elsewhere", () => {
  const inventory = new Inventory(false, new Set(["workloads"])).view();
  const set = policies({ rules: [{ rule: RULE, action: "deny" }] });
  const { policy } = judgeManifest(manifest(), { policies: set, inventory });
  expect(policy.findings.map(({ action }) => action)).toEqual(["warn"]);
});

it("finds nothing where the workloads are not known", () => {
  const inventory = new Inventory(true, new Set(["services"])).view();
  const { policy } = judgeManifest(manifest(), { policies: policies({ rules: [{ rule: RULE }] }), inventory });
  expect(policy.findings).toEqual([]);
});

it("looks at the selector as each policy of a review ignores labels of it", () => {
  const inventory = inventoryOf([DEPLOYMENT], "team-a");
  const ignore = (...labels: readonly string[]) => ({ rules: [{ rule: RULE, parameters: { ignore: labels } }] });
  for (const set of [policies(ignore(), ignore("zone")), policies(ignore("zone"), ignore())]) {
    const object = manifest({ spec: selector({ app: "web", zone: "a" }) });
    const { policy } = judgeManifest(object, { policies: set, inventory });
    expect(policy.findings.map(({ path }) => path.toString())).toEqual(["spec.selector[zone]"]);
  }
});
