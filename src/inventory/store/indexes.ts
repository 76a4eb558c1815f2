import { claimsOf } from "../claims/index.ts";
import type {
  EndpointsEntry,
  Entries,
  GrantEntry,
  QuotaEntry,
  ReferenceEntry,
  ScalerEntry,
  ServiceEntry,
  WorkloadEntry,
} from "../model/index.ts";
import { workloadKeys } from "./added-labels.ts";
import { Buckets } from "./buckets.ts";
import { NamespacedIndex } from "./namespaced-index.ts";

/** The key of what is only asked for by namespace. */
export const ANY = "";

/** The entries of an inventory by what they are asked for. */
export class Indexes {
  /** By name. */
  readonly services = new NamespacedIndex<ServiceEntry>();
  readonly claims = new Buckets<ServiceEntry>();
  /** By the values of the selector's labels. */
  readonly selectors = new Buckets<ServiceEntry>();
  readonly workloads = new NamespacedIndex<WorkloadEntry>();
  /** By the workload's name. */
  readonly scalers = new NamespacedIndex<ScalerEntry>();
  /** By the Service's name. */
  readonly endpoints = new NamespacedIndex<EndpointsEntry>();
  readonly quotas = new NamespacedIndex<QuotaEntry>();
  readonly grants = new NamespacedIndex<GrantEntry>();
  /** By the namespace and the name of the Service. */
  readonly references = new NamespacedIndex<ReferenceEntry>();
  /** Those that select by label: by the value of a label that the Service must have, or {@link ANY}. */
  readonly selecting = new Buckets<ReferenceEntry>();

  /** Adds all of the entries, or deletes them. */
  change(change: "add" | "delete", entries: Entries): void {
    for (const service of entries.services ?? []) {
      this.services[change]([service.name], service);
      for (const claim of claimsOf(service)) this.claims[change](claim, service);
      for (const value of Object.values(service.selector ?? {})) this.selectors[change](value, service);
    }
    for (const workload of entries.workloads ?? []) this.workloads[change](workloadKeys(workload), workload);
    for (const scaler of entries.scalers ?? []) this.scalers[change]([scaler.workload.name], scaler);
    for (const endpoints of entries.endpoints ?? []) this.endpoints[change]([endpoints.service], endpoints);
    for (const quota of entries.quotas ?? []) this.quotas[change]([ANY], quota);
    for (const grant of entries.grants ?? []) this.grants[change]([ANY], grant);
    for (const reference of entries.references ?? []) {
      const { target } = reference;
      if ("service" in target) this.references[change]([target.service], reference, target.namespace);
      else this.selecting[change](Object.values(target.selector.matchLabels ?? {})[0] ?? ANY, reference);
    }
  }
}
