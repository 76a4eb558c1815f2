/** A Kubernetes version as `major.minor`; the major is always 1. */
export interface KubernetesVersion {
  readonly minor: number;
}

/** The range of versions for which there are recorded answers. */
export const OLDEST_KNOWN: KubernetesVersion = { minor: 33 };
export const NEWEST_KNOWN: KubernetesVersion = { minor: 36 };

/**
 * The minor version that introduced each behaviour (for fields: in which the field is on by default). A new version is a
 * new row.
 */
const FEATURES = {
  /** `spec.ipFamilies`, `spec.ipFamilyPolicy` and `spec.clusterIPs`. */
  dualStack: 20,
  /** `spec.allocateLoadBalancerNodePorts`. */
  allocateLoadBalancerNodePorts: 22,
  /** `spec.internalTrafficPolicy`. */
  internalTrafficPolicy: 22,
  /** `spec.loadBalancerClass`. */
  loadBalancerClass: 22,
  /** `status.loadBalancer.ingress[].ipMode`. */
  ipMode: 30,
  /** `spec.trafficDistribution`. */
  trafficDistribution: 31,
  /** A load balancer may expose the kubelet's port, 10250. */
  kubeletPortAllowed: 33,
  /** The values `PreferSameZone` and `PreferSameNode` of `spec.trafficDistribution`. */
  preferSameTrafficDistribution: 34,
  /** A Service's name may start with a digit. */
  relaxedServiceName: 36,
  /** New IPs and CIDRs that have leading zeros or are IPv4-mapped are refused. */
  strictAddresses: 36,
  /** `spec.externalIPs` is deprecated, with a warning. */
  externalIPsDeprecated: 36,
} as const satisfies Record<string, number>;

/** A behaviour that some minor version of Kubernetes introduced. */
export type Feature = keyof typeof FEATURES;

/** Whether this version has the feature. */
export function hasFeature(version: KubernetesVersion, feature: Feature): boolean {
  return version.minor >= FEATURES[feature];
}

/** The first version that has the feature. */
export function introducedIn(feature: Feature): KubernetesVersion {
  return { minor: FEATURES[feature] };
}

/** The version as text: `1.36`. */
export function versionText(version: KubernetesVersion): string {
  return `1.${version.minor}`;
}

/** Parses `1.36`, `v1.36.2` or `1.36+`; undefined for anything else. */
export function parseVersion(text: string): KubernetesVersion | undefined {
  const match = /^v?1\.(\d{1,3})(?:[.+-].*)?$/.exec(text.trim());
  return match?.[1] === undefined ? undefined : { minor: Number(match[1]) };
}
