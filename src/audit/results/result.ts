import { truncatedText, valueAt } from "../../field/index.ts";
import type { ReferenceEntry } from "../../inventory/model/index.ts";
import type { PolicyFinding } from "../../policy/model/index.ts";
import { describe } from "../../service/findings/index.ts";
import type { AuditFinding, Stored } from "../judge/index.ts";

/** What reports call a result; what passes is not listed. */
export type ResultStatus = "fail" | "warn" | "skip";

/** The object that a result is about. */
interface Subject {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
}

/** One result: a finding about one object, without the time at which it was found. */
export interface AuditResult {
  /** Equal for the same finding in two rounds. */
  readonly id: string;
  readonly policy: string;
  readonly rule: string;
  /** What the policy does with such a write; `invalid`: the API server refuses it. */
  readonly action: "invalid" | "deny" | "warn" | "audit" | "suppressed";
  readonly result: ResultStatus;
  readonly severity: "high" | "medium" | "low";
  readonly message: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly subject: Subject;
}

/** What stands for the name of a policy where the API server's own rules are broken. */
const API_SERVER = "kubernetes-api-server";

/** The longest texts, in UTF-16 units: a report of many results has to fit into one object. */
const LONGEST_MESSAGE = 500;
const LONGEST_PROPERTY = 300;

/** The result for a finding about a stored Service. */
export function resultOfService(found: AuditFinding, { namespace, name, object }: Stored): AuditResult {
  const uid = valueAt(object, ["metadata", "uid"]);
  const subject = { apiVersion: "v1", kind: "Service", namespace, name, ...(typeof uid === "string" && { uid }) };
  if (found.by === "policy") return resultOfPolicy(found.finding, subject);
  const { code, field, message, fix } = describe(found.finding);
  const isRefused = found.severity === "error";
  return resultOf(subject, {
    policy: API_SERVER,
    rule: code,
    action: isRefused ? "invalid" : "warn",
    result: isRefused ? "fail" : "warn",
    severity: isRefused ? "high" : "medium",
    message,
    properties: { field, ...(fix !== undefined && { fix }) },
  });
}

/** The result for a finding about an object that names a Service. */
export function resultOfReference(finding: PolicyFinding, { kind, namespace, name }: ReferenceEntry): AuditResult {
  return resultOfPolicy(finding, { kind, namespace, name });
}

const OF_ACTION = {
  deny: { result: "fail", severity: "high" },
  warn: { result: "warn", severity: "medium" },
  audit: { result: "warn", severity: "low" },
} as const;

function resultOfPolicy(finding: PolicyFinding, subject: Subject): AuditResult {
  const { policy, rule, action, path, message, fix, suppressed } = finding;
  return resultOf(subject, {
    policy,
    rule,
    action: suppressed === undefined ? action : "suppressed",
    ...OF_ACTION[action],
    ...(suppressed !== undefined && { result: "skip" }),
    message,
    properties: {
      field: path.toString(),
      ...(fix !== undefined && { fix }),
      ...(suppressed !== undefined && { exemption: suppressed.reason }),
    },
  });
}

function resultOf(subject: Subject, content: Omit<AuditResult, "id" | "subject">): AuditResult {
  const { policy, rule, result, message: whole, properties: all } = content;
  // A text that is cut in the middle of a character would come back otherwise than it was written.
  const message = truncatedText(whole, LONGEST_MESSAGE).toWellFormed();
  const properties = Object.fromEntries(
    Object.entries(all).map(([key, text]) => [key, truncatedText(text, LONGEST_PROPERTY).toWellFormed()]),
  );
  const id = JSON.stringify([subject.kind, subject.name, policy, rule, result, properties["field"], message]);
  return { ...content, id, message, properties, subject };
}
