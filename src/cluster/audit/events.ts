import type { AuditResult } from "../../audit/results/index.ts";
import type { JsonObject } from "../../field/index.ts";

/** The longest message of an Event in Kubernetes. */
const LONGEST = 1024;

/**
 * The Event that tells what is new about a Service.
 * @param reporter the name of this replica
 */
export function eventOf(results: readonly [AuditResult, ...AuditResult[]], reporter: string, now: Date): JsonObject {
  const [first] = results;
  const { subject, policy, rule, message } = first;
  const more = results.length === 1 ? "" : ` (and ${String(results.length - 1)} more)`;
  const time = now.toISOString().replace(/\.\d+Z$/, "Z");
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: { generateName: `${subject.name}.`, namespace: subject.namespace },
    involvedObject: subject,
    type: "Warning",
    reason: "PolicyViolation",
    message: `policy ${policy}, rule ${rule}: ${message}`.slice(0, LONGEST - more.length).toWellFormed() + more,
    source: { component: "fairlead" },
    reportingComponent: "fairlead",
    reportingInstance: reporter,
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  };
}
