import type { CatalogueExample } from "./example.ts";
import { mended, service } from "./write.ts";

const SPEC = `
  selector:
    app: shop
  ports:
    - port: 80
`;

/** A Service with this metadata. */
const named = (metadata: string): string => service(SPEC, metadata);

/** Names, labels and annotations. */
export const METADATA = {
  "name-required": {
    ...mended(service("clusterIP: None\nselector:\n  app: shop", "namespace: production"), [
      "namespace:",
      "name: shop\n  namespace:",
    ]),
    why: "A Service is found by its name: in the API, in DNS, and by everything that refers to it.",
    note: "The Service of this example is headless. For others, the API server first looks for a cluster IP, and says [`address-without-name`](/findings/address-without-name).",
  },
  "name-format": {
    ...mended(named("name: Shop_Frontend"), ["Shop_Frontend", "shop-frontend"]),
    why: "The name becomes a label of a DNS name, `shop-frontend.production.svc.cluster.local`. DNS has no underscores, and no upper case.",
  },
  "name-in-path": {
    ...mended(
      named(`
        name: shop
        generateName: shop/
      `),
      ["\n  generateName: shop/", ""],
    ),
    before: named("name: shop"),
    why: "The name is a part of the object's URL, and an update checks the prefix although the Service has its name already.",
  },
  "namespace-format": {
    ...mended(
      named(`
        name: shop
        namespace: Team_A
      `),
      ["Team_A", "team-a"],
    ),
    why: "A namespace is a part of the DNS names of its Services, and of the URLs of all its objects.",
  },
  negative: {
    ...mended(
      named(`
        name: shop
        generation: -1
      `),
      ["\n  generation: -1", ""],
    ),
    why: "The API server counts the changes of an object's spec in it. It is not for manifests.",
  },
  "resource-version-on-create": {
    ...mended(
      named(`
        name: shop
        resourceVersion: "184467"
      `),
      ['\n  resourceVersion: "184467"', ""],
    ),
    why: "A resource version says which stored object a change is based on, and a new object has none. It is usually left over from `kubectl get -o yaml`.",
    note: "`fairlead check` warns only: kubectl and Helm clear the field before they create an object. The apply after that would conflict.",
  },
  "text-too-long": {
    ...mended(
      named(`
        name: shop
        managedFields:
          - manager: release-pipeline/shop-frontend/production-eu-west/blue-green-deployment/step-04-create-or-update-services/attempt-1/run-20261102-0930
            operation: Update
            apiVersion: v1
            fieldsType: FieldsV1
            fieldsV1:
              f:spec: {}
      `),
      [
        "release-pipeline/shop-frontend/production-eu-west/blue-green-deployment/step-04-create-or-update-services/attempt-1/run-20261102-0930",
        "release-pipeline",
      ],
    ),
    why: "The manager of a field is kept with each of its fields. In a request it is given by `--field-manager`.",
  },
  "manager-not-printable": {
    ...mended(
      named(`
        name: shop
        managedFields:
          - manager: "release pipeline\\n"
            operation: Update
            apiVersion: v1
            fieldsType: FieldsV1
            fieldsV1:
              f:spec: {}
      `),
      ["\\n", ""],
    ),
    why: "The manager of a field is shown in logs and conflicts. A line feed in it usually comes from the output of a command.",
  },
  "label-key": {
    ...mended(
      named(`
        name: shop
        labels:
          example.com/team/name: checkout
      `),
      ["team/name", "team-name"],
    ),
    why: "The keys of labels are used in selectors, so their form is strict: one optional prefix, which is a DNS name, and a name.",
  },
  "label-value": {
    ...mended(
      named(`
        name: shop
        labels:
          owner: Checkout Team
      `),
      ["Checkout Team", "checkout-team"],
    ),
    why: "The values of labels are used in selectors, so they have no spaces and no other special characters. Any text may stand in an annotation.",
  },
  "annotation-key": {
    ...mended(
      named(`
        name: shop
        annotations:
          on call: "#checkout"
      `),
      ["on call", "on-call"],
    ),
    why: "The values of annotations are free, their keys are not: they have the form of the keys of labels.",
  },
  "annotations-too-long": {
    ...mended(
      named(`
        name: shop
        annotations:
          example.com/dashboard: <260 KiB of JSON>
      `),
      ["<260 KiB of JSON>", "https://grafana.example.com/d/shop"],
    ),
    why: "All annotations of an object are sent to everybody who watches it. They are notes, not files.",
    filler: { mark: "<260 KiB of JSON>", text: "x", times: 266_240 },
  },
  "topology-annotations-differ": {
    ...mended(
      named(`
        name: shop
        annotations:
          service.kubernetes.io/topology-aware-hints: disabled
          service.kubernetes.io/topology-mode: Auto
      `),
      ["service.kubernetes.io/topology-aware-hints: disabled\n    ", ""],
    ),
    why: "The second annotation is the new name of the first one.",
  },
  "owner-api-version": {
    ...mended(
      named(`
        name: shop
        ownerReferences:
          - apiVersion: ""
            kind: Deployment
            name: shop
            uid: 5f0d7c1a-3b1e-4c7e-9d7a-1f0c2b3a4d5e
      `),
      ['apiVersion: ""', "apiVersion: apps/v1"],
    ),
    why: "The garbage collector looks for the owner in the API that the reference names.",
  },
  "owner-field-empty": {
    ...mended(
      named(`
        name: shop
        ownerReferences:
          - apiVersion: apps/v1
            kind: Deployment
            name: shop
            uid: ""
      `),
      ['uid: ""', "uid: 5f0d7c1a-3b1e-4c7e-9d7a-1f0c2b3a4d5e"],
    ),
    why: "The owner is one object and not any one of that name: if its uid is another one, the garbage collector deletes what it owns.",
  },
  "owner-forbidden": {
    ...mended(
      named(`
        name: shop
        ownerReferences:
          - apiVersion: v1
            kind: Event
            name: shop.17f2c0a1
            uid: 5f0d7c1a-3b1e-4c7e-9d7a-1f0c2b3a4d5e
      `),
      [
        "apiVersion: v1\n      kind: Event\n      name: shop.17f2c0a1",
        "apiVersion: apps/v1\n      kind: Deployment\n      name: shop",
      ],
    ),
    why: "Events expire after an hour, and what they own would be deleted with them.",
  },
  "two-controllers": {
    ...mended(
      named(`
        name: shop
        ownerReferences:
          - apiVersion: apps/v1
            kind: Deployment
            name: shop
            uid: 5f0d7c1a-3b1e-4c7e-9d7a-1f0c2b3a4d5e
            controller: true
          - apiVersion: example.com/v1
            kind: Shop
            name: shop
            uid: 0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d
            controller: true
      `),
      ["3a4d5e\n      controller: true", "3a4d5e"],
    ),
    why: "The controller is the one owner that manages the object. With two of them, each would undo the changes of the other.",
  },
  "finalizer-format": {
    ...mended(
      named(`
        name: shop
        finalizers:
          - example.com/clean up
      `),
      ["clean up", "clean-up"],
    ),
    why: "A finalizer is the name by which a controller finds the objects that it must clean up after.",
  },
  "finalizer-unqualified": {
    ...mended(
      named(`
        name: shop
        finalizers:
          - cleanup
      `),
      ["cleanup", "example.com/cleanup"],
    ),
    why: "Without a prefix nobody knows whose finalizer it is, and the object can never be removed.",
  },
  "finalizers-conflict": {
    ...mended(
      named(`
        name: shop
        finalizers:
          - orphan
          - foregroundDeletion
      `),
      ["\n    - orphan", ""],
    ),
    why: "One says that what the object owns stays, the other that it is deleted first.",
  },
} as const satisfies Record<string, CatalogueExample>;
