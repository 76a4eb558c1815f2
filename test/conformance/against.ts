import { oldServiceOf } from "#src/examine/before/old-object.ts";
import { readOldState } from "#src/examine/before/old-services.ts";
import { defaultSettings } from "#src/examine/settings/settings.ts";
import { judge } from "#src/engine/judge.ts";
import { NO_POLICIES } from "#src/policy/model/types.ts";
import { mentions, type OldManifest, oldManifestOf } from "./old-manifests.ts";
import { compare, type Run, type Vector } from "./vectors.ts";

/** How answers against an old manifest agree with those that the server gave on the stored object. */
export interface AgainstFigures {
  asked: number;
  /** The server refused, the check did not. */
  missed: string[];
  /** The check refused, the server did not. */
  falseAlarms: string[];
  /** Both refused, for other causes. */
  otherCauses: string[];
}

/**
 * Asks each recorded update of a run against the shortest old manifest.
 * @param lucky whether to ask only the updates whose new manifest says a value that the server happened to allocate: nobody
 *   can know those. Otherwise the old manifest says such values, too, as does one of somebody who relies on them.
 */
export function askAgainst(run: Run, lucky: boolean): AgainstFigures {
  const figures: AgainstFigures = { asked: 0, missed: [], falseAlarms: [], otherCauses: [] };
  for (const vector of run.vectors) {
    if (vector.operation !== "update" || vector.text !== undefined) continue;
    const said = (value: unknown): boolean => mentions(vector.object, value);
    const old = oldManifestOf(vector, run, lucky ? undefined : said);
    if (old === undefined || (lucky && ![...old.allocated].some(said))) continue;
    figures.asked += 1;
    const kind = disagreement(vector, old, run);
    if (kind !== undefined) figures[kind].push(vector.id);
  }
  return figures;
}

function disagreement(
  vector: Vector,
  { manifest }: OldManifest,
  run: Run,
): "missed" | "falseAlarms" | "otherCauses" | undefined {
  const settings = { ...defaultSettings("2027-01-01"), cluster: run.cluster, version: run.version };
  const { services } = readOldState([{ file: "old.json", text: JSON.stringify(manifest) }], settings, fail);
  const [key = ""] = services.keys();
  const [namespace = "", name = ""] = key.split("/");
  const old = oldServiceOf(services, { namespace, name });
  const answer = judge({
    operation: "update",
    object: vector.object,
    ...(old && { oldObject: old.object, unknown: old.allocated }),
    dryRun: run.dryRun,
    fieldValidation: "Warn",
    cluster: run.cluster,
    version: run.version,
    ipFamilyPolicy: "server",
    policies: NO_POLICIES,
    facts: { namespace, today: "2027-01-01" },
  });
  const { decision, causes } = compare(vector, answer, run);
  if (decision !== false && causes !== false) return undefined;
  if (answer.decision.allowed) return "missed";
  return vector.expect.allowed ? "falseAlarms" : "otherCauses";
}

function fail(sentence: string): never {
  throw new Error(sentence);
}
