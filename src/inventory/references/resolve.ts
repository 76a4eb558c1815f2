import {
  type GrantEntry,
  type InventoryView,
  type ReferenceEntry,
  type ReferenceTarget,
  selects,
  type ServiceEntry,
} from "../model/index.ts";
import { hasPort, listPorts } from "./ports.ts";

/** Why a reference does not find what it names. */
export type ReferenceFault =
  | { readonly says: "no-service" }
  /** @property ports what the Service has, as messages name it */
  | { readonly says: "no-port"; readonly ports: string }
  | { readonly says: "not-headless" }
  | { readonly says: "not-granted" };

/** The part of an inventory that tells whether references are whole. */
export type ReferableView = Pick<InventoryView, "findServices" | "allServices" | "grantsIn">;

/**
 * What is wrong with a reference; undefined if it finds the Service and the port. Where several Services may be meant, as
 * manifests leave their namespace open, one that fits is enough.
 */
export function faultOf(reference: ReferenceEntry, view: ReferableView): ReferenceFault | undefined {
  const { target } = reference;
  return "service" in target ? faultOfNamed(reference, target, view) : faultOfSelecting(reference, target, view);
}

type Named = Extract<ReferenceTarget, { readonly service: string }>;
type Selecting = Exclude<ReferenceTarget, Named>;

function faultOfNamed(reference: ReferenceEntry, target: Named, view: ReferableView): ReferenceFault | undefined {
  let first: ReferenceFault = { says: "no-service" };
  let isFirst = true;
  for (const service of view.findServices(target.namespace, target.service, isTargetOpen(reference, target))) {
    const fault = faultWith(reference, service);
    if (fault === undefined) return isGranted(reference, target, view) ? undefined : { says: "not-granted" };
    if (isFirst) first = fault;
    isFirst = false;
  }
  return first;
}

/** Whether the Service is in the namespace of the object that names it, and that is left open. */
function isTargetOpen({ isNamespaceOpen, namespace }: ReferenceEntry, target: Named): boolean {
  return isNamespaceOpen === true && target.namespace === namespace;
}

function faultWith(reference: ReferenceEntry, service: ServiceEntry): ReferenceFault | undefined {
  if (!hasPort(service, reference)) return { says: "no-port", ports: listPorts(service.ports) };
  return reference.needsHeadless === true && !service.isHeadless ? { says: "not-headless" } : undefined;
}

/** How many Services' ports a message lists. */
const MAX_LISTED = 5;

/**
 * An object that selects Services by labels has one reference for the selection and one for each port: that nothing is selected
 * is the fault of the first, and found once.
 */
function faultOfSelecting(
  reference: ReferenceEntry,
  { selector, namespaces }: Selecting,
  view: ReferableView,
): ReferenceFault | undefined {
  const isAny = reference.isNamespaceOpen === true && namespaces?.includes(reference.namespace) === true;
  const selected: ServiceEntry[] = [];
  for (const service of view.allServices(isAny ? undefined : namespaces)) {
    if (!selects(selector, service.labels ?? {})) continue;
    if (hasPort(service, reference)) return undefined;
    if (selected.length < MAX_LISTED) selected.push(service);
  }
  if (selected.length > 0) return { says: "no-port", ports: listPorts(selected.flatMap(({ ports }) => ports)) };
  return reference.port === undefined ? { says: "no-service" } : undefined;
}

/**
 * Whether a ReferenceGrant in the namespace of the Service allows the reference, if it needs one: within a namespace it does not,
 * and in one that is left open nobody knows.
 */
function isGranted(reference: ReferenceEntry, { namespace, service }: Named, view: ReferableView): boolean {
  if (reference.needsGrant !== true || reference.isNamespaceOpen === true) return true;
  if (reference.namespace === namespace) return true;
  for (const grant of view.grantsIn(namespace)) if (grants(grant, reference, service)) return true;
  return false;
}

function grants({ from, services }: GrantEntry, { group, kind, namespace }: ReferenceEntry, service: string): boolean {
  return (
    from.some((one) => one.group === group && one.kind === kind && one.namespace === namespace) &&
    (services === undefined || services.includes(service))
  );
}
