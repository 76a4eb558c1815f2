import {
  denial,
  limitCauses,
  limitWarnings,
  policyCauseOf,
  policyWarningOf,
  warningOf,
} from "#src/admission/messages/index.ts";
import type { PolicyFinding } from "#src/policy/model/index.ts";
import { describe, type Finding } from "#src/service/findings/index.ts";
import { FILES } from "../session/index.ts";
import { isUnchanged, mergeRefusal, objectLines } from "./client.ts";
import { clusterPolicyOf, nameWithBinding } from "./cluster-policies.ts";
import { namesOf, type OtherFinding, type PrintedLine, type Told } from "./told.ts";

/** A refusal of the API server, before kubectl makes lines of it. */
interface ServerError {
  /** Empty for an error without one. */
  readonly reason: string;
  /** The kind that an `Invalid` names; undefined if it has no details. */
  readonly kind?: string;
  readonly causes: readonly PrintedLine[];
  /** What stands before the causes where kubectl prints the message; without it, they are of an invalid object. */
  readonly lead?: string;
}

const VALIDATING_WEBHOOK = "policies.fairlead.dev";

/** How the API server begins what it says of a field. Source: apimachinery, `field.ErrorType.String`. */
const LEADS: Readonly<Record<string, string>> = {
  FieldValueRequired: "Required value",
  FieldValueInvalid: "Invalid value",
  FieldValueNotSupported: "Unsupported value",
  FieldValueForbidden: "Forbidden",
  FieldValueDuplicate: "Duplicate value",
  FieldValueTooLong: "Too long",
  InternalError: "Internal error",
};

/**
 * What kubectl prints: warnings as `Warning: ...`, then the result or the error (kubectl, pkg/cmd/util/helpers.go). What the
 * API server says in words that Fairlead does not know is told in Fairlead's; what Fairlead's webhook says is as it says it.
 * @param isAlone whether nothing else of the text is refused: then kubectl prints an invalid object otherwise
 */
export function clientText(told: Told, isAlone: boolean): readonly PrintedLine[] {
  const { client, update } = told;
  if (client.refusal !== undefined) return client.refusal.printed;
  const missing = isNoteMissing(told) ? [{ text: `Warning: ${missingNote(told)}` }] : [];
  if (update?.refusal !== undefined) return [...missing, ...mergeRefusal(update.refusal).printed];
  const error = serverError(told);
  return [
    ...missing,
    ...warningsOf(told),
    ...(error === undefined ? [{ text: successText(told) }] : errorLines(told, error, isAlone)),
  ];
}

/** `kubectl apply` finds a stored object that does not say what was applied. */
function isNoteMissing({ before, context }: Told): boolean {
  return context.settings.apply === "client" && before?.isStored === true && before.applied === undefined;
}

function missingNote({ object }: Told): string {
  return `resource services/${namesOf(object).name} is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`;
}

function warningsOf(told: Told): readonly PrintedLine[] {
  const { judgement, context } = told;
  const { decision, warnings, policy } = judgement;
  const active = policy.findings.filter(({ action, suppressed }) => action === "warn" && suppressed === undefined);
  const ofCluster = active.filter((one) => clusterPolicyOf(one, context.policies) !== undefined);
  const ofFairlead = active.filter((one) => !ofCluster.includes(one));
  const announced = announcedOf(told);
  return [
    ...warnings.map(serverWarning),
    ...limitWarnings(announced.map(warningOf), announced).map((text) => ({ text: `Warning: ${text}` })),
    ...(decision.allowed ? ofCluster : []).map((one) => ({
      text: `Warning: Validation failed for ${nameWithBinding(one, context.policies)}: ${one.message}`,
    })),
    ...(decision.allowed ? limitWarnings(ofFairlead.map(policyWarningOf), ofFairlead) : []).map((text) => ({
      text: `Warning: ${text}`,
    })),
  ];
}

/** Of what the server is about to refuse, Fairlead's webhook tells before. */
function announcedOf({ judgement: { decision, causes } }: Told): readonly Finding[] {
  return decision.allowed || decision.code === 400 || decision.code === 413 ? [] : causes;
}

function serverWarning(warning: Finding): PrintedLine {
  const { field, message, code } = describe(warning);
  if (code === "unknown-field") return { text: `Warning: unknown field "${field}"` };
  return { text: field === "" ? "Warning: " : `Warning: ${field}: `, told: message };
}

function serverError(told: Told): ServerError | undefined {
  const { judgement, others } = told;
  if (!judgement.decision.allowed) return refusalOf(told, judgement.decision.code);
  if (others.length > 0) return otherError(told, others);
  const denying = judgement.policy.findings.filter(
    ({ action, suppressed }) => action === "deny" && suppressed === undefined,
  );
  return denying.length === 0 ? undefined : denialOf(told, denying);
}

/** What the webhook has just said, in a warning. */
const ELIDED = [{ text: "", told: "…" }];

const CONFLICT =
  "the object has been modified; please apply your changes to the latest version and try again";

function refusalOf({ judgement: { causes }, object }: Told, code: number): ServerError {
  const described = causes.map(describe);
  const told = described.map(({ field, message }) => (field === "" ? message : `${field}: ${message}`)).join("; ");
  const { name } = namesOf(object);
  switch (code) {
    case 400: {
      const head = 'Service in version "v1" cannot be handled as a Service: ';
      return described.every((one) => one.code === "unknown-field")
        ? {
            reason: "BadRequest",
            lead: `${head}strict decoding error: `,
            causes: [{ text: described.map(({ field }) => `unknown field "${field}"`).join(", ") }],
          }
        : { reason: "BadRequest", lead: head, causes: [{ text: "", told }] };
    }
    case 403:
      return { reason: "Forbidden", lead: `services "${name}" is forbidden: `, causes: ELIDED };
    case 409: {
      const lead = `Operation cannot be fulfilled on services "${name}": `;
      return { reason: "Conflict", lead, causes: [{ text: CONFLICT }] };
    }
    case 413:
      return { reason: "RequestEntityTooLarge", lead: "", causes: [{ text: "", told }] };
    case 500:
      return { reason: "InternalError", lead: "Internal error occurred: ", causes: ELIDED };
    default:
      return {
        reason: "Invalid",
        kind: "Service",
        causes: described.map(({ field, reason = "" }) => ({
          text: `${field === "" ? "<nil>" : field}: ${LEADS[reason] ?? "Invalid value"}: `,
          told: "…",
        })),
      };
  }
}

/** What the server refuses because of other objects, or of another version of this one. */
function otherError({ object }: Told, others: readonly OtherFinding[]): ServerError {
  const policies = others.filter(({ policy }) => policy !== undefined);
  if (policies.length === others.length) {
    const causes = others.map(({ field, message, code, policy, advice }) => ({
      text: `${field}: ${message}${advice === undefined ? "" : `; ${advice}`} (Fairlead: ${code.replace("policy/", "")}, policy ${policy ?? ""})`,
    }));
    return { reason: "Invalid", kind: "Service", causes };
  }
  if (others.some(({ code }) => code === "resource-version-conflict")) {
    const lead = `Operation cannot be fulfilled on services "${namesOf(object).name}": `;
    return { reason: "Conflict", lead, causes: [{ text: CONFLICT }] };
  }
  const causes = others.map(({ field, message }) => ({ text: `${field}: Invalid value: `, told: message }));
  return { reason: "Invalid", kind: "Service", causes };
}

/** The API server asks its own policies first, and tells of one that denies; then it asks the webhook. */
function denialOf({ context: { policies }, sent, object }: Told, denying: readonly PolicyFinding[]): ServerError {
  const { name } = namesOf(object);
  const mutating = denying.find((one) => clusterPolicyOf(one, policies) === "MutatingAdmissionPolicy");
  if (mutating !== undefined) {
    const text = `the MutatingAdmissionPolicy ${mutating.policy} fails: ${mutating.message}`;
    return { reason: "", lead: "", causes: [{ text: "", told: text }] };
  }
  const first = denying.find((one) => clusterPolicyOf(one, policies) !== undefined);
  if (first !== undefined) {
    const { reason = "Invalid", message } = first;
    const text = `${nameWithBinding(first, policies)} denied request: ${message}`;
    // The cause names no field.
    return reason === "Invalid"
      ? { reason, kind: "services", causes: [{ text: `: ${text}` }] }
      : { reason, lead: `services "${name}" is forbidden: `, causes: [{ text }] };
  }
  const causes = limitCauses(denying.map((one) => ({ render: () => policyCauseOf(one), more: one.more })));
  const reason = denying[0]?.reason;
  if (reason === undefined || reason === "Invalid" || denying.some((one) => one.reason !== reason)) {
    const lines = causes.map(({ field = "", message }) => ({ text: `${field}: ${message}` }));
    return { reason: "Invalid", kind: "Service", causes: lines };
  }
  const { namespace } = sent;
  const { message } = denial({ namespace, name }, reason, causes);
  const lead = `admission webhook "${VALIDATING_WEBHOOK}" denied the request: `;
  return { reason, lead, causes: [{ text: message }] };
}

function errorLines(told: Told, { reason, kind, causes, lead }: ServerError, isAlone: boolean): readonly PrintedLine[] {
  const { name } = namesOf(told.object);
  if (kind !== undefined && lead === undefined && isAlone) {
    const head = `The ${kind} "${name}" is invalid: `;
    const [only, ...rest] = causes;
    if (only !== undefined && rest.length === 0) return [{ ...only, text: head + only.text }];
    return [{ text: head }, ...causes.map((cause) => ({ ...cause, text: `* ${cause.text}` }))];
  }
  const server = reason === "" ? "Error from server: " : `Error from server (${reason}): `;
  const before = [...actionLines(told), lead ?? `${kind ?? ""} "${name}" is invalid: `];
  const lines = joined(server, before);
  const [first, ...others] = causes;
  if (first === undefined) return lines.map((text) => ({ text }));
  return [
    ...lines.slice(0, -1).map((text) => ({ text })),
    { ...first, text: (lines.at(-1) ?? "") + first.text },
    ...others,
  ];
}

/** The lines, with the start before the first and the end behind the last. */
function joined(start: string, lines: readonly string[]): readonly string[] {
  const all = [...lines];
  const end = all.pop() ?? "";
  const [first = "", ...rest] = all;
  const last = rest.pop();
  return last === undefined ? [start + first + end] : [start + first, ...rest, last + end];
}

/** What kubectl says it was doing, behind `Error from server`. */
function actionLines({ update, context: { settings }, sent }: Told): readonly string[] {
  if (settings.apply === "server-side") return [""];
  if (update === undefined) return [`error when creating "${FILES.manifest}": `];
  if (settings.apply === "replace") return [`error when replacing "${FILES.manifest}": `];
  return [
    "error when applying patch:",
    "…",
    "to:",
    ...objectLines(namesOf(sent.object).name, sent.namespace),
    `for: "${FILES.manifest}": error when patching "${FILES.manifest}": `,
  ];
}

const DONE = { client: "configured", "server-side": "serverside-applied", replace: "replaced" } as const;

function successText({ sent, before, update, context: { settings } }: Told): string {
  const { name, generateName } = namesOf(sent.object);
  // What the server adds to a generated name is random.
  const full = name === "" ? `${generateName}xxxxx` : name;
  const { apply, dryRun } = settings;
  const isSame =
    apply === "client" && before !== undefined && update !== undefined && isUnchanged(before, update, sent);
  const isNew = update === undefined && apply !== "server-side";
  const verb = isNew ? "created" : isSame ? "unchanged" : DONE[apply];
  return `service/${full} ${verb}${dryRun ? " (server dry run)" : ""}`;
}
