import type { JsonObject } from "../field/index.ts";
import type { Action } from "../policy/schema/index.ts";
import { conditions, constraints, guardingConditions } from "./criteria.ts";
import { exclusions } from "./exclusions.ts";
import { wholeExemptions } from "./exemptions.ts";
import type { Part } from "./model.ts";
import { ownConditions } from "./own.ts";
import { subjectIn } from "./subject.ts";

const API_VERSION = "admissionregistration.k8s.io/v1";

/** The actions by their names in a binding. */
const BINDING_ACTIONS: Readonly<Record<Action, string>> = { deny: "Deny", warn: "Warn", audit: "Audit" };

/** A part of a policy as ValidatingAdmissionPolicy, and its binding. */
export function renderPart(part: Part, prefix: string): readonly JsonObject[] {
  const { policy, action, suffix, situations, guardsStored, variables, validations } = part;
  const { match = {} } = policy.spec;
  const name = `${prefix}${policy.metadata.name}-${action}${suffix}`;
  const own = ownConditions(policy.spec);
  const matching = guardsStored
    ? guardingConditions(match, situations, { now: own, stored: ownConditions(policy.spec, true) })
    : [...conditions(match, situations), ...own];
  const spec = {
    failurePolicy: policy.spec.failurePolicy,
    matchConstraints: constraints(match, situations),
    matchConditions: [...exclusions(situations), ...matching, ...wholeExemptions(policy.spec, subjectIn(situations))],
    ...(variables.length > 0 && { variables }),
    validations,
  };
  return [
    { apiVersion: API_VERSION, kind: "ValidatingAdmissionPolicy", metadata: { name }, spec },
    {
      apiVersion: API_VERSION,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name },
      spec: { policyName: name, validationActions: [BINDING_ACTIONS[action]] },
    },
  ];
}
