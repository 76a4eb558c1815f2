import type { InventoryView, ReferenceEntry, ServiceEntry } from "../model/index.ts";
import { faultOf, type ReferableView, type ReferenceFault } from "./resolve.ts";

/** A reference that was whole, and what is wrong with it now. */
export interface BrokenReference {
  readonly reference: ReferenceEntry;
  readonly fault: ReferenceFault;
}

/**
 * The references that a change of a Service breaks, or its deletion: those that were whole before and are not after it. It does not
 * matter which of the two states the inventory knows.
 * @param after undefined if it is deleted
 */
export function* brokenBy(
  before: ServiceEntry,
  after: ServiceEntry | undefined,
  view: InventoryView,
): Generator<BrokenReference> {
  const now = withService(view, before, after);
  let then: ReferableView | undefined;
  for (const reference of view.referencesTo(before)) {
    const fault = faultOf(reference, now);
    if (fault === undefined) continue;
    then ??= withService(view, before, before);
    if (faultOf(reference, then) === undefined) yield { reference, fault };
  }
}

/** The inventory as it would be if the Service were like this. */
function withService(
  view: InventoryView,
  { namespace, name }: ServiceEntry,
  service: ServiceEntry | undefined,
): ReferableView {
  const isOther = (one: ServiceEntry): boolean => one.namespace !== namespace || one.name !== name;
  function* replaced(found: Iterable<ServiceEntry>, isAskedFor: boolean): Generator<ServiceEntry> {
    if (service !== undefined && isAskedFor) yield service;
    for (const one of found) if (isOther(one)) yield one;
  }
  const isIn = (asked: string): boolean => service?.isNamespaceOpen === true || asked === namespace;
  return {
    findServices: (inNamespace, named, isOpen) =>
      replaced(view.findServices(inNamespace, named, isOpen), named === name && (isOpen === true || isIn(inNamespace))),
    allServices: (namespaces) =>
      replaced(view.allServices(namespaces), namespaces === undefined || namespaces.some(isIn)),
    grantsIn: (inNamespace) => view.grantsIn(inNamespace),
  };
}
