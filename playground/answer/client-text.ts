import {
  causeOf,
  denial,
  limitCauses,
  limitWarnings,
  policyCauseOf,
  policyWarningOf,
  warningOf,
} from "#src/admission/messages/index.ts";
import type { FailureStatus, StatusCause } from "#src/admission/review/index.ts";
import { describe } from "#src/service/findings/index.ts";
import { FILES } from "../session/index.ts";
import type { Told } from "./answer.ts";

/** The reason that belongs to a status code; kubectl prints `Invalid` otherwise than all others. */
const REASONS: Readonly<Record<number, string>> = {
  400: "BadRequest",
  403: "Forbidden",
  409: "Conflict",
  413: "RequestEntityTooLarge",
  422: "Invalid",
  500: "InternalError",
};

const VALIDATING_WEBHOOK = "policies.fairlead.dev";

/**
 * What kubectl prints: warnings as `Warning: ...`, then the result or the error (kubectl, pkg/cmd/util/helpers.go:
 * `StandardErrorMessage`, `statusCausesToAggrError`). The sentences are Fairlead's: the API server's own say less.
 */
export function clientText(told: Told): readonly string[] {
  return [...warningsOf(told).map((text) => `Warning: ${text}`), ...resultOf(told)];
}

function warningsOf({ judgement: { decision, causes, warnings, policy } }: Told): readonly string[] {
  const active = policy.findings.filter(({ action, suppressed }) => action === "warn" && suppressed === undefined);
  const isDecoded = decision.allowed || decision.code !== 400;
  // Of what the server is about to refuse, the mutating webhook tells before.
  const announced = isDecoded ? causes : [];
  return [
    ...warnings.map((warning) => {
      const { field, message } = describe(warning);
      return field === "" ? message : `${field}: ${message}`;
    }),
    ...limitWarnings(announced.map(warningOf), announced),
    ...(decision.allowed ? limitWarnings(active.map(policyWarningOf), active) : []),
  ];
}

function resultOf(told: Told): readonly string[] {
  const { judgement, sent, update } = told;
  if (update?.refusal !== undefined)
    return update.refusal.reason === "conflict"
      ? [`error: Apply failed with ${update.refusal.conflicts.length} conflict(s)`]
      : [`error: the ports of service "${sent.name}" cannot be merged`];
  if (!judgement.decision.allowed) {
    const { code } = judgement.decision;
    const causes = limitCauses(judgement.causes.map((cause) => ({ render: () => causeOf(cause), more: cause.more })));
    const status = statusOf(told, code === 400 ? "unreadable" : "invalid", causes);
    return errorText(told, { ...status, code, reason: REASONS[code] ?? status.reason });
  }
  const denying = judgement.policy.findings.filter(
    ({ action, suppressed }) => action === "deny" && suppressed === undefined,
  );
  if (denying.length === 0) return [successText(told)];
  const causes = limitCauses(denying.map((one) => ({ render: () => policyCauseOf(one), more: one.more })));
  const [first] = denying;
  const reason = first?.reason;
  const isShared = reason !== undefined && reason !== "Invalid" && denying.every((one) => one.reason === reason);
  const status = statusOf(told, isShared ? reason : "invalid", causes);
  const message = `admission webhook "${VALIDATING_WEBHOOK}" denied the request: ${status.message}`;
  return errorText(told, { ...status, message });
}

function statusOf(
  { sent }: Told,
  refusal: Parameters<typeof denial>[1],
  causes: readonly StatusCause[],
): FailureStatus {
  const { namespace, name } = sent;
  return denial({ namespace, name }, refusal, causes);
}

function errorText({ update, settings }: Told, { reason, details, message, code }: FailureStatus): readonly string[] {
  if (reason === "Invalid" && details !== undefined) {
    const causes = details.causes.map(({ field, message: text }) => `${field ?? "<nil>"}: ${text}`);
    const head = `The ${details.kind} "${details.name ?? ""}" is invalid:`;
    return causes.length === 1 ? [`${head} ${causes.join("")}`] : [head, ...causes.map((cause) => `* ${cause}`)];
  }
  const verb = update === undefined ? "creating" : settings.apply === "replace" ? "replacing" : "applying patch to";
  return [`Error from server (${reason}): error when ${verb} "${FILES.manifest}": ${message}`, `(HTTP ${code})`];
}

const UPDATED = { client: "configured", "server-side": "serverside-applied", replace: "replaced" } as const;

function successText({ sent, update, settings }: Told): string {
  const verb =
    settings.apply === "server-side"
      ? "serverside-applied"
      : update === undefined
        ? "created"
        : UPDATED[settings.apply];
  return `service/${sent.name} ${verb}${settings.dryRun ? " (server dry run)" : ""}`;
}
