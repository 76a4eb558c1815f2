import { type Answer, factsOf } from "./facts.ts";
import { limitWarnings, subjectOf } from "./messages/index.ts";
import { type AdmissionRequest, allow, refuse } from "./review/index.ts";
import type { AdmissionSettings, Phase } from "./settings.ts";

const REASON = "the judgement took longer than it may";

/**
 * The answer to a review whose judgement takes too long. Where policies decide, it is a denial, so that nobody can
 * evade them by making an object expensive to judge; otherwise the request is allowed with a warning.
 * @param request the request, or only its uid if the rest is not known.
 */
export function overBudget(request: AdmissionRequest | string, phase: Phase, settings: AdmissionSettings): Answer {
  const facts = factsOf(phase, request, "unjudged", { reason: REASON });
  const subject = typeof request === "string" ? "the Service" : `the ${subjectOf(request)}`;
  const uid = typeof request === "string" ? request : request.uid;
  const decides = (phase === "validate" || phase === "deny") && settings.policies.size > 0;
  if (!decides) {
    const warnings = limitWarnings([{ head: `${subject} was not judged: ${REASON}`, source: "Fairlead" }], [{}]);
    return { status: 200, body: allow(uid, { warnings, auditAnnotations: { unjudged: REASON } }), facts };
  }
  const message =
    `Fairlead: ${subject} was not judged, and under policies nothing is let through unjudged: ${REASON}; ` +
    "make the object smaller";
  const denial = { status: "Failure", message, reason: "Forbidden", code: 403 } as const;
  return { status: 200, body: refuse(uid, denial, { auditAnnotations: { unjudged: REASON } }), facts };
}
