import { checkRows, made, type Row } from "./rows.ts";

const MONITORS: readonly Row[] = [
  {
    what: "a ServiceMonitor: the selection, and each port by name",
    object: made("monitoring.coreos.com/v1", "ServiceMonitor", {
      selector: { matchLabels: { app: "web" } },
      endpoints: [{ port: "metrics" }, { targetPort: 9090 }, { port: "admin", targetPort: 9091 }],
    }),
    found: [
      '{"matchLabels":{"app":"web"}} in shop at spec.selector',
      '{"matchLabels":{"app":"web"}} in shop at spec.selector; port "metrics" at spec.endpoints[0].port',
      '{"matchLabels":{"app":"web"}} in shop at spec.selector; port "admin" at spec.endpoints[2].port',
    ],
  },
  {
    what: "a ServiceMonitor for some namespaces, by expressions",
    object: made("monitoring.coreos.com/v1", "ServiceMonitor", {
      namespaceSelector: { matchNames: ["a", "b"] },
      selector: { matchExpressions: [{ key: "app", operator: "In", values: ["web", "api"] }] },
      endpoints: [],
    }),
    found: ['{"matchExpressions":[{"key":"app","operator":"In","values":["web","api"]}]} in a,b at spec.selector'],
  },
  {
    what: "a ServiceMonitor for all namespaces and all Services",
    object: made("monitoring.coreos.com/v1", "ServiceMonitor", { namespaceSelector: { any: true }, selector: {} }),
    found: ["{} in any at spec.selector"],
  },
];

const OTHERS: readonly Row[] = [
  {
    what: "an OpenShift Route",
    object: made("route.openshift.io/v1", "Route", {
      to: { kind: "Service", name: "web", weight: 90 },
      alternateBackends: [{ kind: "Service", name: "next", weight: 10 }],
      port: { targetPort: "http" },
    }),
    found: [
      'shop/web at spec.to.name; port "http" at spec.port.targetPort',
      'shop/next at spec.alternateBackends[0].name; port "http" at spec.port.targetPort',
    ],
  },
  {
    what: "an OpenShift Route without a port",
    object: made("route.openshift.io/v1", "Route", { to: { kind: "Service", name: "web" } }),
    found: ["shop/web at spec.to.name"],
  },
  {
    what: "a ServiceExport",
    object: {
      ...made("multicluster.x-k8s.io/v1alpha1", "ServiceExport", undefined),
      metadata: { name: "web", namespace: "shop" },
    },
    found: ["shop/web at metadata.name"],
  },
  {
    what: "a ServiceImport",
    object: made("multicluster.x-k8s.io/v1alpha1", "ServiceImport", { type: "ClusterSetIP", ports: [{ port: 80 }] }),
    found: [],
  },
];

const TRAEFIK: readonly Row[] = [
  ...["traefik.io/v1alpha1", "traefik.containo.us/v1alpha1"].map((version) => ({
    what: `an IngressRoute of ${version}`,
    object: made(version, "IngressRoute", {
      routes: [
        {
          match: "Host(`example.com`)",
          kind: "Rule",
          services: [
            { name: "web", port: 80 },
            { name: "api", kind: "Service", namespace: "pay", port: "http" },
            { name: "split", kind: "TraefikService" },
            { name: "api@internal", kind: "TraefikService" },
            { name: "shop-web-80@kubernetescrd" },
          ],
        },
      ],
    }),
    found: [
      "shop/web at spec.routes[0].services[0].name; port 80 at spec.routes[0].services[0].port",
      'pay/api at spec.routes[0].services[1].name; port "http" at spec.routes[0].services[1].port',
    ],
  })),
  ...["IngressRouteTCP", "IngressRouteUDP"].map((kind) => ({
    what: `an ${kind}`,
    object: made("traefik.io/v1alpha1", kind, { routes: [{ services: [{ name: "db", port: 5432 }] }] }),
    found: ["shop/db at spec.routes[0].services[0].name; port 5432 at spec.routes[0].services[0].port"],
  })),
  {
    what: "a TraefikService that distributes by weight",
    object: made("traefik.io/v1alpha1", "TraefikService", {
      weighted: {
        services: [
          { name: "web", port: 80, weight: 1 },
          { name: "other", kind: "TraefikService" },
        ],
      },
    }),
    found: ["shop/web at spec.weighted.services[0].name; port 80 at spec.weighted.services[0].port"],
  },
  {
    what: "a TraefikService that mirrors",
    object: made("traefik.io/v1alpha1", "TraefikService", {
      mirroring: { name: "web", port: 80, mirrors: [{ name: "copy", port: 80, percent: 10 }] },
    }),
    found: [
      "shop/web at spec.mirroring.name; port 80 at spec.mirroring.port",
      "shop/copy at spec.mirroring.mirrors[0].name; port 80 at spec.mirroring.mirrors[0].port",
    ],
  },
  {
    what: "a Middleware for errors",
    object: made("traefik.io/v1alpha1", "Middleware", {
      errors: { status: ["500-599"], query: "/{status}.html", service: { name: "errors", port: 80 } },
    }),
    found: ["shop/errors at spec.errors.service.name; port 80 at spec.errors.service.port"],
  },
];

const ISTIO: readonly Row[] = [
  {
    what: "a VirtualService: destinations and mirrors",
    object: made("networking.istio.io/v1", "VirtualService", {
      hosts: ["web.example.com", "web"],
      http: [
        {
          route: [
            { destination: { host: "web", subset: "v1", port: { number: 8080 } }, weight: 90 },
            { destination: { host: "web.pay.svc.cluster.local" }, weight: 10 },
          ],
          mirror: { host: "copy.pay.svc", port: { number: 80 } },
          mirrors: [{ destination: { host: "second" }, percentage: { value: 1 } }],
        },
      ],
      tcp: [{ route: [{ destination: { host: "db", port: { number: 5432 } } }] }],
      tls: [{ route: [{ destination: { host: "secure" } }] }],
    }),
    found: [
      "shop/web at spec.http[0].route[0].destination.host; port 8080 at spec.http[0].route[0].destination.port.number",
      "pay/web at spec.http[0].route[1].destination.host",
      "pay/copy at spec.http[0].mirror.host; port 80 at spec.http[0].mirror.port.number",
      "shop/second at spec.http[0].mirrors[0].destination.host",
      "shop/db at spec.tcp[0].route[0].destination.host; port 5432 at spec.tcp[0].route[0].destination.port.number",
      "shop/secure at spec.tls[0].route[0].destination.host",
    ],
  },
  ...["web", "web.shop.svc", "web.shop.svc.cluster.local"].map((host) => ({
    what: `a DestinationRule for ${host}`,
    object: made("networking.istio.io/v1beta1", "DestinationRule", { host }),
    found: ["shop/web at spec.host"],
  })),
  ...[
    "example.com",
    "web.shop",
    "api.example.com",
    "*",
    "*.local",
    "*.shop.svc.cluster.local",
    "web.shop.svc.clusterset.local",
    "10.0.0.1",
    "fd00::1",
    "",
  ].map((host) => ({
    what: `a DestinationRule for ${host}, which need not be a Service`,
    object: made("networking.istio.io/v1", "DestinationRule", { host }),
    found: [],
  })),
];

const NONE: readonly Row[] = [
  { what: "a kind that names none", object: made("apps/v1", "Deployment", { serviceName: "web" }), found: [] },
  {
    what: "the kind of another group",
    object: made("networking.internal.knative.dev/v1alpha1", "Ingress", {
      defaultBackend: { service: { name: "web", port: { number: 80 } } },
    }),
    found: [],
  },
  { what: "an object without a spec", object: { apiVersion: "networking.k8s.io/v1", kind: "Ingress" }, found: [] },
  { what: "an object without a kind", object: {}, found: [] },
  {
    what: "values of other types",
    object: made("networking.k8s.io/v1", "Ingress", {
      defaultBackend: { service: { name: 1, port: { number: 80 } } },
      rules: { http: [] },
    }),
    found: [],
  },
];

checkRows([...MONITORS, ...OTHERS, ...TRAEFIK, ...ISTIO, ...NONE]);
