import { type AuditResult, type Page, summaryOf } from "../../audit/results/index.ts";
import { isObject, type JsonObject, valueAt } from "../../field/index.ts";
import { objectsAt, textAt } from "../api/index.ts";

/** Marks the reports that Fairlead writes, and nobody else's. */
export const MANAGED_BY = { "app.kubernetes.io/managed-by": "fairlead" } as const;

/** The report as it was read or written last: all that is kept of it. */
export interface KnownReport {
  /** Equal for two reports that say the same. */
  readonly signature: string;
  /** When each result was found first, in seconds since the epoch. */
  readonly foundAt: ReadonlyMap<string, number>;
}

/** What a report says, without its name. */
export interface ReportContent {
  readonly metadata: JsonObject;
  readonly summary: JsonObject;
  readonly results: readonly JsonObject[];
}

/**
 * The content of a report.
 * @param owner whose deletion takes the report along
 * @param foundAt when a result was found, in seconds since the epoch
 */
export function contentOf(page: Page, owner: JsonObject | undefined, foundAt: (id: string) => number): ReportContent {
  return {
    metadata: { labels: MANAGED_BY, ownerReferences: owner === undefined ? [] : [owner] },
    summary: summaryOf(page),
    results: page.map((result) => resultObject(result, foundAt(result.id))),
  };
}

function resultObject(result: AuditResult, seconds: number): JsonObject {
  const { policy, rule, result: status, severity, message, properties, subject } = result;
  return {
    source: "fairlead",
    policy,
    rule,
    category: "Services",
    severity,
    result: status,
    scored: true,
    message,
    properties,
    resources: [subject],
    timestamp: { seconds, nanos: 0 },
  };
}

/** What is kept of a report. @param report as it was read, or as it is written */
export function knownReport(report: JsonObject): KnownReport {
  const foundAt = new Map<string, number>();
  const parts: unknown[] = [objectsAt(report, "metadata", "ownerReferences").map((owner) => owner["uid"])];
  for (const result of objectsAt(report, "results")) {
    const seconds = valueAt(result, ["timestamp", "seconds"]);
    foundAt.set(idOf(result), typeof seconds === "number" ? seconds : 0);
    parts.push(idOf(result), result["severity"], sorted(result["properties"]), textAt(result, "resources", 0, "uid"));
  }
  return { signature: JSON.stringify(parts), foundAt };
}

/** As {@link AuditResult.id}, of a result in a report. */
function idOf(result: JsonObject): string {
  const subject = ["kind", "name"].map((key) => textAt(result, "resources", 0, key));
  const own = ["policy", "rule", "result"].map((key) => textAt(result, key));
  return JSON.stringify([...subject, ...own, textAt(result, "properties", "field"), textAt(result, "message")]);
}

function sorted(value: unknown): unknown {
  return isObject(value) ? Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)) : value;
}
