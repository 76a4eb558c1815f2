import { type FeatureGate, isSettable } from "./feature-gates.ts";
import type { KubernetesVersion } from "./version.ts";

interface FeatureRow {
  /** The first minor version that has it (by default, if there is a gate). */
  readonly since: number;
  /** The feature gate that turns it on and off, in the versions that have the gate. */
  readonly gate?: FeatureGate;
  /** A feature gate that turns it off when it is on. */
  readonly turnedOffBy?: FeatureGate;
  /** The first minor version whose API has the field, if it came before the feature was on by default. */
  readonly field?: number;
  /** What changed, in words for docs/versions.md; absent for what every known version has. */
  readonly change?: string;
}

/**
 * What API servers do differently by version. A new version is a new row. Source: recorded answers of 1.27, 1.29, 1.31
 * to 1.34 and 1.36; between these, the pull requests and feature gates of Kubernetes.
 */
const FEATURES = {
  /** `spec.ipFamilies`, `spec.ipFamilyPolicy` and `spec.clusterIPs`. */
  dualStack: { since: 20 },
  allocateLoadBalancerNodePorts: { since: 22 },
  internalTrafficPolicy: { since: 22 },
  loadBalancerClass: { since: 22 },
  /** Source: kubernetes/kubernetes#119310. */
  externalNameWarnings: {
    since: 28,
    change:
      "A warning if `spec.externalIPs` is set on an ExternalName, or `spec.externalName` on another type: neither has an effect.",
  },
  /** Source: kubernetes/kubernetes#119150. */
  externalPolicyOfExternalIPs: {
    since: 29,
    change:
      "A Service of type ClusterIP with `spec.externalIPs` has an `externalTrafficPolicy`, by default `Cluster`; before, the field was refused there.",
  },
  statusOnlyLoadBalancer: {
    since: 29,
    turnedOffBy: "AllowServiceLBStatusOnNonLB",
    change: "`status.loadBalancer.ingress` is refused on a Service that is not of type LoadBalancer.",
  },
  ipMode: {
    since: 30,
    field: 29,
    gate: "LoadBalancerIPMode",
    change: "`status.loadBalancer.ingress[].ipMode` is on by default: `VIP` is filled in beside an `ip`.",
  },
  /** Source: kubernetes/kubernetes#123174. */
  sourceRangesByItem: {
    since: 30,
    change: "A bad entry of `spec.loadBalancerSourceRanges` is reported with its position; before, the whole list was.",
  },
  /** Source: kubernetes/kubernetes#122320. */
  nodePortsReleased: {
    since: 30,
    change:
      "An update of a LoadBalancer with `allocateLoadBalancerNodePorts: false` can leave node ports out; before, the stored ones were kept.",
  },
  trafficDistribution: {
    since: 31,
    field: 30,
    gate: "ServiceTrafficDistribution",
    change: "`spec.trafficDistribution` is on by default, with the value `PreferClose`.",
  },
  /** Addresses are recorded as objects, under the name of their Service: it must be usable in a URL. */
  addressObjects: {
    since: 33,
    gate: "MultiCIDRServiceAllocator",
    change: "Of an IPv6 service range all addresses can be used; before, only the first 65,536.",
  },
  /** A load balancer may expose the kubelet's port, 10250. */
  kubeletPortAllowed: { since: 33, change: "A LoadBalancer may have the port 10250; before, it was refused." },
  storedAddressesStay: {
    since: 33,
    change: "An update may keep an invalid address or range that is stored.",
  },
  nonstandardAddressWarnings: {
    since: 33,
    change:
      "Warnings about addresses also tell IPv4-mapped ones and ranges with host bits, also in the status; a `spec.loadBalancerIP` that is no address, and blanks around a range, are no longer warned about.",
  },
  preferSameTrafficDistribution: {
    since: 34,
    gate: "PreferSameTrafficDistribution",
    change: "`spec.trafficDistribution` takes `PreferSameZone` and `PreferSameNode`.",
  },
  /** Source: kubernetes/kubernetes#132214. */
  headlessWarnings: {
    since: 34,
    change:
      "A warning if `spec.loadBalancerIP`, `spec.externalIPs` or `spec.sessionAffinity` is set on a headless Service: they have no effect.",
  },
  /** Source: kubernetes/kubernetes#134457. */
  preferCloseDeprecated: {
    since: 35,
    change: "A warning if `spec.trafficDistribution` is `PreferClose`: its new name is `PreferSameZone`.",
  },
  /** That a Service cannot hold an address that the server picks is a refusal; before, the server failed. */
  unheldAddressRefused: { since: 36 },
  relaxedServiceName: {
    since: 36,
    gate: "RelaxedServiceNameValidation",
    change: "A Service's name may start with a digit.",
  },
  /** New IPs and CIDRs that have leading zeros or are IPv4-mapped are refused. */
  strictAddresses: {
    since: 36,
    gate: "StrictIPCIDRValidation",
    change:
      "A new address or range is refused if it has leading zeros, is IPv4-mapped, or has host bits; a stored one may stay.",
  },
  externalIPsDeprecated: { since: 36, change: "A warning if `spec.externalIPs` is set: it is deprecated." },
} as const satisfies Record<string, FeatureRow>;

/** A behaviour that some minor version of Kubernetes introduced. */
export type Feature = keyof typeof FEATURES;

const rowOf = (feature: Feature): FeatureRow => FEATURES[feature];

/** For speed apart from the rows, which have different fields: this is asked a dozen times for each Service. */
const SINCE: ReadonlyMap<string, number> = new Map(
  Object.entries<FeatureRow>(FEATURES).map(([feature, { since }]) => [feature, since]),
);

/** Whether this version has the feature, with the feature gates that are set. */
export function hasFeature(version: KubernetesVersion, feature: Feature): boolean {
  if (version.featureGates !== undefined) {
    const { gate, turnedOffBy } = rowOf(feature);
    const set = gate === undefined ? undefined : gateSetting(version, gate);
    if (set !== undefined) return set;
    if (turnedOffBy !== undefined && gateSetting(version, turnedOffBy) === true) return false;
  }
  const since = SINCE.get(feature);
  return since !== undefined && version.minor >= since;
}

/** What the gate is set to; undefined if it is not set, or if this version does not let it be set. */
function gateSetting({ minor, featureGates }: KubernetesVersion, gate: FeatureGate): boolean | undefined {
  return isSettable(gate, minor) ? featureGates?.[gate] : undefined;
}

/** The first version that has the feature; with a feature gate, the first one that has it by default. */
export function introducedIn(feature: Feature): KubernetesVersion {
  return { minor: rowOf(feature).since };
}

/** The first minor version whose API has the field of the feature, on or off. */
export function fieldSince(feature: Feature): number {
  const { field, since } = rowOf(feature);
  return field ?? since;
}

/** The changes that users see, in the order of their versions. */
export function changes(): readonly { readonly feature: Feature; readonly minor: number; readonly change: string }[] {
  const rows: [string, FeatureRow][] = Object.entries(FEATURES);
  return rows
    .flatMap(([feature, { since, change }]) =>
      change === undefined || !isFeature(feature) ? [] : [{ feature, minor: since, change }],
    )
    .toSorted((a, b) => a.minor - b.minor);
}

function isFeature(name: string): name is Feature {
  return Object.hasOwn(FEATURES, name);
}

/** The gate that turns the feature on and off, if it has one. */
export function gateOf(feature: Feature): FeatureGate | undefined {
  const { gate, turnedOffBy } = rowOf(feature);
  return gate ?? turnedOffBy;
}
