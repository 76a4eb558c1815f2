import type { Need } from "../../inventory/model/index.ts";

/** A kind of object that an inventory reads. */
export interface Collection {
  /** Empty for the core. */
  readonly group: string;
  /** The versions in which the fields that are read are the same, the newest first. */
  readonly versions: readonly string[];
  readonly resource: string;
  readonly kind: string;
  readonly needs: readonly Need[];
  /** Whether it belongs to others than Kubernetes: a cluster that has it, but does not show it, is judged without it. */
  readonly isOptional?: true;
  readonly labelSelector?: string;
  readonly metadataOnly?: true;
  /** How many objects an answer holds; less than the usual for large ones. */
  readonly pageSize?: number;
}

/** A page of ordinary objects is parsed in a few milliseconds. */
export const PAGE = 200;
const PAGE_OF_LARGE = 20;

const apps = { group: "apps", versions: ["v1"] } as const;
const batch = { group: "batch", versions: ["v1", "v1beta1"] } as const;
const core = { group: "", versions: ["v1"] } as const;
const gateway = {
  group: "gateway.networking.k8s.io",
  versions: ["v1", "v1beta1", "v1alpha3", "v1alpha2"],
  needs: ["references"],
  isOptional: true,
} as const;
const istio = {
  group: "networking.istio.io",
  versions: ["v1", "v1beta1", "v1alpha3"],
  needs: ["references"],
  isOptional: true,
} as const;
const registrations = {
  group: "admissionregistration.k8s.io",
  versions: ["v1", "v1beta1"],
  needs: ["references"],
  pageSize: PAGE_OF_LARGE,
} as const;

/**
 * What is read for each need. Of Pods and ReplicaSets the server sends only those that no other object here stands for: the
 * labels are those that Kubernetes' own controllers set. So the Pods of Deployments, by far the most, are never sent.
 */
export const COLLECTIONS: readonly Collection[] = [
  { ...core, resource: "services", kind: "Service", needs: ["services"] },
  { ...core, resource: "resourcequotas", kind: "ResourceQuota", needs: ["quotas"] },

  { ...apps, resource: "deployments", kind: "Deployment", needs: ["workloads"] },
  { ...apps, resource: "statefulsets", kind: "StatefulSet", needs: ["workloads", "references"] },
  { ...apps, resource: "daemonsets", kind: "DaemonSet", needs: ["workloads"] },
  {
    ...apps,
    resource: "replicasets",
    kind: "ReplicaSet",
    needs: ["workloads"],
    labelSelector: "!pod-template-hash,!rollouts-pod-template-hash",
  },
  { ...batch, resource: "jobs", kind: "Job", needs: ["workloads"] },
  { ...batch, resource: "cronjobs", kind: "CronJob", needs: ["workloads"] },
  { ...core, resource: "replicationcontrollers", kind: "ReplicationController", needs: ["workloads"] },
  {
    ...core,
    resource: "pods",
    kind: "Pod",
    needs: ["workloads"],
    labelSelector:
      "!pod-template-hash,!rollouts-pod-template-hash,!controller-revision-hash,!job-name,!deploymentconfig",
  },
  {
    // Others than Kubernetes use this label, too, on the Pods of kinds that are not known here.
    ...core,
    resource: "pods",
    kind: "Pod",
    needs: ["workloads"],
    labelSelector: "controller-revision-hash",
    metadataOnly: true,
  },
  {
    group: "argoproj.io",
    versions: ["v1alpha1"],
    resource: "rollouts",
    kind: "Rollout",
    needs: ["workloads"],
    isOptional: true,
  },
  {
    group: "apps.openshift.io",
    versions: ["v1"],
    resource: "deploymentconfigs",
    kind: "DeploymentConfig",
    needs: ["workloads"],
    isOptional: true,
  },
  {
    group: "autoscaling",
    versions: ["v2", "v1"],
    resource: "horizontalpodautoscalers",
    kind: "HorizontalPodAutoscaler",
    needs: ["workloads"],
  },
  {
    group: "keda.sh",
    versions: ["v1alpha1"],
    resource: "scaledobjects",
    kind: "ScaledObject",
    needs: ["workloads"],
    isOptional: true,
  },
  {
    // Those that no controller has made of a selector. Endpoints that somebody wrote are mirrored into such slices.
    group: "discovery.k8s.io",
    versions: ["v1", "v1beta1"],
    resource: "endpointslices",
    kind: "EndpointSlice",
    needs: ["workloads"],
    labelSelector: "endpointslice.kubernetes.io/managed-by!=endpointslice-controller.k8s.io",
  },

  {
    group: "networking.k8s.io",
    versions: ["v1", "v1beta1"],
    resource: "ingresses",
    kind: "Ingress",
    needs: ["references"],
  },
  {
    group: "apiregistration.k8s.io",
    versions: ["v1"],
    resource: "apiservices",
    kind: "APIService",
    needs: ["references"],
  },
  { ...registrations, resource: "mutatingwebhookconfigurations", kind: "MutatingWebhookConfiguration" },
  { ...registrations, resource: "validatingwebhookconfigurations", kind: "ValidatingWebhookConfiguration" },
  {
    group: "apiextensions.k8s.io",
    versions: ["v1"],
    resource: "customresourcedefinitions",
    kind: "CustomResourceDefinition",
    needs: ["references"],
    pageSize: PAGE_OF_LARGE,
  },
  { ...gateway, resource: "httproutes", kind: "HTTPRoute" },
  { ...gateway, resource: "grpcroutes", kind: "GRPCRoute" },
  { ...gateway, resource: "tcproutes", kind: "TCPRoute" },
  { ...gateway, resource: "tlsroutes", kind: "TLSRoute" },
  { ...gateway, resource: "udproutes", kind: "UDPRoute" },
  { ...gateway, resource: "referencegrants", kind: "ReferenceGrant" },
  {
    group: "monitoring.coreos.com",
    versions: ["v1"],
    resource: "servicemonitors",
    kind: "ServiceMonitor",
    needs: ["references"],
    isOptional: true,
  },
  {
    group: "route.openshift.io",
    versions: ["v1"],
    resource: "routes",
    kind: "Route",
    needs: ["references"],
    isOptional: true,
  },
  {
    group: "multicluster.x-k8s.io",
    versions: ["v1beta1", "v1alpha1"],
    resource: "serviceexports",
    kind: "ServiceExport",
    needs: ["references"],
    isOptional: true,
  },
  ...["traefik.io", "traefik.containo.us"].flatMap((group) =>
    [
      { resource: "ingressroutes", kind: "IngressRoute" },
      { resource: "ingressroutetcps", kind: "IngressRouteTCP" },
      { resource: "ingressrouteudps", kind: "IngressRouteUDP" },
      { resource: "traefikservices", kind: "TraefikService" },
      { resource: "middlewares", kind: "Middleware" },
    ].map((names) => ({
      group,
      versions: ["v1alpha1"],
      ...names,
      needs: ["references"] as const,
      isOptional: true as const,
    })),
  ),
  { ...istio, resource: "virtualservices", kind: "VirtualService" },
  { ...istio, resource: "destinationrules", kind: "DestinationRule" },
];

/** What its objects are: the items of a list do not say so, and of metadata alone the server says another kind. */
export function typeAt(path: string, { kind }: Collection): { readonly apiVersion: string; readonly kind: string } {
  return { apiVersion: path.split("/").slice(2, -1).join("/"), kind };
}

/** Written before the keys of its objects. The same Pod may leave one of two collections after it has come into the other. */
export function prefixOf(collection: Collection): string {
  return `${nameOf(collection)}${collection.metadataOnly === true ? "*" : ""}/`;
}

/** A collection as people name it: `pods`, `rollouts.argoproj.io`. */
export function nameOf({ group, resource }: Collection): string {
  return group === "" ? resource : `${resource}.${group}`;
}
