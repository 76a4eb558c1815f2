import type { CatalogueExample } from "./example.ts";
import { mended, service, yaml } from "./write.ts";

/** What the API server cannot read as a Service. */
export const DECODING = {
  "wrong-kind": {
    ...mended(
      yaml(`
        apiVersion: v2
        kind: Service
        metadata:
          name: shop
        spec:
          selector:
            app: shop
          ports:
            - port: 80
      `),
      ["v2", "v1"],
    ),
    why: "There is one version of the Service, `v1` of the core group. Of another version, the API server has no such kind.",
  },
  "wrong-type": {
    ...mended(
      service(`
        selector:
          app: shop
          canary: true
        ports:
          - port: 80
      `),
      ["true", '"true"'],
    ),
    why: "JSON has types, and so has each field: labels and selectors are maps of strings, ports are numbers. The API server converts nothing.",
  },
  "wrong-time": {
    ...mended(
      service(
        `
        selector:
          app: shop
        ports:
          - port: 80
        `,
        `
        name: shop
        creationTimestamp: 2026-11-02 09:30
        `,
      ),
      ["\n  creationTimestamp: 2026-11-02 09:30", ""],
    ),
    why: "Times are text in the format of RFC 3339, with `T` and a time zone. The server writes them: in a manifest they are usually left over from an export.",
  },
  "not-int32": {
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          - port: 80
            targetPort: 80808080808
      `),
      ["80808080808", "8080"],
    ),
    why: "Numbers of a Service have 32 bits. What does not fit is refused while the object is read, before any rule about its value.",
  },
  "unknown-field": {
    ...mended(
      service(`
        type: NodePort
        selector:
          app: shop
        ports:
          - port: 80
            nodeport: 30080
      `),
      ["nodeport", "nodePort"],
    ),
    why: "Names of fields are case-sensitive. A client that does not ask for strict validation gets a warning, and the Service is created without the field.",
  },
  "duplicate-field": {
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          - port: 80
        selector:
          app: shop
          tier: web
      `),
      ["selector:\n    app: shop\n  ports", "ports"],
    ),
    why: "One of the two lines has no effect, and which one depends on who reads the file: kubectl keeps the last one.",
  },
  "wrong-place": {
    ...mended(
      service(
        `
        selector:
          app: shop
        ports:
          - port: 80
        `,
        `
        name: shop
        namespace: staging
        `,
      ),
      ["staging", "production"],
    ),
    why: "The URL of a request names the namespace and the Service, and the object in its body must be that one.",
    onlyInRequests: {
      because:
        "kubectl sends each manifest to the namespace that it names, and `fairlead check` judges it there. kubectl itself refuses `--namespace` with another one than the manifest's.",
      namespace: "production",
    },
    note: "Here the request is for the namespace `production`.",
  },
} as const satisfies Record<string, CatalogueExample>;
