/** The objects of a large cluster, as its API server has them. */
import type { JsonObject } from "#src/field/json.ts";

/** How many objects there are of each kind: a workload makes ten Pods. */
export interface Size {
  readonly services: number;
  readonly workloads: number;
  readonly ingresses: number;
}

const NAMESPACES = 500;
export const PODS_OF_WORKLOAD = 10;

/** The Services: those of the first workloads select them, the others select by labels of their own. */
export function* services({ services: count, workloads }: Size): Generator<JsonObject> {
  for (let i = 0; i < count; i++) {
    const app = i < workloads ? `app-${i}` : `other-${i}`;
    yield {
      apiVersion: "v1",
      kind: "Service",
      metadata: { ...metadata("service", i), labels: labelsOf(app) },
      spec: {
        type: i % 50 === 0 ? "LoadBalancer" : "ClusterIP",
        clusterIP: "10.0.0.1",
        clusterIPs: ["10.0.0.1"],
        selector: { "app.kubernetes.io/name": app, "app.kubernetes.io/instance": app },
        ports: [
          { name: "http", port: 80, protocol: "TCP", targetPort: "http" },
          { name: "metrics", port: 9090, protocol: "TCP", targetPort: 9090 },
        ],
      },
      status: { loadBalancer: {} },
    };
  }
}

export function* deployments({ workloads }: Size): Generator<JsonObject> {
  for (let i = 0; i < workloads; i++) {
    const labels = labelsOf(`app-${i}`);
    yield {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { ...metadata("app", i), labels },
      spec: {
        replicas: PODS_OF_WORKLOAD,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels: { ...labels, "app.kubernetes.io/version": `1.${i % 100}` } },
          spec: {
            containers: [
              {
                name: "main",
                image: `app-${i}:1`,
                env: Array.from({ length: 20 }, (_, n) => ({ name: `SETTING_${n}`, value: `value of ${n}` })),
                ports: [
                  { name: "http", containerPort: 8080, protocol: "TCP" },
                  { name: "metrics", containerPort: 9090, protocol: "TCP" },
                ],
              },
            ],
          },
        },
      },
      status: { replicas: PODS_OF_WORKLOAD },
    };
  }
}

export function* ingresses({ ingresses: count }: Size): Generator<JsonObject> {
  for (let i = 0; i < count; i++) {
    const service = { name: `service-${i}`, port: { name: "http" } };
    const paths = [{ path: "/", pathType: "Prefix", backend: { service } }];
    yield {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: metadata("ingress", i),
      spec: { rules: [{ host: `app-${i}.example.com`, http: { paths } }] },
      status: { loadBalancer: {} },
    };
  }
}

/** The namespace of the Service, workload and Ingress of this number. */
export function namespaceOf(i: number): string {
  return `team-${i % NAMESPACES}`;
}

function metadata(kind: string, i: number): JsonObject {
  return {
    name: `${kind}-${i}`,
    namespace: namespaceOf(i),
    uid: `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`,
    resourceVersion: String(i + 1),
    creationTimestamp: "2026-01-01T00:00:00Z",
    annotations: { "example.com/owner": `team ${i % NAMESPACES}` },
  };
}

function labelsOf(app: string): Record<string, string> {
  return { "app.kubernetes.io/name": app, "app.kubernetes.io/instance": app };
}
