import type { ReferenceEntry } from "../../inventory/model/index.ts";
import type { PolicyFinding } from "../../policy/model/index.ts";
import { type AuditSettings, factsAbout } from "./judge-stored.ts";

/** What the policies say about an object that names a Service; nothing where no inventory is known. */
export function judgeReference(reference: ReferenceEntry, settings: AuditSettings): readonly PolicyFinding[] {
  const { policies, inventory } = settings;
  if (inventory === undefined) return [];
  return policies.judgeReference(reference, inventory, factsAbout(reference.namespace, settings));
}
