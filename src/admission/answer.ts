import { type Judgement, type JudgeRequest, judgeWhole } from "../engine/index.ts";
import { isObject, TimeBudgetExceeded } from "../field/index.ts";
import type { Operation, PolicyFinding } from "../policy/model/index.ts";
import { profileForAllocated, isAllocated } from "./allocated.ts";
import { exemptionOf } from "./exemption.ts";
import { type Answer, factsOf } from "./facts.ts";
import {
  auditAnnotations,
  causeOf,
  denial,
  limitCauses,
  limitWarnings,
  MOST_CAUSES,
  type PendingCause,
  policyCauseOf,
  policyWarningOf,
  type Refusal,
  warningOf,
} from "./messages/index.ts";
import { overBudget } from "./over-budget.ts";
import { policiesForPhase } from "./policies-for-phase.ts";
import {
  type AdmissionRequest,
  allow,
  fail,
  patchBetween,
  readReview,
  refuse,
  type StatusCause,
} from "./review/index.ts";
import type { AdmissionSettings, Phase } from "./settings.ts";

export type { Answer };

/**
 * Answers one AdmissionReview, the parsed body of a POST. Pure: the date and all facts about the cluster are in the
 * settings.
 * @throws only on a bug.
 */
export function answer(review: unknown, phase: Phase, settings: AdmissionSettings): Answer {
  const reading = readReview(review);
  if ("problem" in reading) {
    const { problem, uid } = reading;
    return { status: 400, body: fail(400, problem, uid), facts: factsOf(phase, uid, "malformed", { reason: problem }) };
  }
  const { request } = reading;
  const operation = operationOf(request);
  if (operation === undefined) {
    const reason =
      `not a write of a Service: ${request.operation} of ${request.resource} ${request.subResource}`.trim();
    return { status: 200, body: allow(request.uid), facts: factsOf(phase, request, "passed", { reason }) };
  }
  const exemption = exemptionOf(request, settings.exempt);
  if (exemption !== undefined) {
    const body = allow(request.uid, { auditAnnotations: { exempt: exemption.reason } });
    return { status: 200, body, facts: factsOf(phase, request, "exempt", { reason: exemption.reason, exemption }) };
  }
  const serviceReview = { request, operation, phase, settings };
  try {
    return phase === "mutate" ? mutatingAnswer(serviceReview) : validatingAnswer(serviceReview, phase);
  } catch (error) {
    if (error instanceof TimeBudgetExceeded) return overBudget(request, phase, settings);
    throw error;
  }
}

/** A review of a write of a Service that is to be judged. */
interface ServiceReview {
  readonly request: AdmissionRequest;
  readonly operation: Operation;
  readonly settings: AdmissionSettings;
}

const SERVICES = "/v1/services";

/** The engine's name of the operation; undefined if the request is not a write of a Service. */
function operationOf(request: AdmissionRequest): Operation | undefined {
  if (request.resource !== SERVICES || request.kind !== "Service") return undefined;
  switch (request.operation) {
    case "CREATE":
      return request.subResource === "" ? "create" : undefined;
    case "UPDATE":
      if (request.subResource === "status") return "status";
      return request.subResource === "" ? "update" : undefined;
    case "DELETE":
      // API servers before 1.15 did not send the object of a DELETE: then there is nothing to judge.
      return isObject(request.oldObject) ? "delete" : undefined;
    case "CONNECT":
      return undefined;
  }
}

/**
 * How many items of a list are filled in if the API server is about to refuse the object: the rest is not needed, and
 * there may be a million. They are always the same items, so the patch is idempotent.
 */
const MOST_ITEMS_OF_REFUSED = 1000;

/**
 * `/mutate`: fills in defaults, and warns of what the API server is about to refuse; the refusal itself is left to the
 * server. Only a MutatingAdmissionPolicy that fails denies, as it does in the API server: no later phase could tell, because
 * what it would see is the object that has been mutated already.
 */
function mutatingAnswer({ request, operation, settings }: ServiceReview): Answer {
  if (operation === "delete" || !isObject(request.object)) {
    return { status: 200, body: allow(request.uid), facts: factsOf("mutate", request, "allowed", { unchanged: true }) };
  }
  const judgement = judgeWhole(
    judgeRequest(request, operation, settings, {
      policies: policiesForPhase("mutate", settings.policies),
      cluster: settings.cluster,
      dryRun: request.dryRun,
    }),
  );
  const { admitted } = judgement;
  const { denying, warning } = activeFindings(judgement);
  const warnings = limitWarnings(
    [judgement.causes.values().map(warningOf), warning.values().map(policyWarningOf)].values().flatMap((each) => each),
    [...judgement.causes, ...warning],
  );
  if (denying.length > 0) {
    const causes = limitCauses(pendingCauses(denying, policyCauseOf));
    const refusal = refuse(request.uid, denial(request, "invalid", causes), {
      warnings,
      auditAnnotations: auditAnnotations({ judgement }),
    });
    return { status: 200, body: refusal, facts: factsOf("mutate", request, "denied", { judgement }) };
  }
  settings.checkpoint?.();
  const patch =
    admitted === undefined
      ? []
      : patchBetween(request.object, admitted, {
          replacedDefaults: judgement.policy.applied.map(({ path }) => path),
          before: judgement.policy.hasMutated === true ? judgement.defaulted : undefined,
          items: judgement.decision.allowed ? undefined : MOST_ITEMS_OF_REFUSED,
          withStatus: operation === "status",
          checkpoint: settings.checkpoint,
        });
  const body = allow(request.uid, {
    patch,
    warnings,
    auditAnnotations: auditAnnotations({ judgement, patch }),
  });
  const isServers = settings.ipFamilyPolicy === "server" && judgement.policy.applied.length === 0;
  const unchanged = (patch.length === 0 || isServers) && hasNoFindings(judgement);
  const facts = factsOf("mutate", request, patch.length === 0 ? "allowed" : "patched", { judgement, patch, unchanged });
  return { status: 200, body, facts };
}

/** `/validate` and its halves: policies deny and warn; the API server's own rules do what `validity` says. */
function validatingAnswer({ request, operation, settings }: ServiceReview, phase: Exclude<Phase, "mutate">): Answer {
  const whole = judgeWhole(validationJudgeRequest({ request, operation, phase, settings }));
  // Each half reports, audits and counts only its own findings, so that none appears twice.
  const judgement = phase === "validate" || phase === settings.validity ? whole : { ...whole, causes: [] };
  const inventoryAge = settings.policies.needs.size === 0 ? undefined : (settings.inventory?.age ?? "unknown");
  if (hasNoFindings(judgement)) return validatingReply(request, phase, judgement, { ...NOTHING_TO_SAY, inventoryAge });
  const { denying, warning } = activeFindings(judgement);
  const [refusing, hinting] = settings.validity === "deny" ? [judgement.causes, []] : [[], judgement.causes];
  const causes = limitCauses([...pendingCauses(refusing, causeOf), ...pendingCauses(denying, policyCauseOf)]);
  const warnings = limitWarnings(
    [hinting.values().map(warningOf), warning.values().map(policyWarningOf)].values().flatMap((each) => each),
    [...hinting, ...warning],
  );
  return validatingReply(request, phase, judgement, {
    causes,
    warnings,
    inventoryAge,
    refusal: refusalOf(operation, judgement, settings, refusing.length === 0 ? denying : []),
  });
}

const NO_ACTIVE: { readonly denying: readonly PolicyFinding[]; readonly warning: readonly PolicyFinding[] } = {
  denying: [],
  warning: [],
};

/** The findings of policies that count, by what they do. */
function activeFindings({ policy: { findings } }: Judgement): typeof NO_ACTIVE {
  if (findings.length === 0) return NO_ACTIVE;
  const active = findings.filter((finding) => finding.suppressed === undefined);
  return {
    denying: active.filter(({ action }) => action === "deny"),
    warning: active.filter(({ action }) => action === "warn"),
  };
}

function pendingCauses<F extends { readonly more?: number; readonly orMore?: true }>(
  findings: readonly F[],
  render: (finding: F) => StatusCause,
): readonly PendingCause[] {
  return findings.map((finding) => ({ render: () => render(finding), more: finding.more, orMore: finding.orMore }));
}

interface ValidationOutcome {
  readonly causes: readonly StatusCause[];
  readonly warnings: readonly string[];
  readonly refusal: Refusal;
  readonly inventoryAge?: number | "unknown" | undefined;
}

const NOTHING_TO_SAY: ValidationOutcome = { causes: [], warnings: [], refusal: "invalid" };

function validatingReply(
  request: AdmissionRequest,
  phase: Phase,
  judgement: Judgement,
  outcome: ValidationOutcome,
): Answer {
  const { warnings, inventoryAge } = outcome;
  const additions = { warnings, auditAnnotations: auditAnnotations({ judgement, inventoryAge }) };
  const denied = outcome.causes.length > 0;
  return {
    status: 200,
    body: denied
      ? refuse(request.uid, denial(request, outcome.refusal, outcome.causes), additions)
      : allow(request.uid, additions),
    facts: factsOf(phase, request, denied ? "denied" : "allowed", { judgement, unchanged: hasNoFindings(judgement) }),
  };
}

function hasNoFindings({ causes, policy: { findings, skipped } }: Judgement): boolean {
  return causes.length === 0 && findings.length === 0 && skipped.length === 0;
}

function refusalOf(
  operation: Operation,
  judgement: Judgement,
  settings: AdmissionSettings,
  denying: readonly PolicyFinding[],
): Refusal {
  if (operation === "delete") return "forbidden";
  const unreadable = !judgement.decision.allowed && judgement.decision.code === 400;
  if (unreadable && settings.validity === "deny") return "unreadable";
  return reasonOfPolicy(denying) ?? "invalid";
}

/** The reason that the first of the findings gives, if it is not the usual one; one of many causes does not speak for all. */
function reasonOfPolicy([first, ...others]: readonly PolicyFinding[]): Refusal | undefined {
  const reason = first?.reason;
  if (reason === undefined || reason === "Invalid" || others.some((other) => other.reason !== reason)) return undefined;
  return reason;
}

/**
 * The object as the API server will store it: the allocated values have been found in range and free by the server,
 * which alone can tell.
 */
function validationJudgeRequest({
  request,
  operation,
  phase,
  settings,
}: ServiceReview & { readonly phase: Phase }): JudgeRequest {
  const allocated = isAllocated(request.object);
  return judgeRequest(request, operation, settings, {
    policies: policiesForPhase(phase, settings.policies, allocated),
    cluster: allocated ? profileForAllocated(request.object, settings.cluster) : settings.cluster,
    dryRun: allocated || request.dryRun,
  });
}

/** One literal: the engine reads requests of one shape several times as fast as those that are put together by spreading. */
function judgeRequest(
  request: AdmissionRequest,
  operation: Operation,
  settings: AdmissionSettings,
  { policies, cluster, dryRun }: Pick<JudgeRequest, "policies" | "cluster" | "dryRun">,
): JudgeRequest {
  return {
    operation,
    object: request.object,
    oldObject: isObject(request.oldObject) ? request.oldObject : undefined,
    dryRun,
    passManagers: true,
    passPreconditions: true,
    // The API server has already dropped or refused the fields that it does not know: one that is unknown here belongs
    // to a newer server.
    fieldValidation: "Ignore",
    cluster,
    version: settings.version,
    policies,
    most: MOST_CAUSES,
    ipFamilyPolicy: settings.ipFamilyPolicy,
    facts: {
      namespace: request.namespace,
      namespaceLabels: settings.namespaceLabels?.(request.namespace),
      user: request.user,
      dryRun: request.dryRun,
      today: settings.today,
    },
    inventory: settings.inventory?.view,
    checkpoint: settings.checkpoint,
    limitExpressions: settings.limitExpressions,
    toPolicies: { given: request.object, cluster: settings.cluster },
  };
}
