import type { Path } from "../../../field/index.ts";
import type { InventoryView, ServiceEntry } from "../../../inventory/model/index.ts";
import { type BrokenReference, brokenBy, type ReferenceFault } from "../../../inventory/references/index.ts";
import { LABELS, type MessageTemplate, METADATA, SPEC, type Violation } from "../kit/index.ts";
import { nameOfReferrer } from "./referrer.ts";

/** What a change of a Service, or its deletion, breaks. */
export const BROKEN_MESSAGES = {
  deleted: {
    text: "{referrer} names the Service {name}, which is being deleted",
    fix: "change or delete {referrer} first",
  },
  "selected-deleted": {
    text: "{referrer} selects the Service {name}, which is being deleted, and nothing else",
    fix: "change or delete {referrer} first",
  },
  "takes-port": {
    text: "{referrer} names the port {port}, which this update takes away: the ports are then {ports}",
    fix: "change {referrer} first, or keep the port",
  },
  "takes-labels": {
    text: "{referrer} selects the Service {name} by labels that this update takes away",
    fix: "change {referrer} first, or keep the labels",
  },
  "takes-headless": {
    text: "{referrer} needs a headless Service, and {name} is none after this update",
    fix: "change {referrer} first, or keep clusterIP: None",
  },
} as const satisfies Readonly<Record<string, MessageTemplate>>;

type Says = keyof typeof BROKEN_MESSAGES;

/** What an update takes away, and where, for each fault that it may cause: that something is not granted is none. */
const BY_UPDATE: Readonly<Record<ReferenceFault["says"], readonly [Says, Path] | undefined>> = {
  "no-service": ["takes-labels", LABELS],
  "no-port": ["takes-port", SPEC.child("ports")],
  "not-headless": ["takes-headless", SPEC.child("clusterIP")],
  "not-granted": undefined,
};

/**
 * The references that an update or a deletion breaks: each object once for each port that it names, however often it names it.
 * @param after undefined if the Service is deleted
 */
export function brokenReferences(
  before: ServiceEntry,
  after: ServiceEntry | undefined,
  view: InventoryView,
): readonly Violation<Says>[] {
  const violations = new Map<string, Violation<Says>>();
  for (const broken of brokenBy(before, after, view)) {
    const violation = after === undefined ? byDeletion(broken, before) : byUpdate(broken, before);
    if (violation === undefined) continue;
    const { says, facts } = violation;
    const key = JSON.stringify([says, facts?.["referrer"], facts?.["port"]]);
    if (!violations.has(key)) violations.set(key, violation);
  }
  return [...violations.values()];
}

/** Whichever of the ports it names: after a deletion none is there. */
function byDeletion({ reference }: BrokenReference, { name }: ServiceEntry): Violation<Says> {
  return {
    says: "service" in reference.target ? "deleted" : "selected-deleted",
    path: METADATA.child("name"),
    found: name,
    facts: { referrer: nameOfReferrer(reference) },
  };
}

function byUpdate({ reference, fault }: BrokenReference, { name }: ServiceEntry): Violation<Says> | undefined {
  const taken = BY_UPDATE[fault.says];
  if (taken === undefined) return undefined;
  const [says, path] = taken;
  const { port } = reference;
  return {
    says,
    path,
    found: fault.says === "no-port" ? port : name,
    facts: {
      referrer: nameOfReferrer(reference),
      ...(fault.says === "no-port" && { port, ports: fault.ports }),
    },
  };
}
