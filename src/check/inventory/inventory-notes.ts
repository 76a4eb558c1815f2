import { type Need, NEEDS } from "../../inventory/model/index.ts";
import { countPhrase } from "../../examine/model/index.ts";

/** What a run knows of. */
interface Knowledge {
  readonly known: readonly Need[];
  /** Whether a previous state is given. */
  readonly isChange: boolean;
}

interface Missing {
  /** What is missing, as notes name it. */
  readonly objects: string;
  /** Whether it is worth a word that a rule with these needs has not seen any. */
  readonly matters: (needs: readonly Need[], knowledge: Knowledge) => boolean;
}

const MISSING: Readonly<Partial<Record<Need, Missing>>> = {
  services: {
    objects: "Services",
    matters: (needs, { known }) => needs.includes("references") && known.includes("references"),
  },
  workloads: { objects: "workloads", matters: (_needs, { known }) => known.includes("services") },
  // Only a change of a Service breaks what others name.
  references: { objects: "objects that name a Service", matters: (_needs, { isChange }) => isChange },
  // Most namespaces have no quota, and nothing is missing then.
};

/** How many rules a sentence names. */
const MOST_RULES = 5;

/**
 * What rules about several objects could not look at, one sentence each.
 * @param rules what each rule needs
 * @param gaps how many inputs hold objects that are not known
 */
export function inventoryNotes(
  rules: ReadonlyMap<string, readonly Need[]>,
  knowledge: Knowledge,
  gaps: number,
): string[] {
  const notes: string[] = [];
  if (gaps > 0) {
    const those = gaps === 1 ? "1 input that is not judged holds" : `${gaps} inputs that are not judged hold`;
    notes.push(`what ${those} is not known to rules that look at several objects, and may be what they miss`);
  }
  for (const need of NEEDS) {
    const missing = MISSING[need];
    if (missing === undefined || knowledge.known.includes(need)) continue;
    const blind = [...rules].filter(([, needs]) => needs.includes(need) && missing.matters(needs, knowledge));
    if (blind.length === 0) continue;
    const names = blind.slice(0, MOST_RULES).map(([rule]) => rule);
    const more = blind.length > MOST_RULES ? ` and ${blind.length - MOST_RULES} more` : "";
    notes.push(
      `${countPhrase(blind.length, "rule")} found nothing (${names.join(", ")}${more}): there are no ${missing.objects} in what is checked; name their manifests too, or what is in the cluster with --inventory`,
    );
  }
  return notes;
}
