/**
 * Names of ports of sidecars that webhooks add to Pods: no manifest has them. Sources: istio/istio
 * `manifests/charts/istio-control/istio-discovery/files/injection-template.yaml`; linkerd/linkerd2
 * `charts/partials/templates/_proxy.tpl`; dapr/dapr `pkg/injector/patcher/sidecar_container.go`.
 */
const INJECTED_PORTS: ReadonlySet<string> = new Set([
  "http-envoy-prom",
  "linkerd-proxy",
  "linkerd-admin",
  "dapr-http",
  "dapr-grpc",
  "dapr-internal",
  "dapr-metrics",
]);

/** Whether a port of this name may be of a sidecar that is added later. */
export function isInjected(name: string): boolean {
  return INJECTED_PORTS.has(name);
}
