import type { Writable } from "../../field/index.ts";
import {
  hasLabels,
  type InventoryView,
  type Need,
  selects,
  type ServiceEntry,
  type WorkloadEntry,
} from "../model/index.ts";
import { hasPodsWith, selectorKeys } from "./added-labels.ts";
import { ANY, type Indexes } from "./indexes.ts";

interface Known {
  readonly indexes: Indexes;
  readonly needs: ReadonlySet<Need>;
  readonly isComplete: boolean;
}

/** A view: of what is known for what is certainly there, and also of what is around it for what may be there. */
export function viewOf({ indexes: own, needs, isComplete }: Known, wider: Indexes | undefined): InventoryView {
  const all = wider === undefined || wider === own ? [own] : [own, wider];
  return {
    isComplete,
    has: (need) => needs.has(need),

    service: (namespace, name) => last(own.services.get(namespace, name)),
    servicesIn: (namespace) => own.services.in(namespace),
    claimants: (claim) => own.claims.get(claim),
    *servicesSelectingBy(key, value) {
      for (const service of own.selectors.get(value))
        if (hasLabels(service.selector ?? {}, { [key]: value })) yield service;
    },
    quotasIn: (namespace) => own.quotas.in(namespace),
    *referencesTo({ namespace, name, labels = {} }) {
      yield* own.references.get(namespace, name);
      for (const key of new Set([ANY, ...Object.values(labels)])) {
        for (const reference of own.selecting.get(key)) {
          const { target } = reference;
          if (!("selector" in target) || target.namespaces?.includes(namespace) === false) continue;
          if (selects(target.selector, labels)) yield reference;
        }
      }
    },

    findServices: (namespace, name, isNamespaceOpen = false) =>
      unique(all, ({ services }) => services.maybe(isNamespaceOpen ? undefined : namespace, [name])),
    allServices: (namespaces) =>
      unique(all, function* ({ services }): Generator<ServiceEntry> {
        for (const namespace of namespaces ?? [undefined]) yield* services.maybe(namespace, []);
      }),
    *workloadsWith(selector, namespace, isNamespaceOpen = false) {
      // Without a selector, a Service selects nothing.
      if (Object.keys(selector).length === 0) return;
      const where = isNamespaceOpen ? undefined : namespace;
      const keys = selectorKeys(selector);
      for (const workload of unique(all, ({ workloads }) => workloads.maybe(where, keys))) {
        if (hasPodsWith(workload, selector)) yield withoutScaledReplicas(workload, all);
      }
    },
    *workloadsIn(namespace, isNamespaceOpen = false) {
      const where = isNamespaceOpen ? undefined : namespace;
      for (const workload of unique(all, ({ workloads }) => workloads.maybe(where, []))) {
        yield withoutScaledReplicas(workload, all);
      }
    },
    endpointsOf: (namespace, service, isNamespaceOpen = false) =>
      unique(all, ({ endpoints }) => endpoints.maybe(isNamespaceOpen ? undefined : namespace, [service])),
    grantsIn: (namespace, isNamespaceOpen = false) =>
      unique(all, ({ grants }) => grants.maybe(isNamespaceOpen ? undefined : namespace, [ANY])),
  };
}

/**
 * What is found in any of them, each once: what is known in the narrow scope may be known in the wider one, too, and an entry
 * may have several keys.
 */
function* unique<E>(all: readonly Indexes[], find: (indexes: Indexes) => Iterable<E>): Generator<E> {
  const seen = new Set<E>();
  for (const indexes of all) {
    for (const entry of find(indexes)) {
      if (seen.has(entry)) continue;
      seen.add(entry);
      yield entry;
    }
  }
}

function last<E>(entries: Iterable<E>): E | undefined {
  return [...entries].at(-1);
}

/** The workload without its number of Pods if something else sets that. */
function withoutScaledReplicas(workload: WorkloadEntry, all: readonly Indexes[]): WorkloadEntry {
  if (workload.replicas === undefined) return workload;
  const where = workload.isNamespaceOpen === true ? undefined : workload.namespace;
  for (const { scalers } of all) {
    for (const { workload: target } of scalers.maybe(where, [workload.name])) {
      if (target.kind !== workload.kind) continue;
      const scaled: Writable<WorkloadEntry> = { ...workload };
      delete scaled.replicas;
      return scaled;
    }
  }
  return workload;
}
