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

/** How many entries of a kind a slice has at most, and by how many labels of a selector Services are looked for. */
const MOST_ENTRIES = 2_000;
const MOST_LABELS = 16;

/**
 * The entries that rules may look at for this Service: the Services that share its namespace, a claim or a label of the
 * selector with it; the workloads, quotas and grants of the namespace and its own endpoints; and what names it, with
 * whatever else is selected there by labels.
 * Bounded in size and time, whatever the Service: of more than that, what concerns it most closely.
 * @param old the Service before an update
 */
export function sliceFor(view: InventoryView, service: ServiceEntry, old = service): InventorySlice {
  const { namespace, name } = service;
  const states = service === old ? [service] : [service, old];
  const isOpen = states.some(({ isNamespaceOpen }) => isNamespaceOpen === true);
  const references = collect(states.map((state) => view.referencesTo(state)));
  const services = collect([
    view.findServices(namespace, name, isOpen),
    ...states.flatMap((state) => claimsOf(state).map((claim) => view.claimants(claim))),
    ...pairsOf(states).map(([key, value]) => view.servicesSelectingBy(key, value)),
    view.servicesIn(namespace),
    ...references.map((reference) => selectedBy(reference, view)),
  ]);
  return {
    isComplete: view.isComplete,
    known: NEEDS.filter((need) => view.has(need)),
    entries: {
      services,
      workloads: collect([
        ...states.map(({ selector = {} }) => view.workloadsWith(selector, namespace, isOpen)),
        view.workloadsIn(namespace, isOpen),
      ]),
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
  return [...Object.entries(first), ...Object.entries(second).filter(isNew)].slice(0, MOST_LABELS);
}

/** The Services that a reference selects by labels; nothing if it names one. */
function* selectedBy({ target }: ReferenceEntry, view: InventoryView): Generator<ServiceEntry> {
  if ("service" in target) return;
  for (const service of view.allServices(target.namespaces)) {
    if (selects(target.selector, service.labels ?? {})) yield service;
  }
}

function collect<E>(found: readonly Iterable<E>[]): readonly E[] {
  const all = new Set<E>();
  for (const entries of found) {
    for (const entry of entries) {
      if (all.size >= MOST_ENTRIES) return [...all];
      all.add(entry);
    }
  }
  return [...all];
}
