import type { Service } from "../../service/schema/index.ts";
import type { PolicyContext, PolicyDocument } from "../model/index.ts";
import { compileMatch, type Criterion } from "./compile-match.ts";
import { subjectOf } from "./subject.ts";

/** Why a policy does not apply: a criterion of its `match` fails, or no policy applies to the request (`request`). */
export interface NonMatchingPolicy {
  readonly policy: string;
  readonly criterion: Criterion | "request";
}

/** The policies that do not apply to a request, with the reason of each. */
export function nonMatchingPolicies(
  policies: readonly PolicyDocument[],
  service: Service,
  context: PolicyContext,
): readonly NonMatchingPolicy[] {
  const subject = subjectOf(service, context);
  const team = policies.filter((policy) => policy.kind === "ServicePolicy");
  return team.flatMap(({ metadata: { name: policy }, spec: { match = {} } }) => {
    const criterion = subject === undefined ? "request" : compileMatch(match)(subject);
    return criterion === undefined ? [] : [{ policy, criterion }];
  });
}
