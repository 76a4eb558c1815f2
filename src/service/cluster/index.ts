/** The cluster that a Service is judged for: its ranges, and the values that only it can allocate. */
export {
  addressPlaceholder,
  ALLOCATED_PORT_PLACEHOLDER,
  type AllocatedPort,
  AllocatedValues,
  familyOfPlaceholder,
} from "./allocated-values.ts";
export { BUILT_IN_PROFILES, UNKNOWN_CLUSTER_NAME } from "./built-in-profiles.ts";
export {
  clusterFamilies,
  type ClusterProfile,
  type ExternalIPPolicy,
  PROFILES,
  rangesText,
  serviceRanges,
  UNKNOWN_CLUSTER,
} from "./cluster-profile.ts";
export { type Platform, PLATFORMS } from "./platforms.ts";
export { parsePortRange, portRangeText } from "./port-range.ts";
export { ProtocolPorts } from "./protocol-ports.ts";
export { withStandIns } from "./stand-ins.ts";
export { isUnknownAddress, isUnknownPort, withUnknownValues } from "./unknown-values.ts";
