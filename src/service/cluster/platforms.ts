import { type ClusterProfile, profile } from "./cluster-profile.ts";

/** The default ranges of a Kubernetes distribution or service. */
export interface Platform {
  readonly profile: ClusterProfile;
  /** What the ranges are, and who says so. */
  readonly source: string;
}

/**
 * What clusters of common platforms have unless they were created with other ranges. A platform with two possible ranges
 * has both: an address outside both is in none of its clusters.
 */
export const PLATFORMS = {
  kubeadm: {
    profile: profile("10.96.0.0/12"),
    source: "kubeadm init: --service-cidr (DefaultServicesSubnet in kubeadm's API)",
  },
  k3s: { profile: profile("10.43.0.0/16"), source: "k3s server --help: --service-cidr" },
  rke2: { profile: profile("10.43.0.0/16"), source: "rke2 server --help: --service-cidr" },
  eks: {
    profile: profile("10.100.0.0/16", "172.20.0.0/16"),
    source: "Amazon EKS API, KubernetesNetworkConfigRequest: serviceIpv4Cidr (one of two, by the VPC)",
  },
  gke: {
    profile: profile("34.118.224.0/20"),
    source: "GKE, VPC-native clusters: the range managed by GKE (Autopilot from 1.27, Standard from 1.29)",
  },
  aks: { profile: profile("10.0.0.0/16"), source: "az aks create: --service-cidr" },
  openshift: {
    // A cluster without an externalIP policy is one whose users may set no external IPs.
    profile: { ...profile("172.30.0.0/16"), externalIPPolicy: {} },
    source:
      "install-config.yaml: networking.serviceNetwork (pkg/types/defaults of openshift/installer); config/v1/types_network.go of openshift/api",
  },
  kind: {
    profile: profile("10.96.0.0/16"),
    source: "kind: networking.serviceSubnet (pkg/apis/config/v1alpha4/default.go of kind)",
  },
  minikube: {
    profile: profile("10.96.0.0/12"),
    source: "minikube start: --service-cluster-ip-range (DefaultServiceCIDR in minikube's constants)",
  },
} as const satisfies Record<string, Platform>;
