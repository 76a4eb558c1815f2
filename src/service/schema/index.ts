/** What a Service is: its fields, types, enumerated values, formats, defaults and help. */
export {
  IP_FAMILIES,
  IP_FAMILY_POLICIES,
  IP_MODES,
  isOneOf,
  MAX_AFFINITY_TIMEOUT,
  NEWER_TRAFFIC_DISTRIBUTIONS,
  PROTOCOLS,
  type ServiceType,
  SESSION_AFFINITIES,
  TRAFFIC_DISTRIBUTIONS,
  TRAFFIC_POLICIES,
  TYPES,
} from "./enum-values.ts";
export { FIELD_HELP } from "./field-help.ts";
export type { FieldHelp } from "./help.ts";
export {
  generatedName,
  isDNS1035Label,
  isDNSLabel,
  isDNSSubdomain,
  isLabelValue,
  isPortName,
  isQualifiedName,
  validatedPrefix,
} from "./names.ts";
export {
  allocatesNodePorts,
  hasExternalPolicy,
  isHeadless,
  needsClusterIP,
  needsHealthCheckPort,
  needsNodePort,
  nodePorts,
  sameStrings,
} from "./predicates.ts";
export { fieldTakes, INT32, isDecoded, type ObjectNode, type SchemaNode, SERVICE_SCHEMA } from "./schema.ts";
export { STATIC_DEFAULTS, staticDefault } from "./static-defaults.ts";
export { isService } from "./structure.ts";
export { canonicalTime } from "./time.ts";
export type {
  IPFamilyPolicy,
  LoadBalancerIngress,
  ManagedFieldsEntry,
  ObjectMeta,
  OwnerReference,
  Service,
  ServicePort,
  ServiceSpec,
  ServiceStatus,
} from "./types.ts";
