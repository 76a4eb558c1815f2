import { judge, type Judgement, type JudgeRequest } from "../engine.ts";
import { isObject } from "../field/json.ts";
import type { Operation } from "../policy/types.ts";
import { auditAnnotations } from "./annotations.ts";
import { denial, type Refusal } from "./denial.ts";
import { exemptionOf } from "./exemption.ts";
import { factsOf, type ReviewFacts } from "./facts.ts";
import { patchBetween } from "./patch.ts";
import { allow, fail, refuse, type ReviewReply, type StatusCause } from "./reply.ts";
import { type AdmissionRequest, readReview } from "./review.ts";
import { isSettled, settledCluster } from "./settled.ts";
import type { AdmissionSettings, Phase } from "./settings.ts";
import { fitWarnings, type WarningText } from "./warnings.ts";
import { causeOf, policyCauseOf, policyWarningOf, warningOf } from "./words.ts";

/** What to send back, and what there is to log and to count. */
export interface Answer {
  /** The HTTP status: 200, or 400 for a body that is no AdmissionReview. */
  readonly status: 200 | 400;
  readonly body: ReviewReply;
  readonly facts: ReviewFacts;
}

/**
 * Answers one AdmissionReview, the parsed body of a POST. Pure: the day and all that is known of the cluster stand in
 * the settings.
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
  const judged = { request, operation, phase, settings };
  return phase === "mutate" ? mutation(judged) : validation(judged, phase);
}

/** A request that is to be judged. */
interface Judged {
  readonly request: AdmissionRequest;
  readonly operation: Operation;
  readonly settings: AdmissionSettings;
}

const SERVICES = "/v1/services";

/** What the engine calls the operation; undefined for what is not its business. */
function operationOf(request: AdmissionRequest): Operation | undefined {
  if (request.resource !== SERVICES || request.kind !== "Service") return undefined;
  switch (request.operation) {
    case "CREATE":
      return request.subResource === "" ? "create" : undefined;
    case "UPDATE":
      if (request.subResource === "status") return "status";
      return request.subResource === "" ? "update" : undefined;
    case "DELETE":
      // API servers before 1.15 did not send what is to be deleted: there is nothing to judge then.
      return isObject(request.oldObject) ? "delete" : undefined;
    case "CONNECT":
      return undefined;
  }
}

/** `/mutate`: fills in, and hints at what the API server is about to refuse; the refusal itself is the server's. */
function mutation({ request, operation, settings }: Judged): Answer {
  if (operation === "delete" || !isObject(request.object)) {
    return { status: 200, body: allow(request.uid), facts: factsOf("mutate", request, "allowed") };
  }
  const judgement = judge({
    ...question(request, operation, settings),
    cluster: settings.cluster,
    dryRun: request.dryRun,
  });
  const { admitted } = judgement;
  const patch =
    admitted === undefined
      ? []
      : patchBetween(
          request.object,
          admitted,
          judgement.policy.applied.map(({ path }) => path),
        );
  const body = allow(request.uid, {
    patch,
    warnings: fitWarnings(judgement.causes.map(warningOf)),
    auditAnnotations: auditAnnotations({ judgement, patch }),
  });
  const facts = factsOf("mutate", request, patch.length === 0 ? "allowed" : "patched", { judgement, patch });
  return { status: 200, body, facts };
}

/** `/validate` and its halves: policies deny and warn, the API server's own rules as `validity` says. */
function validation({ request, operation, settings }: Judged, phase: Exclude<Phase, "mutate">): Answer {
  const judgement = judge(finalQuestion(request, operation, settings));
  const active = judgement.policy.findings.filter((finding) => finding.suppressed === undefined);
  const validity = operation === "delete" ? [] : judgement.causes;
  const causes =
    phase === "warn"
      ? []
      : [
          ...(settings.validity === "deny" ? validity.map(causeOf) : []),
          ...active.filter(({ action }) => action === "deny").map(policyCauseOf),
        ];
  const warnings =
    phase === "deny"
      ? []
      : [
          ...(settings.validity === "warn" ? validity.map(warningOf) : []),
          ...active.filter(({ action }) => action === "warn").map(policyWarningOf),
        ];
  return verdict(request, phase, judgement, { causes, warnings, refusal: refusalOf(operation, judgement, settings) });
}

interface Verdict {
  readonly causes: readonly StatusCause[];
  readonly warnings: readonly WarningText[];
  readonly refusal: Refusal;
}

function verdict(request: AdmissionRequest, phase: Phase, judgement: Judgement, said: Verdict): Answer {
  const additions = { warnings: fitWarnings(said.warnings), auditAnnotations: auditAnnotations({ judgement }) };
  const denied = said.causes.length > 0;
  return {
    status: 200,
    body: denied
      ? refuse(request.uid, denial(request, said.refusal, said.causes), additions)
      : allow(request.uid, additions),
    facts: factsOf(phase, request, denied ? "denied" : "allowed", { judgement, causes: said.causes }),
  };
}

function refusalOf(operation: Operation, judgement: Judgement, settings: AdmissionSettings): Refusal {
  if (operation === "delete") return "forbidden";
  const unreadable = !judgement.decision.allowed && judgement.decision.code === 400;
  return unreadable && settings.validity === "deny" ? "unreadable" : "invalid";
}

/** The object as the API server made it: what it picked it found to be in range and free, as nobody else can. */
function finalQuestion(request: AdmissionRequest, operation: Operation, settings: AdmissionSettings): JudgeRequest {
  const settled = isSettled(request.object);
  return {
    ...question(request, operation, settings),
    cluster: settled ? settledCluster(request.object, settings.cluster) : settings.cluster,
    dryRun: settled || request.dryRun,
  };
}

function question(
  request: AdmissionRequest,
  operation: Operation,
  settings: AdmissionSettings,
): Omit<JudgeRequest, "cluster" | "dryRun"> {
  const namespaceLabels = settings.namespaceLabels?.(request.namespace);
  return {
    operation,
    object: withoutManagedFields(request.object),
    ...(isObject(request.oldObject) ? { oldObject: withoutManagedFields(request.oldObject) } : {}),
    // The API server has dropped (or refused) what it does not know: what is unknown here is of a newer one.
    fieldValidation: "Ignore",
    version: settings.version,
    ipFamilyPolicy: settings.ipFamilyPolicy,
    policies: settings.policies,
    facts: {
      namespace: request.namespace,
      user: request.user,
      today: settings.today,
      ...(namespaceLabels === undefined ? {} : { namespaceLabels }),
    },
  };
}

/**
 * Managed fields are the API server's own record of who wrote what. No rule looks at them, and they are the larger part
 * of a review: reading them would cost more than all the rest.
 */
function withoutManagedFields(object: unknown): unknown {
  if (!isObject(object) || !isObject(object["metadata"])) return object;
  return { ...object, metadata: { ...object["metadata"], managedFields: undefined } };
}
