import { withoutUndefined } from "../../field/index.ts";
import { MatchIndex } from "../match/index.ts";
import type { AdmissionPolicy, Match, MatchResources } from "../schema/index.ts";
import type { CompiledAdmissionPolicy } from "./compiled-policy.ts";
import type { ResourceRequest } from "./matching.ts";

/** A policy as one of its bindings calls for it. */
interface BoundEntry<P extends AdmissionPolicy> {
  readonly order: number;
  readonly policy: CompiledAdmissionPolicy<P>;
  readonly match: Match;
}

/** Finds the policies that may be about a request by its labels and those of its namespace, without testing each. */
export class AdmissionPolicyIndex<P extends AdmissionPolicy> {
  readonly size: number;
  readonly #policies: readonly CompiledAdmissionPolicy<P>[];
  /** Built on first use: sets that are soon replaced, or merged into another, are rarely queried. */
  #index: MatchIndex<BoundEntry<P>> | undefined;

  /** @param policies in the order in which they are evaluated */
  constructor(policies: readonly CompiledAdmissionPolicy<P>[]) {
    this.size = policies.length;
    this.#policies = policies;
  }

  /** The policies, in their order and each once. They must still be matched in full. */
  candidates(
    { operation, namespaceLabels, labels }: ResourceRequest,
    namespace: string,
  ): readonly CompiledAdmissionPolicy<P>[] {
    const index = (this.#index ??= indexOf(this.#policies));
    const found = new Map<CompiledAdmissionPolicy<P>, number>();
    for (const each of labels) {
      const subject = { operation, type: "", namespace, namespaceLabels, name: "", labels: each };
      for (const { policy, order } of index.candidates(subject)) found.set(policy, order);
    }
    if (found.size < 2) return [...found.keys()];
    return [...found].sort(([, one], [, other]) => one - other).map(([policy]) => policy);
  }
}

function indexOf<P extends AdmissionPolicy>(
  policies: readonly CompiledAdmissionPolicy<P>[],
): MatchIndex<BoundEntry<P>> {
  const entries = policies.flatMap((policy, order) =>
    policy.bindings.map(({ binding: { spec } }) => ({
      order,
      policy,
      match: matchOf(policy.policy.spec.matchConstraints, spec.matchResources),
    })),
  );
  return new MatchIndex(entries, ({ match }) => match);
}

/** What is asked of labels: by the policy, or by its binding if the policy asks nothing. */
function matchOf(constraints: MatchResources, resources: MatchResources | undefined): Match {
  return withoutUndefined({
    namespaceSelector: asking(constraints.namespaceSelector) ?? resources?.namespaceSelector,
    objectSelector: asking(constraints.objectSelector) ?? resources?.objectSelector,
  });
}

function asking(selector: MatchResources["namespaceSelector"]): MatchResources["namespaceSelector"] | undefined {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return Object.keys(matchLabels).length + matchExpressions.length === 0 ? undefined : selector;
}
