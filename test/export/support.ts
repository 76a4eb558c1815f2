import { judge, type Judgement, type JudgeRequest } from "#src/engine/judge.ts";
import { exportPolicies } from "#src/export/export-policies.ts";
import type { Target } from "#src/export/model.ts";
import { renderingText } from "#src/export/yaml.ts";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { compileFiles } from "#src/policy/files/compile-files.ts";
import { NO_POLICIES, type PolicyFinding, type PolicySet, type RequestFacts } from "#src/policy/model/types.ts";
import type { ServicePolicy } from "#src/policy/schema/document.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { settle } from "../engine/ask.ts";

export const TARGET: Target = { version: { minor: 36 }, cluster: PROFILES.ipv4, prefix: "" };

/** The objects of a policy as a set of policies, read as from a file. @throws Error if they are not valid */
export function exported(policy: ServicePolicy, target: Target = TARGET): PolicySet {
  const rendering = exportPolicies([policy], target);
  if (rendering.objects.length === 0) return NO_POLICIES;
  const text = renderingText(rendering, target);
  const { policies, problems, notes } = compileFiles([{ file: "exported.yaml", text }]);
  const messages = [...problems, ...notes].map(({ message }) => message);
  if (messages.length > 0) throw new Error(`${messages.join("\n")}\n${text}`);
  return policies;
}

export interface Ask {
  readonly operation: JudgeRequest["operation"];
  /** As its author wrote it; of a deletion, what is stored. */
  readonly object: JsonObject;
  readonly old?: JsonObject | undefined;
  readonly facts?: Partial<RequestFacts>;
  readonly cluster?: JudgeRequest["cluster"];
  /** How its author wrote it: by what the record of the fields' owners differs. */
  readonly by?: "Update" | "Apply" | "nobody";
}

/** A request as validating admission gets it: with what the API server has filled in; undefined if it would be refused. */
export function atValidation({ operation, object, old, facts = {}, cluster = PROFILES.ipv4, by = "Update" }: Ask) {
  const usual = {
    dryRun: false,
    fieldValidation: "Warn",
    cluster,
    version: { minor: 36 },
    ipFamilyPolicy: "server",
    policies: NO_POLICIES,
    facts: { namespace: "team-a", today: "2026-11-24", user: { name: "jo", groups: ["developers"] }, ...facts },
  } as const satisfies Partial<JudgeRequest>;
  const stored = (given: JsonObject, before?: JsonObject): JsonObject | undefined => {
    const kind = before === undefined ? "create" : operation;
    const answer = judge({ ...usual, operation: kind, object: given, ...(before && { oldObject: before }) });
    if (!answer.decision.allowed || answer.stored === undefined) return undefined;
    const managed = managedFields(by === "Apply" ? given : plain(answer.admitted), by);
    return withMetadata(plain(settle(answer.stored)), managed);
  };
  const before = old === undefined ? undefined : stored(old);
  if (old !== undefined && before === undefined) return undefined;
  if (operation === "delete") {
    const deleted = before ?? stored(object);
    return deleted && { ...usual, operation, object: deleted, oldObject: deleted };
  }
  const now = stored(object, before);
  return now && { ...usual, operation, object: now, ...(before && { oldObject: before }) };
}

/** What a set of policies finds, by action, without what an exemption covers. */
export function found(
  request: NonNullable<ReturnType<typeof atValidation>>,
  policies: PolicySet,
): readonly PolicyFinding[] {
  const { findings } = judged(request, policies).policy;
  return findings.filter(({ suppressed }) => suppressed === undefined);
}

function judged(request: NonNullable<ReturnType<typeof atValidation>>, policies: PolicySet): Judgement {
  return judge({ ...request, policies });
}

export function actionsOf(findings: readonly PolicyFinding[]): readonly string[] {
  return [...new Set(findings.map(({ action }) => action))].sort();
}

export function withMetadata(object: JsonObject, metadata: JsonObject): JsonObject {
  const { metadata: own } = object;
  return { ...object, metadata: { ...(isObject(own) ? own : {}), ...metadata } };
}

/** The record of owners of a write: what was written and, of an update, the static defaults. */
function managedFields(written: JsonObject, by: "Update" | "Apply" | "nobody"): JsonObject {
  if (by === "nobody") return {};
  const { spec, metadata } = written;
  const labels = isObject(metadata) ? metadata["labels"] : undefined;
  const fieldsV1 = { "f:metadata": { "f:labels": ownership(labels) }, "f:spec": ownership(spec) };
  return { managedFields: [{ manager: "m", operation: by, apiVersion: "v1", fieldsType: "FieldsV1", fieldsV1 }] };
}

function ownership(value: unknown): JsonObject {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      `f:${name}`,
      name === "ports" ? portsOwnership(inner) : ownership(inner),
    ]),
  );
}

function portsOwnership(ports: unknown): JsonObject {
  return Object.fromEntries(
    (Array.isArray(ports) ? ports : []).filter(isObject).map((port) => {
      const key = JSON.stringify({ port: port["port"], protocol: port["protocol"] ?? "TCP" });
      return [`k:${key}`, { ".": {}, ...ownership(port) }];
    }),
  );
}

export function plain(value: unknown): JsonObject {
  const parsed: unknown = JSON.parse(JSON.stringify(value ?? {}));
  return isObject(parsed) ? parsed : {};
}
