/** The values of enumerated fields, for validation and for the reference. */
export const TYPES = ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"] as const;
export type ServiceType = (typeof TYPES)[number];
export const PROTOCOLS = ["TCP", "UDP", "SCTP"] as const;
export const SESSION_AFFINITIES = ["None", "ClientIP"] as const;
export const TRAFFIC_POLICIES = ["Cluster", "Local"] as const;
export const IP_FAMILIES = ["IPv4", "IPv6"] as const;
export const IP_FAMILY_POLICIES = ["SingleStack", "PreferDualStack", "RequireDualStack"] as const;
export const IP_MODES = ["VIP", "Proxy"] as const;
export const TRAFFIC_DISTRIBUTIONS = ["PreferClose"] as const;
/** The values in versions that have `preferSameTrafficDistribution`. */
export const NEWER_TRAFFIC_DISTRIBUTIONS = ["PreferClose", "PreferSameZone", "PreferSameNode"] as const;

/** The longest session affinity, in seconds: a day. */
export const MAX_AFFINITY_TIMEOUT = 86400;

/** Whether the text is one of the values. */
export function isOneOf(values: readonly string[], text: string): boolean {
  return values.includes(text);
}
