import type { WorkloadEntry } from "../../../inventory/model/index.ts";
import type { Service, ServiceSpec } from "../../../service/schema/index.ts";
import { type RuleContext, SPEC, type Violation } from "../kit/index.ts";
import { backendsOf, podsOf } from "./backends.ts";
import { isSettled } from "./is-settled.ts";
import { workloadsText } from "./texts.ts";

/** What a rule says of a field that does not fit a single Pod. */
export interface OnePodRule<M extends string> {
  readonly says: M;
  readonly field: keyof ServiceSpec;
  /** Whether it applies to these workloads; by default to all. */
  readonly appliesTo?: (workload: WorkloadEntry) => boolean;
}

/** The violation of a field that is set in front of a single Pod; none if there are more, or if that is not known. */
export function inFrontOfOnePod<M extends string>(
  { says, field, appliesTo = () => true }: OnePodRule<M>,
  service: Service,
  context: RuleContext,
): readonly Violation<M>[] {
  if (!isSettled(service, context, [field, "selector", "type"])) return [];
  const backends = backendsOf(service, context);
  if (backends === undefined || podsOf(backends) !== 1 || !backends.workloads.every(appliesTo)) return [];
  return [
    {
      says,
      path: SPEC.child(field),
      found: service.spec[field],
      facts: { workloads: workloadsText(backends.workloads) },
      mayBeElsewhere: true,
    },
  ];
}
