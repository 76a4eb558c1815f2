import { isPrintable, Path, utf8Length } from "../../field/index.ts";
import type { Findings } from "../findings/index.ts";
import type { HeldManager } from "../merge/index.ts";

const MANAGED_FIELDS = Path.root.child("metadata").child("managedFields");
const MANAGER_MAX_BYTES = 128;
const SUBRESOURCE_MAX_BYTES = 256;

/**
 * Validates who manages fields. The server reports an entry by its place among those that stay, in its own order. Source:
 * `ValidateManagedFields` of apimachinery.
 * @param managers the entries that the write leaves
 */
export function validateManagers(managers: readonly HeldManager[], findings: Findings): void {
  for (const [position, { entry, index }] of managers.entries()) {
    findings.checkpoint();
    if (findings.canStop) return;
    const { manager = "", subresource = "" } = entry;
    const at = MANAGED_FIELDS.index(index);
    const reported = MANAGED_FIELDS.index(position);
    const tooLong = (field: string, text: string, max: number): void => {
      const bytes = utf8Length(text);
      if (bytes > max) findings.add("text-too-long", at.child(field), bytes, { max }, reported.child(field));
    };
    tooLong("manager", manager, MANAGER_MAX_BYTES);
    if (!isPrintable(manager))
      findings.add("manager-not-printable", at.child("manager"), manager, undefined, reported.child("manager"));
    tooLong("subresource", subresource, SUBRESOURCE_MAX_BYTES);
  }
}
