import type {
  EndpointsEntry,
  GrantEntry,
  Labels,
  QuotaEntry,
  ReferenceEntry,
  ServiceEntry,
  WorkloadEntry,
} from "./entries.ts";

/** What rules may need to know besides the Service. */
export const NEEDS = ["services", "workloads", "references", "quotas"] as const;
export type Need = (typeof NEEDS)[number];

/** What may be missing in a set of manifests because something else makes it. */
export type Elsewhere = Extract<Need, "services" | "workloads">;

/**
 * What is known of the objects around a Service: of a run's manifests, or of a cluster. Two scopes: what is certainly in the same
 * cluster, for what two Services claim; and all that may be, for what seems to be missing. Of a cluster both are the same.
 */
export interface InventoryView {
  /** Whether it has all there is: if not, what seems to be missing may be elsewhere. */
  readonly isComplete: boolean;
  /** Whether it knows of this at all. */
  has(need: Need): boolean;
  /**
   * Whether what is applied together has none of these, although there are some around it: then they come from elsewhere, such as from a
   * chart that is not rendered, and that they are missing says nothing.
   */
  areElsewhere(need: Elsewhere): boolean;

  // What is certainly there.
  service(namespace: string, name: string): ServiceEntry | undefined;
  servicesIn(namespace: string): Iterable<ServiceEntry>;
  /** The Services that claim this: one of `claimsOf`. */
  claimants(claim: string): Iterable<ServiceEntry>;
  /** The Services of any namespace whose selector has this label. */
  servicesSelectingBy(key: string, value: string): Iterable<ServiceEntry>;
  quotasIn(namespace: string): Iterable<QuotaEntry>;
  /** The references that name this Service, or select it by the labels that it has or had. */
  referencesTo(service: Pick<ServiceEntry, "namespace" | "name" | "labels">): Iterable<ReferenceEntry>;

  // What may be there. `isNamespaceOpen`: whether that of the object is for which it is asked, so that any namespace may be meant.
  /** The Services that this namespace and name may mean. */
  findServices(namespace: string, name: string, isNamespaceOpen?: boolean): Iterable<ServiceEntry>;
  /** All Services that may be in one of these namespaces; undefined for any. */
  allServices(namespaces: readonly string[] | undefined): Iterable<ServiceEntry>;
  /** The workloads that may be in the namespace and have Pods with all of these labels; none if there are no labels. */
  workloadsWith(selector: Labels, namespace: string, isNamespaceOpen?: boolean): Iterable<WorkloadEntry>;
  /**
   * The workloads that may be in the namespace and have Pods with all of these labels but one, and perhaps others: who asks
   * compares the labels.
   */
  workloadsNear(selector: Labels, namespace: string, isNamespaceOpen?: boolean): Iterable<WorkloadEntry>;
  /** All workloads that may be in the namespace. */
  workloadsIn(namespace: string, isNamespaceOpen?: boolean): Iterable<WorkloadEntry>;
  endpointsOf(namespace: string, service: string, isNamespaceOpen?: boolean): Iterable<EndpointsEntry>;
  grantsIn(namespace: string, isNamespaceOpen?: boolean): Iterable<GrantEntry>;
}
