import type { DefaultedService, PolicyFinding, PolicySet } from "../policy/model/index.ts";
import type { Phase } from "./settings.ts";

/** Which findings belong to a phase. Mutating admission has none: other webhooks may still change the object. */
const BELONGS_TO_PHASE: Readonly<Record<Phase, (finding: PolicyFinding) => boolean>> = {
  mutate: () => false,
  validate: () => true,
  deny: ({ action }) => action === "deny",
  warn: ({ action }) => action !== "deny",
};

/**
 * The part of the policies that belongs to a phase: `/mutate` applies defaults; `/validate` and its halves check rules.
 * @param allocated whether the object is as it will be stored: then no defaults are applied any more.
 */
export function policiesForPhase(phase: Phase, policies: PolicySet, allocated = false): PolicySet {
  if (policies.size === 0 || (phase === "validate" && !allocated)) return policies;
  return {
    ...policies,
    applyDefaults: allocated
      ? (service) => ({ service, applied: [], skipped: [] })
      : (service, context) => inPhase(phase, policies.applyDefaults(service, context)),
    judge:
      phase === "mutate"
        ? () => []
        : (service, context) => policies.judge(service, context).filter(BELONGS_TO_PHASE[phase]),
  };
}

/** What a MutatingAdmissionPolicy has to say belongs to the phase in which the object is mutated, or to the halves of the other. */
function inPhase(phase: Phase, defaulted: DefaultedService): DefaultedService {
  const { mutation } = defaulted;
  if (phase === "mutate" || mutation === undefined) return defaulted;
  return { ...defaulted, mutation: { ...mutation, findings: mutation.findings.filter(BELONGS_TO_PHASE[phase]) } };
}
