import type { CatalogueExample } from "../examples/example.ts";
import { mended, service, yaml } from "../examples/write.ts";

/** How a text is read, and what nobody refuses although it is hardly meant. */
export const TEXTS = {
  "not-yaml": mended(
    yaml(`
      apiVersion: v1
      kind: Service
      metadata:
        name: shop
      spec:
        selector:
          app: shop
        ports:
          - port: 80
           name: http
    `),
    ["     name", "      name"],
  ),
  "chart-template": {
    ...mended(
      yaml(`
        apiVersion: v1
        kind: Service
        metadata:
          name: {{ .Release.Name }}-shop
        spec:
          selector:
            app: shop
          ports:
            - port: 80
      `),
      ["{{ .Release.Name }}", "production"],
    ),
    note: "The good text is what Helm makes of it: `helm template production ./chart | fairlead check -`, or `fairlead check --render` for all charts of a folder.",
  },
  "bare-list": mended(
    yaml(`
      - apiVersion: v1
        kind: Service
        metadata:
          name: shop
        spec:
          selector:
            app: shop
          ports:
            - port: 80
    `),
    ["- apiVersion: v1\n  kind: Service", "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service"],
  ),
  "kind-missing": mended(
    yaml(`
      apiVersion: v1
      metadata:
        name: shop
      spec:
        selector:
          app: shop
        ports:
          - port: 80
    `),
    ["v1", "v1\nkind: Service"],
  ),
  "version-missing": mended(
    yaml(`
      kind: Service
      metadata:
        name: shop
      spec:
        selector:
          app: shop
        ports:
          - port: 80
    `),
    ["kind: Service", "apiVersion: v1\nkind: Service"],
  ),
  "kind-unknown": mended(
    yaml(`
      apiVersion: v1
      kind: service
      metadata:
        name: shop
      spec:
        selector:
          app: shop
        ports:
          - port: 80
    `),
    ["service", "Service"],
  ),
  "yaml-word": {
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          - port: 80
            targetPort: 0100
      `),
      ["0100", "100"],
    ),
  },
  "not-indented": mended(
    yaml(`
      apiVersion: v1
      kind: Service
      metadata:
        name: shop
      spec:
      selector:
        app: shop
      ports:
        - port: 80
    `),
    ["selector:\n  app: shop\nports:\n  - port: 80", "  selector:\n    app: shop\n  ports:\n    - port: 80"],
  ),
  "external-name-address": {
    bad: service(
      `
      type: ExternalName
      externalName: 10.20.30.40
      `,
      "name: database",
    ),
    good: `${service(
      `
      ports:
        - port: 5432
      `,
      "name: database",
    )}---\n${yaml(`
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata:
        name: database-1
        labels:
          kubernetes.io/service-name: database
      addressType: IPv4
      ports:
        - port: 5432
      endpoints:
        - addresses:
            - 10.20.30.40
    `)}`,
  },
  "no-effect": mended(
    service(`
      clusterIP: None
      trafficDistribution: PreferSameZone
      selector:
        app: shop
      ports:
        - port: 80
    `),
    ["\n  trafficDistribution: PreferSameZone", ""],
  ),
  "controller-annotation": mended(
    service(
      `
      type: LoadBalancer
      selector:
        app: shop
      ports:
        - port: 80
      `,
      `
      name: shop
      annotations:
        service.beta.kubernetes.io/aws-load-balancer-schema: internal
      `,
    ),
    ["balancer-schema", "balancer-scheme"],
  ),
  "field-cleared": {
    ...mended(
      service(`
        sessionAffinityConfig:
          clientIP:
            timeoutSeconds: 600
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["sessionAffinityConfig", "sessionAffinity: ClientIP\n  sessionAffinityConfig"],
    ),
    note: "The good example is for whom affinity matters. Without it, the field is left out.",
  },
} as const satisfies Record<string, CatalogueExample>;
