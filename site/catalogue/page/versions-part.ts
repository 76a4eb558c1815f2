import { NEWEST_KNOWN, OLDEST_KNOWN, versionText } from "../../../src/service/versions/version.ts";
import type { CatalogueExample } from "../examples/index.ts";
import { type Outcome, outcomeOf } from "../run/run-example.ts";
import { linkTo } from "./places.ts";

const MINORS = Array.from({ length: NEWEST_KNOWN.minor - OLDEST_KNOWN.minor + 1 }, (_, i) => OLDEST_KNOWN.minor + i);

/** Versions one after the other that say the same. */
interface Period {
  readonly first: number;
  readonly last: number;
  readonly says: string;
}

/** What each known version of the API server says of the bad text. */
export async function versionsPart(example: CatalogueExample): Promise<string> {
  const periods = example.filler === undefined ? await periodsOf(example) : [];
  const rows = periods.map(({ first, last, says }) => `| ${rangeText(first, last)} | ${says} |`);
  const known = `${versionText(OLDEST_KNOWN)} to ${versionText(NEWEST_KNOWN)}`;
  return rows.length > 1
    ? `What the versions say of the bad example:\n\n| Kubernetes | says |\n|---|---|\n${rows.join("\n")}`
    : `It is the same in all versions that are known, ${known}.`;
}

async function periodsOf(example: CatalogueExample): Promise<readonly Period[]> {
  const periods: Period[] = [];
  for (const minor of MINORS) {
    const settings = { ...example.settings, kubernetesVersion: versionText({ minor }) };
    const says = summaryOf(await outcomeOf({ ...example, settings }, "bad"));
    const previous = periods.at(-1);
    if (previous?.says === says) periods.splice(-1, 1, { ...previous, last: minor });
    else periods.push({ first: minor, last: minor, says });
  }
  return periods;
}

function summaryOf({ findings }: Outcome): string {
  const said = new Set(findings.map(({ severity, rule }) => `${severity} ${linkTo(rule)}`));
  return said.size === 0 ? "nothing" : [...said].join(", ");
}

function rangeText(first: number, last: number): string {
  if (first === last) return versionText({ minor: first });
  if (last === NEWEST_KNOWN.minor) return `${versionText({ minor: first })} and later`;
  return `${versionText({ minor: first })} to ${versionText({ minor: last })}`;
}
