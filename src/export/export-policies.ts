import type { ServicePolicy } from "../policy/schema/index.ts";
import { renderDefaults } from "./defaults.ts";
import { omittedExemptions } from "./exemptions.ts";
import type { Rendering, Target } from "./model.ts";
import { partsOfValidations } from "./own.ts";
import { renderPart } from "./render.ts";
import { partsOfRules } from "./rules.ts";

/**
 * Renders policies as objects that the API server enforces by itself: ValidatingAdmissionPolicy and, for defaults,
 * MutatingAdmissionPolicy, each with its binding. What CEL cannot say is left out and named. Pure.
 * @param policies policies that are valid
 */
export function exportPolicies(policies: readonly ServicePolicy[], target: Target): Rendering {
  const renderings = policies.map((policy) => exportPolicy(policy, target));
  return {
    objects: renderings.flatMap(({ objects }) => objects),
    omissions: renderings.flatMap(({ omissions }) => omissions),
    notes: [...new Set(renderings.flatMap(({ notes }) => notes))],
  };
}

function exportPolicy(policy: ServicePolicy, target: Target): Rendering {
  const defaults = renderDefaults(policy, target);
  const rules = partsOfRules(policy, target);
  const parts = [...rules.parts, ...partsOfValidations(policy)];
  return {
    objects: [...defaults.objects, ...parts.flatMap((part) => renderPart(part, target.prefix))],
    omissions: [...omittedExemptions(policy.metadata.name, policy.spec), ...defaults.omissions, ...rules.omissions],
    notes: defaults.notes,
  };
}
