import type { PolicyFinding, PolicySet } from "../policy/model/index.ts";
import type { Phase } from "./settings.ts";

/** Which findings are a phase's own; mutating admission sees an object that others may still change. */
const OWN: Readonly<Record<Phase, (finding: PolicyFinding) => boolean>> = {
  mutate: () => false,
  validate: () => true,
  deny: ({ action }) => action === "deny",
  warn: ({ action }) => action !== "deny",
};

/**
 * The policies as far as they are a phase's business: defaults are filled in by `/mutate`, rules looked at by
 * `/validate` and its halves.
 * @param settled whether the object is as it will be stored: what it lacks by then it goes on lacking
 */
export function policiesForPhase(phase: Phase, policies: PolicySet, settled = false): PolicySet {
  if (policies.size === 0 || (phase === "validate" && !settled)) return policies;
  return {
    ...policies,
    applyDefaults: settled ? (service) => ({ service, applied: [], skipped: [] }) : policies.applyDefaults,
    judge: phase === "mutate" ? () => [] : (service, context) => policies.judge(service, context).filter(OWN[phase]),
  };
}
