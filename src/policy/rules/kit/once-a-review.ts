import type { Service } from "../../../service/schema/index.ts";
import type { RuleContext } from "./rule.ts";

/**
 * What several rules ask about the Service of a review, computed when the first of them asks. The rules of a review share one
 * context, which ends with it: an inventory does not change in between.
 * @param compute must depend on nothing but its arguments
 */
export function onceAReview<T>(
  compute: (service: Service, context: RuleContext) => T,
): (service: Service, context: RuleContext) => T {
  const known = new WeakMap<RuleContext, { readonly service: Service; readonly value: T }>();
  return (service, context) => {
    const first = known.get(context);
    // A rule may ask about a variant of the Service.
    if (first !== undefined) return first.service === service ? first.value : compute(service, context);
    const value = compute(service, context);
    known.set(context, { service, value });
    return value;
  };
}
