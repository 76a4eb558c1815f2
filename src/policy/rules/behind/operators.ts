import type { Labels } from "../../../inventory/model/index.ts";

/**
 * The domains of labels that operators set on Pods which they make from objects of their own kinds: the Pods of a selector
 * with such a key are not in any manifest. A domain stands for those below it, too. Each row
 * names where the label should be defined; `docs/claims.md` says which were read.
 */
const OPERATOR_DOMAINS: ReadonlySet<string> = new Set([
  // prometheus-operator/prometheus-operator `pkg/prometheus/common.go`.
  "operator.prometheus.io",
  // strimzi/strimzi-kafka-operator `Labels.java`.
  "strimzi.io",
  // cloudnative-pg/cloudnative-pg `pkg/utils/labels_annotations.go`.
  "cnpg.io",
  // elastic/cloud-on-k8s `pkg/controller/common/labels`.
  "k8s.elastic.co",
  // CrunchyData/postgres-operator `internal/naming/labels.go`.
  "postgres-operator.crunchydata.com",
  // mysql/mysql-operator `mysqloperator/controller/innodbcluster`.
  "mysql.oracle.com",
  // spotahome/redis-operator `operator/redisfailover/service/generator.go`.
  "databases.spotahome.com",
  // k8ssandra/cass-operator `apis/cassandra/v1beta1/cassandradatacenter_types.go`.
  "cassandra.datastax.com",
  // Altinity/clickhouse-operator `pkg/apis/clickhouse.altinity.com`.
  "clickhouse.altinity.com",
  // minio/operator `pkg/apis/minio.min.io/v2/labels.go`.
  "min.io",
  // apecloud/kubeblocks `pkg/constant/labels.go`.
  "kubeblocks.io",
  // knative/serving `pkg/apis/serving/register.go`.
  "serving.knative.dev",
  // kserve/kserve `pkg/constants/constants.go`.
  "serving.kserve.io",
  // istio/api `label/labels.gen.go`.
  "gateway.istio.io",
  // Gateways of all implementations that make Pods: kubernetes-sigs/gateway-api `apis/v1/shared_types.go`.
  "gateway.networking.k8s.io",
  // envoyproxy/gateway `internal/gatewayapi/resource`.
  "gateway.envoyproxy.io",
  // longhorn/longhorn-manager `types/types.go`: the manager labels its own Pods.
  "longhorn.io",
  // kubevirt/kubevirt `staging/src/kubevirt.io/api/core/v1/types.go`.
  "kubevirt.io",
  // ray-project/kuberay `ray-operator/controllers/ray/utils/constant.go`.
  "ray.io",
  // kubeflow/spark-operator `pkg/common/spark.go`.
  "sparkoperator.k8s.io",
  // kubeflow/trainer `pkg/apis/kubeflow.org/v1/common_types.go`.
  "training.kubeflow.org",
  // kubernetes-sigs/jobset `api/jobset/v1alpha2/jobset_types.go`.
  "jobset.sigs.k8s.io",
  // kubernetes-sigs/lws `api/leaderworkerset/v1/leaderworkerset_types.go`.
  "leaderworkerset.sigs.k8s.io",
  // volcano-sh/apis `pkg/apis/batch/v1alpha1/labels.go`.
  "volcano.sh",
  // googleforgames/agones `pkg/apis/agones/v1/gameserver.go`.
  "agones.dev",
  // tektoncd/pipeline `pkg/apis/pipeline/register.go`.
  "tekton.dev",
  // argoproj/argo-workflows `workflow/common/common.go`.
  "workflows.argoproj.io",
]);

/** Keys without a domain that operators, or what runs in the Pods, set on Pods. */
const OPERATOR_KEYS: ReadonlySet<string> = new Set([
  // prometheus-operator/prometheus-operator `pkg/prometheus`, `pkg/alertmanager`, `pkg/thanos`.
  "prometheus",
  "alertmanager",
  "thanos-ruler",
  // zalando/postgres-operator `docs/reference/operator_parameters.md`.
  "spilo-role",
  // hashicorp/vault `serviceregistration/kubernetes/service_registration.go`: Vault labels its own Pod.
  "vault-active",
  "vault-initialized",
  "vault-perf-standby",
  "vault-sealed",
  "vault-version",
  // spotahome/redis-operator `operator/redisfailover/service/constants.go`.
  "redisfailovers-role",
  // apache/spark `resource-managers/kubernetes`.
  "spark-role",
  "spark-app-selector",
  // rook/rook `pkg/operator/k8sutil/labels.go`.
  "rook_cluster",
]);

/** Labels with these values are those of operators, static Pods and installers. */
const OPERATOR_LABELS: readonly (readonly [key: string, value: string])[] = [
  // prometheus-operator/kube-prometheus `manifests/prometheus-service.yaml`, `manifests/alertmanager-service.yaml`.
  ["app.kubernetes.io/name", "prometheus"],
  ["app.kubernetes.io/name", "alertmanager"],
  ["app.kubernetes.io/name", "thanos-ruler"],
  // zalando/postgres-operator: the default of `cluster_labels`.
  ["application", "spilo"],
  // The gateways that `istioctl install` makes.
  ["istio", "ingressgateway"],
  ["istio", "egressgateway"],
  ["istio", "eastwestgateway"],
  // Static Pods of the control plane: kubernetes/kubernetes `cmd/kubeadm/app/util/staticpod/utils.go`.
  ["tier", "control-plane"],
  ["component", "etcd"],
  ["component", "kube-apiserver"],
  ["component", "kube-controller-manager"],
  ["component", "kube-scheduler"],
  ["k8s-app", "kube-controller-manager"],
  ["k8s-app", "kube-scheduler"],
  ["k8s-app", "kube-proxy"],
  ["k8s-app", "kube-dns"],
  // rabbitmq/cluster-operator `internal/metadata/label.go`.
  ["app.kubernetes.io/part-of", "rabbitmq"],
  // apache/flink-kubernetes-operator and native Flink: `flink-kubernetes/.../utils/Constants.java`.
  ["type", "flink-native-kubernetes"],
];

/** Who made the Pods, by the common label: `prometheus-operator`, `keycloak-operator`, `EventListener` of Tekton. */
const MANAGED_BY = "app.kubernetes.io/managed-by";
const OPERATOR_NAMES = /operator$|^cloudnative-pg$|^EventListener$/;

/** Whether an operator makes Pods with such labels by itself. */
export function isMadeByOperator(selector: Labels): boolean {
  return Object.entries(selector).some(
    ([key, value]) =>
      OPERATOR_KEYS.has(key) ||
      isOfOperator(key) ||
      (key === MANAGED_BY && OPERATOR_NAMES.test(value)) ||
      OPERATOR_LABELS.some(([operatorKey, operatorValue]) => operatorKey === key && operatorValue === value),
  );
}

function isOfOperator(key: string): boolean {
  const slash = key.indexOf("/");
  for (let domain = key.slice(0, Math.max(slash, 0)); domain !== "";) {
    if (OPERATOR_DOMAINS.has(domain)) return true;
    const dot = domain.indexOf(".");
    if (dot === -1) return false;
    domain = domain.slice(dot + 1);
  }
  return false;
}
