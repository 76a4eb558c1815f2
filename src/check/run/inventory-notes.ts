import { type Need, NEEDS } from "../../inventory/model/index.ts";
import { countPhrase } from "../../reports/model/index.ts";

/** What a rule misses if it knows of no such object, and whether that is worth a word. */
const MISSING: Readonly<Record<Need, string | undefined>> = {
  services: "Services",
  workloads: "workloads",
  references: "objects that name a Service",
  // Most namespaces have none, and nothing is missing then.
  quotas: undefined,
};

/** How many rules a sentence names. */
const MOST_RULES = 5;

/**
 * What rules about several objects could not look at, one sentence each.
 * @param needs what each rule needs
 * @param known what the run knows of
 * @param gaps how many inputs hold objects that are not known
 */
export function inventoryNotes(
  needs: ReadonlyMap<string, readonly Need[]>,
  known: readonly Need[],
  gaps: number,
): string[] {
  const notes: string[] = [];
  if (gaps > 0) {
    const those = gaps === 1 ? "1 input that is not judged holds" : `${gaps} inputs that are not judged hold`;
    notes.push(`what ${those} is not known to rules that look at several objects, and may be what they miss`);
  }
  for (const need of NEEDS) {
    const objects = MISSING[need];
    if (objects === undefined || known.includes(need)) continue;
    const rules = [...needs].flatMap(([rule, its]) => (its.includes(need) ? [rule] : []));
    if (rules.length === 0) continue;
    const more = rules.length > MOST_RULES ? ` and ${rules.length - MOST_RULES} more` : "";
    notes.push(
      `${countPhrase(rules.length, "rule")} found nothing (${rules.slice(0, MOST_RULES).join(", ")}${more}): there are no ${objects} in what is checked; name their manifests too, or what is in the cluster with --inventory`,
    );
  }
  return notes;
}
