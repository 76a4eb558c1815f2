import type { FieldHelp } from "./help.ts";

/** Metadata that the server writes itself: to be left out of manifests. */
const SERVERS_OWN: FieldHelp = {
  purpose: "Written by the API server; leave it out of manifests.",
  rules: ["immutable"],
};

/** The object itself, and its metadata. */
export const METADATA_FIELDS = {
  apiVersion: { purpose: "The version of the API: v1.", default: "taken from the request", rules: ["wrong-kind"] },
  kind: { purpose: "The kind of the object: Service.", default: "taken from the request", rules: ["wrong-kind"] },
  metadata: { purpose: "Name, labels and annotations, as on every object." },
  "metadata.name": {
    purpose: "The Service's name, which is its DNS name within the namespace.",
    rules: ["name-required", "name-format", "immutable", "wrong-place"],
  },
  "metadata.generateName": {
    purpose: "A prefix that the server makes a unique name of, where there is no name.",
    rules: ["name-format", "name-in-path"],
  },
  "metadata.namespace": {
    purpose: "The namespace that it lives in.",
    default: "the namespace of the request",
    rules: ["namespace-format", "immutable", "wrong-place"],
  },
  "metadata.labels": {
    purpose: "Short key and value pairs to select objects by.",
    rules: ["label-key", "label-value"],
  },
  "metadata.annotations": {
    purpose: "Notes for programs: clouds read most of their load balancer settings here.",
    rules: [
      "annotation-key",
      "annotations-too-long",
      "topology-annotations-differ",
      "only-load-balancer",
      "cidr-format",
    ],
    warnings: ["topology-hints-deprecated"],
  },
  "metadata.finalizers": {
    purpose: "Who must agree before the object is gone.",
    rules: ["finalizer-format", "finalizer-unqualified", "finalizers-conflict", "finalizer-while-deleted"],
  },
  "metadata.ownerReferences": {
    purpose: "The objects that it goes away with.",
    rules: ["owner-api-version", "owner-field-empty", "owner-forbidden", "two-controllers"],
    warnings: ["duplicate-owner"],
  },
  "metadata.ownerReferences[].apiVersion": { purpose: "The owner's API version.", rules: ["owner-api-version"] },
  "metadata.ownerReferences[].kind": { purpose: "The owner's kind.", rules: ["owner-field-empty"] },
  "metadata.ownerReferences[].name": { purpose: "The owner's name.", rules: ["owner-field-empty"] },
  "metadata.ownerReferences[].uid": { purpose: "The owner's uid.", rules: ["owner-field-empty"] },
  "metadata.ownerReferences[].controller": {
    purpose: "Whether this owner manages the object.",
    rules: ["two-controllers"],
  },
  "metadata.ownerReferences[].blockOwnerDeletion": { purpose: "Whether the owner waits for this object to be gone." },
  "metadata.uid": SERVERS_OWN,
  "metadata.resourceVersion": {
    purpose: "The version of the object that an update is based on; leave it out of manifests.",
    rules: ["resource-version-on-create"],
  },
  "metadata.generation": { purpose: "Counted by the API server; leave it out of manifests.", rules: ["negative"] },
  "metadata.selfLink": { purpose: "No longer used." },
  "metadata.creationTimestamp": { ...SERVERS_OWN, rules: ["wrong-time"] },
  "metadata.deletionTimestamp": { ...SERVERS_OWN, rules: ["immutable", "wrong-time"] },
  "metadata.deletionGracePeriodSeconds": SERVERS_OWN,
  "metadata.managedFields": { purpose: "Who wrote which field, kept by the API server; leave it out of manifests." },
} as const satisfies Record<string, FieldHelp>;
