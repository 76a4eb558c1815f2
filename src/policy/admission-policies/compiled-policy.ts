import type { JsonObject } from "../../field/index.ts";
import type { AdmissionPolicy } from "../schema/index.ts";
import { compileMatchResources, type ResourceRequest } from "./matching.ts";
import { paramsFor } from "./params.ts";

type Matches = (request: ResourceRequest) => boolean;

/** An admission policy with what can be prepared of it. */
export class CompiledAdmissionPolicy<P extends AdmissionPolicy = AdmissionPolicy> {
  readonly policy: P;
  readonly matches: Matches;
  readonly bindings: readonly { readonly binding: P["bindings"][number]; readonly matches: Matches }[];

  constructor(policy: P) {
    this.policy = policy;
    this.matches = compileMatchResources(policy.spec.matchConstraints);
    this.bindings = policy.bindings.map((binding) => {
      const { matchResources } = binding.spec;
      return { binding, matches: matchResources === undefined ? () => true : compileMatchResources(matchResources) };
    });
  }
}

/** One evaluation of a policy: with one binding, and one object as the parameters. */
export interface Invocation<B> {
  readonly binding: B;
  readonly params: JsonObject | null;
}

/** The evaluations of a policy that a request calls for, and the problems of bindings. */
export function invocationsOf<P extends AdmissionPolicy>(
  { policy, matches, bindings }: CompiledAdmissionPolicy<P>,
  request: ResourceRequest,
  namespace: string,
): { readonly invocations: readonly Invocation<P["bindings"][number]>[]; readonly problems: readonly string[] } {
  const invocations: Invocation<P["bindings"][number]>[] = [];
  const problems: string[] = [];
  if (matches(request)) {
    for (const { binding, matches: isBound } of bindings) {
      if (!isBound(request)) continue;
      const params = paramsFor(policy.spec.paramKind, binding.spec.paramRef, namespace, policy.objects);
      if ("problem" in params) problems.push(`failed to configure binding: ${params.problem}`);
      else invocations.push(...params.map((each) => ({ binding, params: each })));
    }
  }
  return { invocations, problems };
}
