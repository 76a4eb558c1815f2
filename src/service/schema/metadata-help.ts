import type { FieldHelp } from "./help.ts";

/** Metadata that the API server manages. */
const SERVER_MANAGED: FieldHelp = {
  purpose: "Written by the API server; leave it out of manifests.",
  rules: ["immutable"],
};

/** The help for the object itself and its metadata. */
export const METADATA_FIELDS = {
  apiVersion: { purpose: "The version of the API: v1.", default: "taken from the request", rules: ["wrong-kind"] },
  kind: { purpose: "The kind of the object: Service.", default: "taken from the request", rules: ["wrong-kind"] },
  metadata: { purpose: "Name, labels and annotations, as on every object." },
  "metadata.name": {
    purpose: "The Service's name, which is its DNS name within the namespace.",
    rules: ["name-required", "name-format", "immutable", "wrong-place"],
  },
  "metadata.generateName": {
    purpose: "A prefix from which the server generates a unique name, if there is no name.",
    rules: ["name-format", "name-in-path"],
  },
  "metadata.namespace": {
    purpose: "The namespace of the Service.",
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
    purpose: "The controllers that must agree before the object is removed.",
    rules: ["finalizer-format", "finalizer-unqualified", "finalizers-conflict", "finalizer-while-deleted"],
  },
  "metadata.ownerReferences": {
    purpose: "The owners of the object: when they are all deleted, it is deleted too.",
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
  "metadata.ownerReferences[].blockOwnerDeletion": {
    purpose: "Whether the owner can be removed only after this object, in a foreground deletion.",
  },
  "metadata.uid": { ...SERVER_MANAGED, rules: ["immutable", "uid-conflict"] },
  "metadata.resourceVersion": {
    purpose: "The version of the object that an update is based on; leave it out of manifests.",
    rules: ["resource-version-on-create", "stale-resource-version", "resource-version-format"],
  },
  "metadata.generation": { purpose: "Counted by the API server; leave it out of manifests.", rules: ["negative"] },
  "metadata.selfLink": { purpose: "No longer used." },
  "metadata.creationTimestamp": { ...SERVER_MANAGED, rules: ["wrong-time"] },
  "metadata.deletionTimestamp": { ...SERVER_MANAGED, rules: ["immutable", "wrong-time"] },
  "metadata.deletionGracePeriodSeconds": SERVER_MANAGED,
  "metadata.managedFields": {
    purpose: "Who wrote which field, kept by the API server; leave it out of manifests.",
    rules: ["text-too-long", "manager-not-printable"],
  },
} as const satisfies Record<string, FieldHelp>;
