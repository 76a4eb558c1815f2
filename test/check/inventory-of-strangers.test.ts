import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { fairlead } from "./run-cli.ts";

/** What was found without cause in the manifests of other people, reduced. */
const POLICY = `apiVersion: fairlead.dev/v1alpha1
kind: ServicePolicy
metadata: { name: together }
spec:
  rules:
    - { rule: selects-workload, action: warn }
    - { rule: target-port-named, action: warn }
    - { rule: target-port-declared, action: warn }
    - { rule: references-resolve, action: warn }
`;

const service = (spec: string, name = "web", namespace = "team-a") =>
  `{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${namespace} }, spec: ${spec} }\n`;

const deployment = (ports: string, name = "web") =>
  `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: team-a }, spec: { selector: { matchLabels: { app: web } }, ` +
  `template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, ports: ${ports} }] } } } }\n`;

const BY_NAME = "{ selector: { app: web }, ports: [{ port: 80, targetPort: http }] }";
const MONITOR = (labels: string, namespace = "kube-system") =>
  `{ apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: { name: web, namespace: team-a }, ` +
  `spec: { endpoints: [{ port: https }], selector: { matchLabels: ${labels} }, namespaceSelector: { matchNames: [${namespace}] } } }\n`;
const INGRESS = (name: string) =>
  `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, namespace: team-a }, ` +
  `spec: { defaultBackend: { service: { name: ${name}, port: { number: 80 } } } } }\n`;
const ROUTE_TO = (host: string) =>
  `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: web, namespace: team-a }, ` +
  `spec: { hosts: ["*"], http: [{ route: [{ destination: { host: ${host} } }] }] } }\n`;
const EXPERIMENT = (key: string) =>
  `{ apiVersion: argoproj.io/v1alpha1, kind: Experiment, metadata: { name: web, namespace: team-a }, spec: { templates: [{ name: one, ` +
  `${key}: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }] } }\n`;

const MESH_ROUTE = (parent: string) =>
  "{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: web, namespace: team-b }, " +
  `spec: { parentRefs: [{ group: "", kind: ${parent}, name: web, namespace: team-a }], ` +
  "rules: [{ backendRefs: [{ name: web, namespace: team-a, port: 80 }] }] } }\n";

const STATEFUL_SET =
  "{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: web, namespace: team-a }, spec: { serviceName: web } }\n";

/** So that there are Services and workloads at all. */
const OTHERS =
  "{ apiVersion: v1, kind: Service, metadata: { name: other, namespace: other }, spec: { ports: [{ port: 80 }] } }\n---\n" +
  "{ apiVersion: apps/v1, kind: Deployment, metadata: { name: other, namespace: other }, spec: { template: { metadata: { labels: { app: other } } } } }\n";

const WEBHOOK = (service: string) =>
  "{ apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: { name: web }, " +
  `webhooks: [{ name: web.example.com, clientConfig: { service: { name: ${service}, namespace: system } } }] }\n`;

const ROLLOUT = (labels: string) =>
  "{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: web, namespace: team-a }, spec: { " +
  "template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } }, strategy: { canary: { steps: [" +
  `{ experiment: { templates: [{ name: new, specRef: canary, metadata: { labels: ${labels} } }] } }] } } } }\n`;

/** A Service and its Deployment, as a kustomization with patches has them. */
const patched = (kustomization: string, port = "https", files: Readonly<Record<string, string>> = {}) => ({
  "base/kustomization.yaml": "resources: [web.yaml]\nnamePrefix: my-\n",
  "base/web.yaml": `${service(`{ selector: { app: web }, ports: [{ port: 443, targetPort: ${port} }] }`)}---\n${deployment("[{ name: http, containerPort: 80 }]")}`,
  "prod/kustomization.yaml": `resources: [../base]\n${kustomization}`,
  ...files,
});
const MERGED = (name: string, ports: string) =>
  `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name} }, spec: { template: { spec: { containers: [{ name: proxy, ports: ${ports} }] } } } }\n`;
const HTTPS = "[{ name: https, containerPort: 8443 }]";
const OPERATIONS = (path: string, value: string) => `[{ op: add, path: ${path}, value: ${value} }]`;
const CONTAINER = "/spec/template/spec/containers";

/** A base that names the port 80 of a Service, and an overlay that patches it. */
const referring = (kustomization: string) => ({
  "base/kustomization.yaml": "resources: [web.yaml]\n",
  "base/web.yaml": `${service("{ ports: [{ port: 8080 }] }")}---\n${INGRESS("web")}---\n${STATEFUL_SET}`,
  "prod/kustomization.yaml": `resources: [../base]\n${kustomization}`,
});

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly finds: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  "of two variants of a Deployment, one has the named port": {
    files: {
      "a/web.yaml": `${service(BY_NAME)}---\n${deployment("[{ name: http, containerPort: 80 }]")}`,
      "b/web.yaml": deployment("[]"),
    },
    finds: [],
  },
  "none of them has it": {
    files: { "a/web.yaml": `${service(BY_NAME)}---\n${deployment("[]")}`, "b/web.yaml": deployment("[]") },
    finds: ["target-port-named"],
  },
  "an object of another kind has a Pod template": {
    files: {
      "web.yaml": `${service("{ selector: { app: web }, ports: [{ port: 80 }] }")}---\n${EXPERIMENT("template")}`,
    },
    finds: [],
  },
  "an object of another kind has something else": {
    files: { "web.yaml": `${service("{ selector: { app: web }, ports: [{ port: 80 }] }")}---\n${EXPERIMENT("other")}` },
    finds: ["selects-workload"],
  },
  "labels that a manager sets on its own Pods": {
    files: { "web.yaml": service("{ selector: { longhorn.io/admission-webhook: web }, ports: [{ port: 80 }] }") },
    finds: [],
  },
  "the Services of the API server, the DNS and the kubelets": {
    files: {
      "a.yaml": MONITOR("{ component: apiserver, provider: kubernetes }", "default"),
      "b.yaml": MONITOR("{ k8s-app: kube-dns }"),
      "c.yaml": MONITOR("{ app.kubernetes.io/name: kubelet }"),
    },
    finds: [],
  },
  "Services that nobody creates": {
    files: {
      "a.yaml": MONITOR("{ app.kubernetes.io/name: kube-scheduler }"),
      "b.yaml": MONITOR("{ k8s-app: kube-dns }", "team-a"),
    },
    finds: ["references-resolve", "references-resolve"],
  },
  "a Service that an operator creates": { files: { "web.yaml": INGRESS("shop-es-http") }, finds: [] },
  "a Service that is missing": { files: { "web.yaml": INGRESS("shop-http") }, finds: ["references-resolve"] },
  placeholders: {
    files: {
      "a.yaml": ROUTE_TO("web.$(namespace).svc.cluster.local"),
      "b.yaml": ROUTE_TO("WEB_SERVICE.WEB_NAMESPACE.svc.cluster.local"),
    },
    finds: [],
  },
  "a route of a mesh names a Service of another namespace": {
    files: { "web.yaml": `${service("{ ports: [{ port: 80 }] }")}---\n${MESH_ROUTE("Service")}` },
    finds: [],
  },
  "a route of a Gateway does": {
    files: { "web.yaml": `${service("{ ports: [{ port: 80 }] }")}---\n${MESH_ROUTE("Gateway")}` },
    finds: ["references-resolve"],
  },
  "a StatefulSet's Service is in another variant only": {
    files: { "overlays/a/web.yaml": STATEFUL_SET, "overlays/b/web.yaml": service("{ ports: [{ port: 80 }] }") },
    finds: [],
  },
  "a StatefulSet's Service is not headless": {
    files: { "overlays/a/web.yaml": `${STATEFUL_SET}---\n${service("{ ports: [{ port: 80 }] }")}` },
    finds: ["references-resolve"],
  },
  "a port that the containers do not declare": {
    files: {
      "web.yaml": `${service("{ selector: { app: web }, ports: [{ port: 80 }] }")}---\n${deployment("[{ containerPort: 81 }]")}`,
    },
    finds: ["target-port-declared"],
  },
  "a gateway of Istio listens as Gateways say": {
    files: {
      "web.yaml": `${service("{ selector: { app: web }, ports: [{ port: 80 }] }")}---\n${deployment("[{ name: http-envoy-prom, containerPort: 15090 }]")}`,
    },
    finds: [],
  },
  "the placeholder of generated webhook configurations": {
    files: { "web.yaml": WEBHOOK("webhook-service") },
    finds: [],
  },
  "another Service of the placeholder's namespace": {
    files: { "web.yaml": WEBHOOK("web-service") },
    finds: ["references-resolve"],
  },
  "the namespace that operators' projects write everywhere": {
    files: {
      "web.yaml": `${service("{ selector: { app: web }, ports: [{ port: 80 }] }", "web", "system")}---\n${deployment("[]")}`,
    },
    finds: [],
  },
  "another namespace": {
    files: {
      "web.yaml": `${service("{ selector: { app: web }, ports: [{ port: 80 }] }", "web", "systems")}---\n${deployment("[]")}`,
    },
    finds: ["selects-workload"],
  },
  "the control plane of Istio": { files: { "web.yaml": ROUTE_TO("istiod.istio-system.svc.cluster.local") }, finds: [] },
  "its namespace in general": {
    files: { "web.yaml": ROUTE_TO("web.istio-system.svc.cluster.local") },
    finds: ["references-resolve"],
  },
  "Pods of a Rollout's experiment": {
    files: {
      "web.yaml": `${service("{ selector: { app: preview }, ports: [{ port: 80 }] }")}---\n${ROLLOUT("{ app: preview }")}`,
    },
    finds: [],
  },
  "labels that the experiment does not set": {
    files: {
      "web.yaml": `${service("{ selector: { app: preview }, ports: [{ port: 80 }] }")}---\n${ROLLOUT("{ role: preview }")}`,
    },
    finds: ["selects-workload"],
  },
  "a patch in a file adds the port": {
    files: patched("patches: [{ path: proxy.yaml }]\n", "https", { "prod/proxy.yaml": MERGED("my-web", HTTPS) }),
    finds: [],
  },
  "a patch in a file for the name before the prefix": {
    files: patched("patchesStrategicMerge: [proxy.yaml]\n", "https", { "prod/proxy.yaml": MERGED("web", HTTPS) }),
    finds: [],
  },
  "a patch adds another port": {
    files: patched("patchesStrategicMerge: [proxy.yaml]\n", "https", {
      "prod/proxy.yaml": MERGED("web", "[{ name: admin, containerPort: 81 }]"),
    }),
    finds: ["target-port-named"],
  },
  "a patch for another object adds the port": {
    files: patched("patchesStrategicMerge: [proxy.yaml]\n", "https", { "prod/proxy.yaml": MERGED("cart", HTTPS) }),
    finds: ["target-port-named"],
  },
  "a patch on one line": {
    files: patched(`patchesStrategicMerge: ['${MERGED("web", HTTPS).trim()}']\n`),
    finds: [],
  },
  "operations add the number": {
    files: patched(
      `patches: [{ target: { kind: Deployment }, patch: "${OPERATIONS(`${CONTAINER}/0/ports/-`, "{ containerPort: 8443 }")}" }]\n`,
      "8443",
    ),
    finds: [],
  },
  "operations add another number": {
    files: patched(
      `patches: [{ target: { kind: Deployment }, patch: "${OPERATIONS(`${CONTAINER}/0/ports/-`, "{ containerPort: 8444 }")}" }]\n`,
      "8443",
    ),
    finds: ["target-port-declared"],
  },
  "operations on one line": {
    files: patched(
      `patches: [{ target: { kind: Deployment }, patch: "- { op: add, path: ${CONTAINER}/0/ports/-, value: { name: https, containerPort: 8443 } }" }]\n`,
    ),
    finds: [],
  },
  "operations change a part of a port": {
    files: patched(
      `patchesJson6902: [{ target: { kind: Deployment, name: my-web }, patch: "${OPERATIONS(`${CONTAINER}/0/ports/0/name`, "https")}" }]\n`,
    ),
    finds: [],
  },
  "operations change something else": {
    files: patched(
      `patchesJson6902: [{ target: { kind: Deployment, name: my-web }, patch: "${OPERATIONS(`${CONTAINER}/0/image`, "web")}" }]\n`,
    ),
    finds: ["target-port-named"],
  },
  "a target by a regular expression": {
    files: patched(`patches: [{ target: { kind: Deployment, name: "w.*" }, path: proxy.yaml }]\n`, "https", {
      "prod/proxy.yaml": MERGED("any", HTTPS),
    }),
    finds: [],
  },
  "a component patches": {
    files: patched("components: [../proxy]\n", "https", {
      "proxy/kustomization.yaml":
        "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{ path: proxy.yaml }]\n",
      "proxy/proxy.yaml": MERGED("my-web", HTTPS),
    }),
    finds: [],
  },
  "one of two overlays patches": {
    files: patched("patchesStrategicMerge: [proxy.yaml]\n", "https", {
      "prod/proxy.yaml": MERGED("web", HTTPS),
      "test/kustomization.yaml": "resources: [../base]\nnamespace: test\n",
    }),
    finds: ["target-port-named"],
  },
  "a Service that its overlay gives the port and no address": {
    files: referring(
      `patches: [{ target: { kind: Service, name: web }, patch: "[{ op: replace, path: /spec/ports/0/port, value: 80 }]" }]\n` +
        `patchesStrategicMerge: ["{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { clusterIP: None } }"]\n`,
    ),
    finds: [],
  },
  "a Service that its overlay gives neither": {
    files: referring(
      `patchesStrategicMerge: ["{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { type: NodePort } }"]\n`,
    ),
    finds: ["references-resolve", "references-resolve"],
  },
  "a kustomization without workloads: a chart that is not rendered installs them": {
    files: {
      "apps/kustomization.yaml": "resources: [web.yaml]\n",
      "apps/web.yaml": service("{ selector: { app: web }, ports: [{ port: 80 }] }"),
    },
    finds: [],
  },
  "one without Services": {
    files: { "apps/kustomization.yaml": "resources: [web.yaml]\n", "apps/web.yaml": INGRESS("web") },
    finds: [],
  },
  "one with some": {
    files: {
      "apps/kustomization.yaml": "resources: [web.yaml, other.yaml]\n",
      "apps/web.yaml": `${service("{ selector: { app: web }, ports: [{ port: 80 }] }")}---\n${INGRESS("cart")}`,
      "apps/other.yaml": deployment("[]", "other").replaceAll("app: web", "app: cart"),
    },
    finds: ["selects-workload", "references-resolve"],
  },
  "a kustomization without workloads that another one nearly fits": {
    files: {
      "apps/kustomization.yaml": "resources: [web.yaml]\n",
      "apps/web.yaml": service("{ selector: { app: wbe }, ports: [{ port: 80 }] }"),
      "pods/web.yaml": deployment("[]"),
    },
    finds: ["selects-workload"],
  },
  "a webhook of a base leaves the namespace of its Service to the kustomization": {
    files: {
      "kustomization.yaml": "resources: [web.yaml]\nnamespace: team-b\nnamePrefix: my-\n",
      "web.yaml":
        "{ apiVersion: admissionregistration.k8s.io/v1, kind: MutatingWebhookConfiguration, metadata: { name: web }, webhooks: [{ name: web.example.com, clientConfig: { service: { name: web } } }] }\n" +
        "---\n{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { ports: [{ port: 443 }] } }\n",
    },
    finds: [],
  },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-strangers-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it.each(Object.entries(CASES))("%s", async (_name, { files, finds }) => {
  for (const [file, text] of Object.entries({ ...files, "policy/together.yaml": POLICY, "others.yaml": OTHERS })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const { stdout } = await fairlead(
    ["check", "--no-config", "--policy", "policy/together.yaml", "--format", "json", "."],
    {
      cwd: folder,
    },
  );
  const found = [...stdout.matchAll(/"rule":"policy\/([^"]*)"/g)].map(([, rule]) => rule);
  expect(found).toEqual(finds);
});
