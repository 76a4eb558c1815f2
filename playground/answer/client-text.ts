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
  readonly message: PrintedLine;
  /** What kubectl prints instead of the message, if this is the only error and its reason `Invalid`. */
  readonly details?: { readonly kind: string; readonly causes: readonly PrintedLine[] };
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
  return `resource services/${namesOf(object).name} is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. …`;
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

/** Stands for what the webhook has just said, in a warning. */
const ELIDED = "…";

const CONFLICT = "the object has been modified; please apply your changes to the latest version and try again";

function refusalOf({ judgement: { causes }, object }: Told, code: number): ServerError {
  const described = causes.map(describe);
  const told = described.map(({ field, message }) => (field === "" ? message : `${field}: ${message}`)).join("; ");
  const { name } = namesOf(object);
  switch (code) {
    case 400: {
      const head = 'Service in version "v1" cannot be handled as a Service: ';
      const unknown = described.map(({ field }) => `unknown field "${field}"`).join(", ");
      return {
        reason: "BadRequest",
        message: described.every((one) => one.code === "unknown-field")
          ? { text: `${head}strict decoding error: ${unknown}` }
          : { text: head, told },
      };
    }
    case 403:
      return { reason: "Forbidden", message: { text: `services "${name}" is forbidden: `, told: ELIDED } };
    case 409:
      return conflict(name);
    case 413:
      return { reason: "RequestEntityTooLarge", message: { text: "", told } };
    case 500:
      return { reason: "InternalError", message: { text: "Internal error occurred: ", told: ELIDED } };
    default:
      return invalid(
        name,
        described.map(({ field, reason = "" }) => ({
          text: `${field === "" ? "<nil>" : field}: ${LEADS[reason] ?? "Invalid value"}: `,
          told: ELIDED,
        })),
      );
  }
}

function conflict(name: string): ServerError {
  return {
    reason: "Conflict",
    message: { text: `Operation cannot be fulfilled on services "${name}": ${CONFLICT}` },
  };
}

/** A Service that the API server refuses as invalid. */
function invalid(name: string, causes: readonly PrintedLine[]): ServerError {
  const [only, ...rest] = causes;
  const head = `Service "${name}" is invalid: `;
  const list = `[${causes.map(({ text, told = "" }) => text + told).join(", ")}]`;
  return {
    reason: "Invalid",
    message: only !== undefined && rest.length === 0 ? { ...only, text: head + only.text } : { text: head, told: list },
    details: { kind: "Service", causes },
  };
}

/** What is refused because of other objects of the text, or of another version of this one. */
function otherError(told: Told, others: readonly OtherFinding[]): ServerError {
  const { name } = namesOf(told.object);
  const ofServer = others.filter(({ policy }) => policy === undefined);
  if (ofServer.some(({ code }) => code === "resource-version-conflict")) return conflict(name);
  if (ofServer.length > 0)
    return invalid(
      name,
      ofServer.map(({ field, message }) => ({ text: `${field}: Invalid value: `, told: message })),
    );
  const causes = others.map(({ field, message, code, policy = "", advice }) => ({
    field,
    message: `${message}${advice === undefined ? "" : `; ${advice}`} (Fairlead: ${code.replace("policy/", "")}, policy ${policy})`,
  }));
  return webhookError(told, "invalid", causes);
}

/** The API server asks its own policies first, and tells of one that denies; then it asks the webhook. */
function denialOf(told: Told, denying: readonly PolicyFinding[]): ServerError {
  const { policies } = told.context;
  const { name } = namesOf(told.object);
  const mutating = denying.find((one) => clusterPolicyOf(one, policies) === "MutatingAdmissionPolicy");
  if (mutating !== undefined) {
    const text = `the MutatingAdmissionPolicy ${mutating.policy} fails: ${mutating.message}`;
    return { reason: "", message: { text: "", told: text } };
  }
  const first = denying.find((one) => clusterPolicyOf(one, policies) !== undefined);
  if (first !== undefined) {
    const text = `${nameWithBinding(first, policies)} denied request: ${first.message}`;
    return {
      reason: first.reason ?? "Invalid",
      message: { text: `services "${name}" is forbidden: ${text}` },
      // The cause names no field.
      details: { kind: "services", causes: [{ text: `: ${text}` }] },
    };
  }
  const causes = limitCauses(denying.map((one) => ({ render: () => policyCauseOf(one), more: one.more })));
  const reason = denying[0]?.reason;
  const isShared = reason !== undefined && reason !== "Invalid" && denying.every((one) => one.reason === reason);
  return webhookError(told, isShared ? reason : "invalid", causes);
}

/** What Fairlead's webhook answers, word by word. */
function webhookError(
  { sent: { namespace }, object }: Told,
  refusal: Parameters<typeof denial>[1],
  causes: Parameters<typeof denial>[2],
): ServerError {
  const { message, reason } = denial({ namespace, name: namesOf(object).name }, refusal, causes);
  return {
    reason,
    message: { text: `admission webhook "${VALIDATING_WEBHOOK}" denied the request: ${message}` },
    details: {
      kind: "Service",
      causes: causes.map(({ field = "", message: text }) => ({ text: `${field}: ${text}` })),
    },
  };
}

function errorLines(told: Told, { reason, message, details }: ServerError, isAlone: boolean): readonly PrintedLine[] {
  if (reason === "Invalid" && details !== undefined && isAlone) {
    const head = `The ${details.kind} "${namesOf(told.object).name}" is invalid: `;
    const [only, ...rest] = details.causes;
    if (only !== undefined && rest.length === 0) return [{ ...only, text: head + only.text }];
    return [{ text: head }, ...details.causes.map((cause) => ({ ...cause, text: `* ${cause.text}` }))];
  }
  const server = reason === "" ? "Error from server: " : `Error from server (${reason}): `;
  const action = actionLines(told);
  const lines = [...action.slice(0, -1), (action.at(-1) ?? "") + message.text];
  return lines.map((text, index) => ({
    ...(index === lines.length - 1 && message),
    text: index === 0 ? server + text : text,
  }));
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
