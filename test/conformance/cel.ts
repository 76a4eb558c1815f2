import { judge, type JudgeRequest } from "#src/engine/judge.ts";
import { goQuote, isObject, Path, valueAt, withoutUndefined } from "#src/field/index.ts";
import { expressionSources } from "#src/policy/admission-policies/expression-sources.ts";
import { readAdmissionDocument } from "#src/policy/admission-policies/read.ts";
import { compilePolicies } from "#src/policy/compile/compile.ts";
import { compileExpressions } from "#src/policy/expressions/compile-expressions.ts";
import { expressionPlaces } from "#src/policy/expressions/problems.ts";
import { NO_POLICIES, type PolicyFinding, type PolicySet } from "#src/policy/model/types.ts";
import type { BoundValidatingPolicy } from "#src/policy/schema/admission-policy.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { type KubernetesVersion, parseVersion } from "#src/service/versions/version.ts";
import { recordedText } from "./vectors.ts";

/** A ValidatingAdmissionPolicy that a real API server was given, and its answers; the format is described in README.md. */
export interface CelVector {
  readonly id: string;
  readonly expression: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly variables?: unknown;
  readonly matchConditions?: unknown;
  readonly failurePolicy?: string;
  readonly policy: { readonly accepted: boolean; readonly causes?: readonly CelCause[] };
  readonly answers?: Readonly<Record<string, CelAnswer>>;
  readonly actions?: readonly string[];
}

interface CelCause {
  readonly field: string;
  readonly reason: string;
  readonly message: string;
}

interface CelAnswer {
  readonly allowed: boolean;
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly warnings?: readonly string[];
}

interface Subject {
  readonly id: string;
  readonly object: unknown;
  readonly old?: unknown;
}

/** One run: who asked, about which Services, and the policies. */
export interface CelRun {
  readonly version: KubernetesVersion;
  readonly label: string;
  readonly subjects: readonly Subject[];
  readonly vectors: readonly CelVector[];
  readonly facts: JudgeRequest["facts"];
}

/** What is compared of each policy: whether the API server takes it, and what it then says of each Service. */
export interface CelAgreement {
  readonly policy: boolean;
  readonly answers: Readonly<Record<string, boolean>>;
}

/** The lines of a file of recorded answers. */
export function recordedLines(file: string): unknown[] {
  return linesOf(recordedText(file));
}

function linesOf(text: string): unknown[] {
  return text.split("\n").filter((line) => line !== "").map((line): unknown => JSON.parse(line));
}

/** Whether a file is one of CEL expressions. */
export function isCelRun(file: string): boolean {
  return valueAt(recordedLines(file)[0], ["kind"]) === "cel";
}

/** Reads a run. @throws if the first line is no header */
export function readCelRun(file: string): CelRun {
  return celRunOf(recordedText(file), file);
}

/** The run of a file with this content. @throws if the first line is no header */
export function celRunOf(text: string, file: string): CelRun {
  const [header, ...vectors] = linesOf(text);
  const version = parseVersion(String(valueAt(header, ["kubernetes"])));
  const subjects = valueAt(header, ["subjects"]);
  const groups = valueAt(header, ["user", "groups"]);
  if (version === undefined || !Array.isArray(subjects) || !Array.isArray(groups)) throw new Error(`${file}: the first line is no header`);
  return {
    version,
    label: String(valueAt(header, ["label"])),
    subjects: subjects.filter(isSubject),
    vectors: vectors.filter(isVector),
    facts: {
      namespace: String(valueAt(header, ["namespace"])),
      user: { name: String(valueAt(header, ["user", "username"])), groups: groups.map(String) },
      today: "2027-01-01",
      origin: "manifest",
      dryRun: true,
    },
  };
}

function isSubject(value: unknown): value is Subject {
  return isObject(value) && typeof value["id"] === "string" && isObject(value["object"]);
}

function isVector(value: unknown): value is CelVector {
  return isObject(value) && typeof value["expression"] === "string" && isObject(value["policy"]);
}

/** Asks the engine what the API server was asked, and compares the answers. */
export function compareCel(vector: CelVector, run: CelRun): CelAgreement & { readonly said: unknown } {
  const { policy, causes } = readVector(vector, run);
  const samePolicy = vector.policy.accepted ? causes.length === 0 : sameCauses(causes, vector.policy.causes ?? []);
  const said: Record<string, unknown> = causes.length === 0 ? {} : { causes };
  const answers: Record<string, boolean> = {};
  if (policy !== undefined && vector.policy.accepted) {
    const policies = compilePolicies([policy]);
    for (const [id, recorded] of Object.entries(vector.answers ?? {})) {
      const subject = run.subjects.find((one) => one.id === id);
      const answer = subject === undefined ? undefined : answerFor(subject, vector, policies, run);
      answers[id] = answer !== undefined && JSON.stringify(answer) === JSON.stringify(comparable(recorded));
      if (!answers[id]) said[id] = answer;
    }
  }
  return { policy: samePolicy, answers, said };
}

function sameCauses(ours: readonly CelCause[], theirs: readonly CelCause[]): boolean {
  const text = (causes: readonly CelCause[]): string => JSON.stringify(causes.map(({ field, reason, message }) => [field, reason, message]));
  return text(ours) === text(theirs);
}

function readVector(vector: CelVector, { label, version }: CelRun): { policy?: BoundValidatingPolicy; causes: readonly CelCause[] } {
  const { id, actions = ["Deny"], expression, message, messageExpression, reason } = vector;
  const { variables, matchConditions, failurePolicy } = vector;
  const group = { apiVersion: "admissionregistration.k8s.io/v1", metadata: { name: id } };
  const reading = readAdmissionDocument({
    ...group,
    kind: "ValidatingAdmissionPolicy",
    spec: withoutUndefined({
      variables,
      matchConditions,
      failurePolicy,
      matchConstraints: {
        resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["services"] }],
        objectSelector: { matchLabels: { [label]: id } },
      },
      validations: [withoutUndefined({ expression, message, messageExpression, reason })],
    }),
  });
  const binding = readAdmissionDocument({
    ...group,
    kind: "ValidatingAdmissionPolicyBinding",
    spec: { policyName: id, validationActions: actions },
  });
  if ("problems" in reading) return { causes: reading.problems.map(({ path, message }) => ({ field: path.toString(), reason: reasonOf(message), message })) };
  if ("problems" in binding || reading.value.kind !== "ValidatingAdmissionPolicy" || binding.value.kind !== "ValidatingAdmissionPolicyBinding") {
    throw new Error(`${id}: the binding cannot be read`);
  }
  const { kind, metadata, spec } = reading.value;
  const policy = { kind, metadata, spec, bindings: [binding.value], objects: [] };
  const compiled = compileExpressions(expressionSources(policy), "none", version.minor);
  const causes = [...expressionPlaces(compiled, Path.root.child("spec"))].flatMap(({ path, expression: { source: given, compilation } }) => {
    if (!("problem" in compilation)) return [];
    const { problem, isInternal } = compilation;
    const field = path.toString();
    // Conditions are shown without the white space around them.
    const source = field.startsWith("spec.matchConditions") ? given.trim() : given;
    return isInternal
      ? [{ field, reason: "InternalError", message: `Internal error: ${problem}` }]
      : [{ field, reason: "FieldValueInvalid", message: `Invalid value: ${goQuote(source)}: ${problem}` }];
  });
  return { policy, causes };
}

/** The reasons of causes, by how their messages begin. */
const REASONS: Readonly<Record<string, string>> = {
  "Required value": "FieldValueRequired",
  "Duplicate value": "FieldValueDuplicate",
  "Unsupported value": "FieldValueNotSupported",
  "Too many": "FieldValueTooMany",
  Forbidden: "FieldValueForbidden",
};

function reasonOf(message: string): string {
  return REASONS[/^[^:]*/.exec(message)?.[0] ?? ""] ?? "FieldValueInvalid";
}

/** The fields of an answer that are compared: of the message, what follows the name of the policy. */
function comparable({ allowed, code, reason, message, warnings = [] }: CelAnswer): unknown {
  const text = message?.replace(/^.*? denied request: /s, "");
  const ofPolicy = warnings.flatMap((warning) => /^Validation failed for ValidatingAdmissionPolicy '.*?' with binding '.*?': (.*)$/s.exec(warning)?.[1] ?? []);
  // What the API server itself warns about is compared elsewhere: here, that there are as many.
  const others = warnings.length - ofPolicy.length;
  return { allowed, ...(!allowed && { code, reason, message: text }), warnings: ofPolicy, others };
}

const CODES: Readonly<Record<string, number>> = { Unauthorized: 401, Forbidden: 403, Invalid: 422, RequestEntityTooLarge: 413 };

function answerFor(subject: Subject, { id, actions = ["Deny"] }: CelVector, policies: PolicySet, run: CelRun): unknown {
  const old = subject.old === undefined ? undefined : judge({ ...requestFor(withLabel(subject.old, run.label, id), run), policies: NO_POLICIES }).stored;
  const object = withLabel(subject.object, run.label, id);
  const judgement = judge({
    ...requestFor(object, run),
    policies,
    ...(old !== undefined && { operation: "update", oldObject: old }),
  });
  const { findings } = judgement.policy;
  const warned = actions.includes("Warn") ? findings.map(({ message }) => message) : [];
  const denial = actions.includes("Deny") ? findings.find(({ action }) => action === "deny") : undefined;
  return {
    allowed: denial === undefined,
    ...(denial !== undefined && refusal(denial)),
    warnings: warned,
    others: judgement.warnings.length,
  };
}

function refusal({ reason = "Invalid", message }: PolicyFinding): object {
  return { code: CODES[reason], reason, message };
}

function withLabel(object: unknown, label: string, value: string): unknown {
  const metadata = valueAt(object, ["metadata"]);
  const labels = valueAt(metadata, ["labels"]);
  if (!isObject(object) || !isObject(metadata)) return object;
  return { ...object, metadata: { ...metadata, labels: { ...(isObject(labels) ? labels : {}), [label]: value } } };
}

function requestFor(object: unknown, { version, facts }: CelRun): Omit<JudgeRequest, "policies"> {
  return { operation: "create", object, dryRun: true, fieldValidation: "Warn", cluster: PROFILES.ipv4, version, ipFamilyPolicy: "server", facts };
}
