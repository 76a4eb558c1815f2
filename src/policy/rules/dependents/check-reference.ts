import { Path } from "../../../field/index.ts";
import type { InventoryView, ReferenceEntry } from "../../../inventory/model/index.ts";
import { faultOf, isElsewhere, type ReferenceFault } from "../../../inventory/references/index.ts";
import type { MessageTemplate, ReferenceCheck, Violation } from "../kit/index.ts";
import { nameOfReferrer } from "./referrer.ts";

/** What is wrong with a reference, at the object that names the Service. */
export const REFERENCE_MESSAGES = {
  missing: {
    text: "{referrer} names the Service {service}, which is not there",
    fix: "create the Service {service}, or name another one",
  },
  "missing-port": {
    text: "{referrer} names the port {port}, which the Service {service} does not have: its ports are {ports}",
    fix: "name one of the ports of the Service {service}",
  },
  "not-headless": {
    text: "{referrer} names the Service {service}, which is not headless: its Pods get no host names of their own",
    fix: "name a Service with clusterIP: None",
  },
  "not-granted": {
    text: "{referrer} names the Service {service} of another namespace, and no ReferenceGrant there allows it",
    fix: "create a ReferenceGrant in the namespace of the Service",
  },
  "selects-nothing": {
    text: "{referrer} selects Services by labels, and no Service has these labels",
    fix: "select by labels that a Service has",
  },
  "selects-no-port": {
    text: "{referrer} names the port {port}, which no Service that it selects has: their ports are {ports}",
    fix: "name a port of these Services: by the name that it has there, not by that of the container's port",
  },
} as const satisfies Readonly<Record<string, MessageTemplate>>;

type Says = keyof typeof REFERENCE_MESSAGES;

/** The message of each fault, for a Service that is named and for Services that are selected. */
const SAYS: Readonly<Record<ReferenceFault["says"], readonly [named: Says, selected: Says]>> = {
  "no-service": ["missing", "selects-nothing"],
  "no-port": ["missing-port", "selects-no-port"],
  "not-headless": ["not-headless", "not-headless"],
  "not-granted": ["not-granted", "not-granted"],
};

/** Checks one reference against everything that is known. */
export const checkReference: ReferenceCheck = (reference, inventory) => {
  const fault = faultOf(reference, inventory);
  if (fault === undefined) return [];
  if (fault.says === "no-service" && (inventory.areElsewhere("services") || isElsewhere(reference, inventory)))
    return [];
  const isUncertain = mayBeElsewhere(reference, fault, inventory);
  // Another variant of the application may have a Service of this name for something else.
  if (fault.says === "not-headless" && isUncertain) return [];
  return [violationOf(reference, fault, isUncertain)];
};

/**
 * Whether what is missing may be in another file, or another team's: any Service that is selected by labels, and one that is named unless
 * it is certainly the one that was looked at: of another directory, it may be another variant. So may a ReferenceGrant.
 */
function mayBeElsewhere({ target }: ReferenceEntry, { says }: ReferenceFault, inventory: InventoryView): boolean {
  if (says === "not-granted" || !("service" in target)) return true;
  return inventory.service(target.namespace, target.service) === undefined;
}

function violationOf(reference: ReferenceEntry, fault: ReferenceFault, isUncertain: boolean): Violation<Says> {
  const { target, port, keys, portKeys } = reference;
  const isPort = fault.says === "no-port";
  const service = "service" in target ? `${target.namespace}/${target.service}` : undefined;
  const [named, selected] = SAYS[fault.says];
  return {
    says: service === undefined ? selected : named,
    path: Path.of(isPort ? (portKeys ?? keys) : keys),
    found: isPort ? port : "service" in target ? target.service : target.selector,
    facts: {
      referrer: nameOfReferrer(reference),
      service,
      port,
      ports: isPort ? fault.ports : undefined,
    },
    ...(isUncertain && { mayBeElsewhere: true as const }),
  };
}
