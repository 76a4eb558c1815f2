import type { ServiceType } from "../../service/schema/index.ts";

/** The order in which people write the fields of an object; others follow in the order of the schema. */
export const USUAL_FIELDS: Readonly<Record<string, readonly string[]>> = {
  "": ["apiVersion", "kind", "metadata", "spec"],
  metadata: ["name", "namespace", "labels", "annotations"],
  spec: ["type", "selector", "ports", "clusterIP", "externalTrafficPolicy", "internalTrafficPolicy", "sessionAffinity"],
  "spec.ports[]": ["name", "port", "targetPort", "protocol", "appProtocol", "nodePort"],
};

const LOAD_BALANCER: readonly ServiceType[] = ["LoadBalancer"];
const WITH_NODE_PORTS: readonly ServiceType[] = ["NodePort", "LoadBalancer"];
const WITH_ADDRESS: readonly ServiceType[] = ["ClusterIP", "NodePort", "LoadBalancer"];

/** The types of Services whose field it is; absent for a field of all. Source: the API reference of Kubernetes. */
export const FIELD_TYPES: Readonly<Record<string, readonly ServiceType[]>> = {
  "spec.allocateLoadBalancerNodePorts": LOAD_BALANCER,
  "spec.clusterIP": WITH_ADDRESS,
  "spec.clusterIPs": WITH_ADDRESS,
  "spec.externalIPs": WITH_ADDRESS,
  "spec.externalName": ["ExternalName"],
  "spec.externalTrafficPolicy": WITH_NODE_PORTS,
  "spec.healthCheckNodePort": LOAD_BALANCER,
  "spec.internalTrafficPolicy": WITH_ADDRESS,
  "spec.ipFamilies": WITH_ADDRESS,
  "spec.ipFamilyPolicy": WITH_ADDRESS,
  "spec.loadBalancerClass": LOAD_BALANCER,
  "spec.loadBalancerIP": LOAD_BALANCER,
  "spec.loadBalancerSourceRanges": LOAD_BALANCER,
  "spec.ports[].nodePort": WITH_NODE_PORTS,
  "spec.selector": WITH_ADDRESS,
  "spec.sessionAffinity": WITH_ADDRESS,
  "spec.sessionAffinityConfig": WITH_ADDRESS,
  "spec.trafficDistribution": WITH_ADDRESS,
};

/** Fields that no manifest should have: the API server or a controller writes them, or they are deprecated. */
export const NOT_FOR_MANIFESTS: Readonly<Record<string, string>> = {
  status: "written by controllers",
  "metadata.creationTimestamp": "written by the API server",
  "metadata.deletionGracePeriodSeconds": "written by the API server",
  "metadata.deletionTimestamp": "written by the API server",
  "metadata.generation": "written by the API server",
  "metadata.managedFields": "written by the API server",
  "metadata.resourceVersion": "written by the API server",
  "metadata.selfLink": "no longer used",
  "metadata.uid": "written by the API server",
  "spec.loadBalancerIP": "deprecated",
};
