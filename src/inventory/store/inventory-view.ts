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
  readonly elsewhere: ReadonlySet<Need>;
}

/** A view: of what is known for what is certainly there, and also of what is around it for what may be there. */
export function viewOf(
  { indexes: own, needs, isComplete, elsewhere }: Known,
  wider: Indexes | undefined,
): InventoryView {
  const all = wider === undefined || wider === own ? [own] : [own, wider];
  // One object for each, so that who collects workloads by several questions has it once.
  const scaled = new WeakMap<WorkloadEntry, WorkloadEntry>();
  const asScaled = (workload: WorkloadEntry): WorkloadEntry => {
    if (!isScaled(workload, all)) return workload;
    const known = scaled.get(workload) ?? withoutReplicas(workload);
    scaled.set(workload, known);
    return known;
  };
  return {
    isComplete,
    has: (need) => needs.has(need),
    areElsewhere: (need) => elsewhere.has(need),

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
        if (hasPodsWith(workload, selector)) yield asScaled(workload);
      }
    },
    *workloadsNear(selector, namespace, isNamespaceOpen = false) {
      const where = isNamespaceOpen ? undefined : namespace;
      const values = Object.values(selector);
      // What lacks one label has all of one half of them. Of a single label one half is none, of which everything has all.
      const halves = [values.filter((_, i) => i % 2 === 0), values.filter((_, i) => i % 2 === 1)];
      for (const workload of unique(all, function* ({ workloads }): Generator<WorkloadEntry> {
        for (const half of halves) yield* workloads.maybe(where, half);
      })) {
        yield asScaled(workload);
      }
    },
    *workloadsIn(namespace, isNamespaceOpen = false) {
      const where = isNamespaceOpen ? undefined : namespace;
      for (const workload of unique(all, ({ workloads }) => workloads.maybe(where, []))) {
        yield asScaled(workload);
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

/** Whether something else sets the workload's number of Pods. */
function isScaled(
  { kind, namespace, name, replicas, isNamespaceOpen }: WorkloadEntry,
  all: readonly Indexes[],
): boolean {
  if (replicas === undefined) return false;
  const where = isNamespaceOpen === true ? undefined : namespace;
  return all.some(({ scalers }) => {
    for (const { workload } of scalers.maybe(where, [name])) if (workload.kind === kind) return true;
    return false;
  });
}

function withoutReplicas(workload: WorkloadEntry): WorkloadEntry {
  const copy: Writable<WorkloadEntry> = { ...workload };
  delete copy.replicas;
  return copy;
}
