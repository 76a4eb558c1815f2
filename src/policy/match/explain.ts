import type { Service } from "../../service/types.ts";
import type { ServicePolicy } from "../schema/document.ts";
import type { PolicyContext } from "../types.ts";
import { compileMatch, type Criterion } from "./matcher.ts";
import { subjectOf } from "./subject.ts";

/** Why a policy does not apply: a criterion of its `match` fails, or no policy applies to the request (`request`). */
export interface LeftOut {
  readonly policy: string;
  readonly by: Criterion | "request";
}

/** The policies that do not apply to a request, with the reason of each. */
export function leftOut(
  policies: readonly ServicePolicy[],
  service: Service,
  context: PolicyContext,
): readonly LeftOut[] {
  const subject = subjectOf(service, context);
  return policies.flatMap(({ metadata: { name: policy }, spec: { match = {} } }) => {
    const by = subject === undefined ? "request" : compileMatch(match)(subject);
    return by === undefined ? [] : [{ policy, by }];
  });
}
