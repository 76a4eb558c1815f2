import { describe, expect, it } from "@jest/globals";
import { referencesIn } from "#src/inventory/references/references-in.ts";
import { checkRows, made, type Row } from "./rows.ts";

const INGRESS: readonly Row[] = [
  {
    what: "an Ingress: default backend and paths, by number and by name",
    object: made("networking.k8s.io/v1", "Ingress", {
      defaultBackend: { service: { name: "fallback", port: { number: 80 } } },
      rules: [
        { host: "a.example.com" },
        {
          host: "b.example.com",
          http: {
            paths: [
              { path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { name: "http" } } } },
              { path: "/api", pathType: "Exact", backend: { service: { name: "api", port: { number: 8080 } } } },
            ],
          },
        },
      ],
    }),
    found: [
      "shop/fallback at spec.defaultBackend.service.name; port 80 at spec.defaultBackend.service.port.number",
      'shop/web at spec.rules[1].http.paths[0].backend.service.name; port "http" at spec.rules[1].http.paths[0].backend.service.port.name',
      "shop/api at spec.rules[1].http.paths[1].backend.service.name; port 8080 at spec.rules[1].http.paths[1].backend.service.port.number",
    ],
  },
  {
    what: "an Ingress whose backend is no Service",
    object: made("networking.k8s.io/v1", "Ingress", {
      defaultBackend: { resource: { apiGroup: "k8s.example.com", kind: "StorageBucket", name: "static" } },
    }),
    found: [],
  },
  {
    what: "an Ingress with an action of the AWS Load Balancer Controller",
    object: made("networking.k8s.io/v1", "Ingress", {
      rules: [
        {
          http: { paths: [{ backend: { service: { name: "ssl-redirect", port: { name: "use-annotation" } } } }] },
        },
      ],
    }),
    found: [],
  },
  ...["extensions/v1beta1", "networking.k8s.io/v1beta1"].map((version) => ({
    what: `an Ingress of ${version}`,
    object: made(version, "Ingress", {
      backend: { serviceName: "fallback", servicePort: 80 },
      rules: [{ http: { paths: [{ path: "/", backend: { serviceName: "web", servicePort: "http" } }] } }],
    }),
    found: [
      "shop/fallback at spec.backend.serviceName; port 80 at spec.backend.servicePort",
      'shop/web at spec.rules[0].http.paths[0].backend.serviceName; port "http" at spec.rules[0].http.paths[0].backend.servicePort',
    ],
  })),
];

const GATEWAY: readonly Row[] = [
  {
    what: "an HTTPRoute: backends, mirrors and authorization",
    object: made("gateway.networking.k8s.io/v1", "HTTPRoute", {
      parentRefs: [{ name: "gateway" }, { kind: "Gateway", group: "gateway.networking.k8s.io", name: "other" }],
      rules: [
        {
          filters: [
            { type: "RequestMirror", requestMirror: { backendRef: { name: "mirror", port: 80 } } },
            { type: "RequestRedirect", requestRedirect: { hostname: "example.com" } },
          ],
          backendRefs: [
            { name: "web", port: 80, weight: 9 },
            { group: "", kind: "Service", namespace: "pay", name: "api", port: 8080 },
            {
              name: "old",
              port: 80,
              filters: [
                { type: "ExternalAuth", externalAuth: { protocol: "GRPC", backendRef: { name: "auth", port: 9000 } } },
              ],
            },
            { group: "multicluster.x-k8s.io", kind: "ServiceImport", name: "far", port: 80 },
            { group: "example.com", kind: "Service", name: "else", port: 80 },
          ],
        },
      ],
    }),
    found: [
      "shop/mirror at spec.rules[0].filters[0].requestMirror.backendRef.name; port 80 at spec.rules[0].filters[0].requestMirror.backendRef.port; granted",
      "shop/web at spec.rules[0].backendRefs[0].name; port 80 at spec.rules[0].backendRefs[0].port; granted",
      "pay/api at spec.rules[0].backendRefs[1].name; port 8080 at spec.rules[0].backendRefs[1].port; granted",
      "shop/old at spec.rules[0].backendRefs[2].name; port 80 at spec.rules[0].backendRefs[2].port; granted",
      "shop/auth at spec.rules[0].backendRefs[2].filters[0].externalAuth.backendRef.name; port 9000 at spec.rules[0].backendRefs[2].filters[0].externalAuth.backendRef.port; granted",
    ],
  },
  {
    what: "an HTTPRoute of a mesh, whose parent is a Service",
    object: made("gateway.networking.k8s.io/v1", "HTTPRoute", {
      parentRefs: [
        { group: "", kind: "Service", name: "web", port: 80 },
        { kind: "Service", name: "of-the-gateway-group" },
      ],
    }),
    found: ["shop/web at spec.parentRefs[0].name; port 80 at spec.parentRefs[0].port"],
  },
  ...[
    ["gateway.networking.k8s.io/v1", "GRPCRoute"],
    ["gateway.networking.k8s.io/v1alpha2", "TCPRoute"],
    ["gateway.networking.k8s.io/v1alpha3", "TLSRoute"],
    ["gateway.networking.k8s.io/v1alpha2", "UDPRoute"],
  ].map(([version = "", kind = ""]) => ({
    what: `a ${kind}`,
    object: made(version, kind, { rules: [{ backendRefs: [{ name: "db", port: 5432 }] }] }),
    found: ["shop/db at spec.rules[0].backendRefs[0].name; port 5432 at spec.rules[0].backendRefs[0].port; granted"],
  })),
];

const SERVER: readonly Row[] = [
  {
    what: "a StatefulSet",
    object: made("apps/v1", "StatefulSet", { serviceName: "db", replicas: 3 }),
    found: ["shop/db at spec.serviceName; headless"],
  },
  { what: "a StatefulSet without a Service", object: made("apps/v1", "StatefulSet", { serviceName: "" }), found: [] },
  {
    what: "an APIService",
    object: made("apiregistration.k8s.io/v1", "APIService", {
      group: "metrics.k8s.io",
      service: { name: "metrics", namespace: "kube-system" },
    }),
    found: ["kube-system/metrics at spec.service.name; port 443"],
  },
  {
    what: "an APIService with a port",
    object: made("apiregistration.k8s.io/v1", "APIService", {
      service: { name: "metrics", namespace: "kube-system", port: 4443 },
    }),
    found: ["kube-system/metrics at spec.service.name; port 4443 at spec.service.port"],
  },
  {
    what: "an APIService of the API server itself",
    object: made("apiregistration.k8s.io/v1", "APIService", { group: "apps", version: "v1" }),
    found: [],
  },
  ...["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"].map((kind) => ({
    what: `a ${kind}`,
    object: {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind,
      metadata: { name: "it" },
      webhooks: [
        { name: "a.example.com", clientConfig: { url: "https://example.com" } },
        { name: "b.example.com", clientConfig: { service: { name: "hook", namespace: "ops", path: "/b" } } },
        { name: "c.example.com", clientConfig: { service: { name: "hook", namespace: "ops", port: 9443 } } },
      ],
    },
    found: [
      "ops/hook at webhooks[1].clientConfig.service.name; port 443",
      "ops/hook at webhooks[2].clientConfig.service.name; port 9443 at webhooks[2].clientConfig.service.port",
    ],
  })),
  {
    what: "a CustomResourceDefinition",
    object: made("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
      conversion: {
        strategy: "Webhook",
        webhook: { clientConfig: { service: { name: "convert", namespace: "ops" } }, conversionReviewVersions: ["v1"] },
      },
    }),
    found: ["ops/convert at spec.conversion.webhook.clientConfig.service.name; port 443"],
  },
  {
    what: "a CustomResourceDefinition of v1beta1",
    object: made("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", {
      conversion: { strategy: "Webhook", webhookClientConfig: { service: { name: "convert", namespace: "ops" } } },
    }),
    found: ["ops/convert at spec.conversion.webhookClientConfig.service.name; port 443"],
  },
  {
    what: "a CustomResourceDefinition that converts nothing",
    object: made("apiextensions.k8s.io/v1", "CustomResourceDefinition", { conversion: { strategy: "None" } }),
    found: [],
  },
];

checkRows([...INGRESS, ...GATEWAY, ...SERVER]);

describe("the object that names a Service", () => {
  const ROUTE = {
    rules: [
      {
        backendRefs: [
          { name: "web", port: 80 },
          { name: "api", namespace: "pay", port: 80 },
        ],
      },
    ],
  };

  it("is in its own namespace", () => {
    const [one] = referencesIn(made("gateway.networking.k8s.io/v1", "HTTPRoute", ROUTE), { namespace: "default" });
    expect(one).toMatchObject({ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "shop", name: "it" });
    expect(one).not.toHaveProperty("isNamespaceOpen");
  });

  it("leaves its namespace open, and that of the Service with it", () => {
    const object = made("gateway.networking.k8s.io/v1", "HTTPRoute", ROUTE, { namespace: undefined });
    expect(referencesIn(object, { namespace: "default" })).toMatchObject([
      { namespace: "default", isNamespaceOpen: true, target: { namespace: "default", service: "web" } },
      { namespace: "default", isNamespaceOpen: true, target: { namespace: "pay", service: "api" } },
    ]);
  });

  it("is in no namespace", () => {
    const spec = { service: { name: "metrics", namespace: "ops" } };
    const [one] = referencesIn(made("apiregistration.k8s.io/v1", "APIService", spec, { namespace: undefined }), {
      namespace: "default",
    });
    expect(one).toMatchObject({ namespace: "", name: "it" });
    expect(one).not.toHaveProperty("isNamespaceOpen");
  });
});
