/**
 * `node scripts/chart-inventory.ts [--check]`: generates what the chart has to know of the inventory: which rules need what, and
 * what has to be listed and watched for each need.
 */
import { join } from "node:path";
import { COLLECTIONS } from "#src/cluster/inventory/collections.ts";
import { NEEDS } from "#src/inventory/model/view.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { writeOrCheck } from "./generated.ts";

const FILE = join(import.meta.dirname, "..", "charts", "fairlead", "templates", "_inventory.tpl");

/** The kinds that are read, each once, by their group. */
function access(): readonly object[] {
  const kinds = Map.groupBy(COLLECTIONS, ({ group, resource }) => `${group}/${resource}`);
  return [...kinds.values()].flatMap(([first]) =>
    first === undefined ? [] : { group: first.group, resource: first.resource, needs: first.needs },
  );
}

const rules = Object.fromEntries(
  RULES.flatMap(({ id, needs = [] }) => (needs.length === 0 ? [] : [[id, needs] as const])).toSorted(([one], [other]) =>
    one.localeCompare(other),
  ),
);

writeOrCheck(
  FILE,
  [
    "{{/* Made by scripts/chart-inventory.ts from the rules and from what they need of a cluster: change them there. */}}",
    '{{- define "fairlead.inventoryTable" -}}',
    "needs:",
    ...NEEDS.map((need) => `  - ${need}`),
    "rules:",
    ...Object.entries(rules).map(([id, needs]) => `  ${id}: ${JSON.stringify(needs)}`),
    "access:",
    ...access().map((one) => `  - ${JSON.stringify(one)}`),
    "{{- end -}}",
    "",
  ].join("\n"),
);
