import { type InventoryView, type Labels, type ReferenceEntry, type ReferenceTarget, selects } from "../model/index.ts";

/** A Service that no manifest creates. */
interface MadeService {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
}

/** What Kubernetes, its installers, the kubelet's observers or other people's charts create, and what only stands for a Service. */
const MADE: readonly MadeService[] = [
  // kubernetes/kubernetes `pkg/controlplane/controller/kubernetesendpoints` and `.../defaultservicecidr`: the API server.
  { namespace: "default", name: "kubernetes", labels: { component: "apiserver", provider: "kubernetes" } },
  // kubernetes/kubernetes `cluster/addons/dns/coredns`.
  {
    namespace: "kube-system",
    name: "kube-dns",
    labels: { "k8s-app": "kube-dns", "kubernetes.io/cluster-service": "true", "kubernetes.io/name": "CoreDNS" },
  },
  // prometheus-operator/prometheus-operator `pkg/kubelet/controller.go`.
  {
    namespace: "kube-system",
    name: "kubelet",
    labels: {
      "k8s-app": "kubelet",
      "app.kubernetes.io/name": "kubelet",
      "app.kubernetes.io/managed-by": "prometheus-operator",
    },
  },
  // istio/istio `manifests/charts/istio-control/istio-discovery/templates/service.yaml`.
  { namespace: "istio-system", name: "istiod", labels: { app: "istiod", istio: "pilot" } },
  // kubernetes-sigs/controller-tools `pkg/webhook/parser.go` writes it into all webhook configurations: kustomize replaces it.
  { namespace: "system", name: "webhook-service", labels: {} },
];

/** The names of Services that operators create for objects of their own kinds. */
const MADE_BY_OPERATORS: readonly RegExp[] = [
  // elastic/cloud-on-k8s `pkg/controller/*/name`, `pkg/apis/*`.
  /-(es|kb|apm|agent|ent|ems|epr)-http$/,
  /-es-(internal-http|transport)$/,
  // strimzi/strimzi-kafka-operator `KafkaResources.java` and its neighbours.
  /-kafka-(bootstrap|brokers|external-bootstrap)$/,
  /-(bridge-service|connect-api|mirrormaker2-api)$/,
  // prometheus-operator/prometheus-operator `pkg/prometheus`, `pkg/alertmanager`, `pkg/thanos`.
  /^(prometheus|alertmanager|thanos-ruler)-operated$/,
];

/** Whether what a reference names is not in the manifests, and is not missing either: Kubernetes or an operator creates it. */
export function isElsewhere({ target }: ReferenceEntry, { isComplete }: Pick<InventoryView, "isComplete">): boolean {
  if (isComplete) return false;
  return "service" in target ? isNamedElsewhere(target) : isSelectedElsewhere(target);
}

type Named = Extract<ReferenceTarget, { readonly service: string }>;

function isNamedElsewhere({ namespace, service }: Named): boolean {
  return (
    MADE_BY_OPERATORS.some((name) => name.test(service)) ||
    MADE.some((made) => made.namespace === namespace && made.name === service)
  );
}

function isSelectedElsewhere({ selector, namespaces }: Exclude<ReferenceTarget, Named>): boolean {
  return MADE.some(
    ({ namespace, labels }) =>
      (namespaces === undefined || namespaces.includes(namespace)) && selects(selector, labels),
  );
}
