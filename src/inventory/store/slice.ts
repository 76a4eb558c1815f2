import { claimsOf } from "../claims/index.ts";
import {
  type Entries,
  type InventoryView,
  type Labels,
  type Need,
  NEEDS,
  type ReferenceEntry,
  selects,
  type ServiceEntry,
} from "../model/index.ts";
import { Inventory } from "./inventory.ts";

/** What rules may ask about a Service, as plain data: for a judgement in another process or thread. */
export interface InventorySlice {
  readonly isComplete: boolean;
  /** What it knows of. */
  readonly known: readonly Need[];
  readonly entries: Entries;
}

/**
 * The entries that rules may look at for this Service: the Services that share its namespace, a claim or a label of the
 * selector with it; the workloads, quotas and grants of the namespace and its own endpoints; and what names it, with
 * whatever else is selected there by labels.
 * @param old the Service before an update
 */
export function sliceFor(view: InventoryView, service: ServiceEntry, old = service): InventorySlice {
  const { namespace, name } = service;
  const states = service === old ? [service] : [service, old];
  const isOpen = states.some(({ isNamespaceOpen }) => isNamespaceOpen === true);
  const references = collect(states.map((state) => view.referencesTo(state)));
  const services = collect([
    view.servicesIn(namespace),
    view.findServices(namespace, name, isOpen),
    ...states.flatMap((state) => claimsOf(state).map((claim) => view.claimants(claim))),
    ...references.map((reference) => selectedBy(reference, view)),
    ...pairsOf(states).map(([key, value]) => view.servicesSelectingBy(key, value)),
  ]);
  return {
    isComplete: view.isComplete,
    known: NEEDS.filter((need) => view.has(need)),
    entries: {
      services,
      workloads: [...view.workloadsIn(namespace, isOpen)],
      endpoints: [...view.endpointsOf(namespace, name, isOpen)],
      quotas: [...view.quotasIn(namespace)],
      grants: [...view.grantsIn(namespace, isOpen)],
      references,
    },
  };
}

/** The view of a slice, in the process or thread that was sent it. */
export function viewOfSlice({ isComplete, known, entries }: InventorySlice): InventoryView {
  const inventory = new Inventory(isComplete, new Set(known));
  inventory.set("", entries);
  return inventory.view();
}

/** The labels of the selectors, each once. */
function pairsOf(states: readonly ServiceEntry[]): readonly (readonly [string, string])[] {
  const [first = {}, second = {}] = states.map(({ selector }): Labels => selector ?? {});
  const isNew = ([key, value]: readonly [string, string]): boolean =>
    !Object.hasOwn(first, key) || first[key] !== value;
  return [...Object.entries(first), ...Object.entries(second).filter(isNew)];
}

/** The Services that a reference selects by labels; nothing if it names one. */
function* selectedBy({ target }: ReferenceEntry, view: InventoryView): Generator<ServiceEntry> {
  if ("service" in target) return;
  for (const service of view.allServices(target.namespaces)) {
    if (selects(target.selector, service.labels ?? {})) yield service;
  }
}

function collect<E>(found: readonly Iterable<E>[]): readonly E[] {
  return [...new Set(found.flatMap((entries) => [...entries]))];
}
