import { equalJson, type JsonObject } from "../../field/index.ts";
import type { ReferenceEntry } from "../../inventory/model/index.ts";
import type { PolicyFinding } from "../../policy/model/index.ts";
import type { Context } from "./context.ts";
import { factsOf } from "./judge-manifest.ts";
import type { ObjectsAround } from "./objects-around.ts";
import { placeOf } from "./judge-in-sets.ts";

/** A finding about a reference to a Service, at the object that names it. */
export interface ReferenceFinding {
  readonly reference: ReferenceEntry;
  readonly finding: PolicyFinding;
}

/**
 * What the policies find about the Services that an object of another kind names, in each set that the file belongs to; each
 * finding is told once.
 */
export function* referenceFindings(manifest: JsonObject, context: Context): Generator<ReferenceFinding> {
  const { inventory, views = [], settings, policies } = context;
  if (inventory === undefined) return;
  const told = new Set<string>();
  for (const reference of inventory.referencesIn(manifest, settings)) {
    for (const { inventory: around, applied } of views) {
      const inSet = applied(reference);
      const isRemoved = inventory.isBroken(reference) || inventory.isBroken(inSet);
      const view = isRemoved ? inventory.afterRemoval : around;
      for (const found of policies.judgeReference(inSet, view, factsOf(inSet.namespace, settings))) {
        const place = placeOf(found);
        if (told.has(place)) continue;
        told.add(place);
        yield { reference, finding: isRemoved ? ofRemoval(found, reference) : found };
      }
    }
  }
}

/** What is found about the references of `--inventory` that name a Service which this change removes. */
export function givenReferenceFindings(
  reference: ReferenceEntry,
  inventory: ObjectsAround,
  { policies, settings }: Context,
): readonly PolicyFinding[] {
  const facts = factsOf(reference.namespace, settings);
  return policies
    .judgeReference(reference, inventory.afterRemoval, facts)
    .map((finding) => ofRemoval(finding, reference));
}

/** The finding with the reason why the Service is not there; one about a port is about another Service that may be meant. */
function ofRemoval(finding: PolicyFinding, { portKeys }: ReferenceEntry): PolicyFinding {
  if (portKeys !== undefined && equalJson(finding.path.keys(), portKeys)) return finding;
  return { ...finding, message: `${finding.message}: this change removes it` };
}
