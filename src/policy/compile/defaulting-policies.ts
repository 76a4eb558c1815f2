import { lazily } from "../../field/index.ts";
import type { Service } from "../../service/schema/index.ts";
import type { DefaultingPolicy } from "../defaults/index.ts";
import { policyExemption } from "../exemptions/index.ts";
import { activationFor } from "../expressions/index.ts";
import { type MatchSubject, subjectOf } from "../match/index.ts";
import type { DefaultsContext } from "../model/index.ts";
import { type CompiledPolicy, matchingPolicies, type PolicyIndex } from "./compiled-policy.ts";

/** Returns a function that finds the policies whose defaults apply to a Service. */
export function defaultingPolicies(index: PolicyIndex, context: DefaultsContext) {
  const { oldService } = context;
  // A deletion or a write of the status takes no defaults.
  if (context.operation !== "create" && context.operation !== "update") return () => [];
  return (service: Service): DefaultingPolicy[] => {
    const activation = lazily(() => activationFor(service, context));
    const applies = ({ expressions }: CompiledPolicy): boolean =>
      expressions === undefined || expressions.conditions(activation, context).hold;
    return matchingPolicies(index, subjectOf(service, context))
      .filter(applies)
      .map(({ name, policy, exemptions, mismatch, proposals }) => ({
        name,
        defaults: policy.spec.defaults ?? {},
        proposals,
        undetermined: policy.spec.undetermined,
        exemptFor: (exempted) => policyExemption(exemptions, exempted, context.facts)?.reason,
        becameMatching: (start) => {
          const [now, before] = [start, oldService].map(
            (version) => version && subjectOf(version, { ...context, oldService: undefined }),
          );
          const matches = (subject: MatchSubject | undefined) =>
            subject !== undefined && mismatch(subject) === undefined;
          return matches(now) && !matches(before);
        },
      }));
  };
}
