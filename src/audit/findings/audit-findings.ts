import { Fingerprints } from "../../check/fingerprints/index.ts";
import { policyContent } from "../../examine/findings/index.ts";
import { FILE_START, locationOf, ServiceText } from "../../examine/places/index.ts";
import { type JsonObject, withoutUndefined } from "../../field/index.ts";
import type { ReferenceEntry } from "../../inventory/model/index.ts";
import type { CheckFinding } from "../../examine/model/index.ts";
import type { Summary } from "../../reports/model/index.ts";
import { describe } from "../../service/findings/index.ts";
import { type AuditFinding, type AuditSettings, judgeReference, judgeStored, type Stored } from "../judge/index.ts";
import { CLUSTER, storedText } from "./stored-text.ts";

/** An object that names Services. */
export interface NamingObject {
  readonly object: JsonObject;
  readonly references: readonly ReferenceEntry[];
}

/** What is judged of a cluster. */
export interface Audited {
  readonly services: Iterable<Stored>;
  readonly naming: Iterable<NamingObject>;
  /** What was not read, and why; one sentence each. */
  readonly leftOut: readonly string[];
}

/** A finding without what is the same for every one of an audit. */
type Content = Omit<CheckFinding, "file" | "fingerprint">;

/**
 * Judges what is stored in a cluster.
 * @param known returns the finding, suppressed if it is in the baseline
 * @returns the summary of the run
 */
export function* auditFindings(
  { services, naming, leftOut }: Audited,
  settings: AuditSettings,
  known: (finding: CheckFinding) => CheckFinding,
): Generator<CheckFinding, Summary> {
  const fingerprints = new Fingerprints();
  const counts = { services: 0, otherKinds: 0, errors: 0, warnings: 0, notes: 0, suppressed: 0 };
  const report = (content: Content): CheckFinding => {
    const finding = known({ ...content, file: CLUSTER, fingerprint: fingerprints.next({ ...content, file: CLUSTER }) });
    if (finding.suppressed !== undefined) counts.suppressed++;
    else counts[COUNTED_AS[finding.severity]]++;
    return finding;
  };
  for (const stored of services) {
    counts.services++;
    const found = judgeStored(stored, settings);
    if (found.length === 0) continue;
    const { namespace, name, object } = stored;
    const text = textOf(object);
    for (const one of found) yield report({ ...contentOf(one, text), service: { namespace, name } });
  }
  for (const { object, references } of naming) {
    const text = textOf(object);
    for (const reference of references) {
      for (const finding of judgeReference(reference, settings)) {
        yield report({ ...policyContent(finding), ...text.locate(finding.path.keys(), "value") });
      }
    }
  }
  return { files: 1, ...counts, unusable: 0, ...(leftOut.length > 0 && { leftOut }) };
}

const COUNTED_AS = { error: "errors", warning: "warnings", note: "notes" } as const;

function textOf(object: JsonObject): ServiceText {
  return new ServiceText({ region: FILE_START, text: () => storedText(object) });
}

function contentOf(found: AuditFinding, text: ServiceText): Content {
  if (found.by === "policy") {
    return { ...policyContent(found.finding), ...text.locate(found.finding.path.keys(), "value") };
  }
  const { code, field, reason, message, fix } = describe(found.finding);
  const { keys, about } = locationOf(found.finding, (path) => path);
  return {
    severity: found.severity,
    rule: code,
    field,
    message,
    ...withoutUndefined({ reason, fix }),
    ...text.locate(keys, about),
  };
}
