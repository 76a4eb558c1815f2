/** The entries of an inventory, and how they are asked for. */
export type {
  ContainerPort,
  EndpointsEntry,
  Entries,
  Entry,
  GrantEntry,
  Labels,
  LabelSelector,
  PortEntry,
  QuotaEntry,
  ReferenceEntry,
  ReferenceTarget,
  ScalerEntry,
  ServiceEntry,
  WorkloadEntry,
} from "./entries.ts";
export { compileSelector, hasLabels, selects } from "./selects.ts";
export { type Elsewhere, type InventoryView, type Need, NEEDS } from "./view.ts";
