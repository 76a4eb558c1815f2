/**
 * The feature gates of the API server that change an answer about a Service, with the minor versions in which they can be
 * set: from the first one that has the gate to the last one before it was locked or removed. Source: the reference of
 * feature gates of Kubernetes.
 */
const GATES = {
  AllowServiceLBStatusOnNonLB: { first: 29, last: 34 },
  LoadBalancerIPMode: { first: 29, last: 31 },
  MultiCIDRServiceAllocator: { first: 27, last: 33 },
  PreferSameTrafficDistribution: { first: 33, last: 34 },
  RelaxedServiceNameValidation: { first: 34, last: undefined },
  ServiceTrafficDistribution: { first: 30, last: 32 },
  StrictIPCIDRValidation: { first: 33, last: undefined },
} as const satisfies Record<string, { readonly first: number; readonly last: number | undefined }>;

/** The name of a feature gate that changes an answer about a Service. */
export type FeatureGate = keyof typeof GATES;

/** Feature gates that are set otherwise than by default. */
export type FeatureGates = Readonly<Partial<Record<FeatureGate, boolean>>>;

/** The names of all known feature gates. */
export const FEATURE_GATES: readonly string[] = Object.keys(GATES);

/** Whether the name is that of a feature gate that changes an answer about a Service. */
export function isFeatureGate(name: string): name is FeatureGate {
  return Object.hasOwn(GATES, name);
}

/** The minor versions in which the gate can be set; `last` is undefined if the newest one still has it. */
export function gateVersions(gate: FeatureGate): { readonly first: number; readonly last: number | undefined } {
  return GATES[gate];
}

/** Whether a server of this minor version lets the gate be set. */
export function isSettable(gate: FeatureGate, minor: number): boolean {
  const { first, last } = gateVersions(gate);
  return minor >= first && (last === undefined || minor <= last);
}
