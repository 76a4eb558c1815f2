import { applyStaticDefaults } from "../../service/index.ts";
import type { Service } from "../../service/schema/index.ts";
import type { DefaultedService, DefaultsContext, PolicyFinding } from "../model/index.ts";
import { type CompiledMutatingPolicy, MutationPass } from "./mutation-pass.ts";

/** What comes after the policies: the defaults of the team's. */
type Fill = (service: Service, context: DefaultsContext) => DefaultedService;

/**
 * Takes a write through MutatingAdmissionPolicies, then through the defaults of the team's policies, as the API server calls its
 * webhooks after its own plugin; then once more through those policies that are to be evaluated again (`reinvocationPolicy`), and
 * again through the defaults if these have changed anything.
 */
export function applyMutations(
  policies: readonly CompiledMutatingPolicy[],
  service: Service,
  context: DefaultsContext,
  fill: Fill,
): DefaultedService {
  // There is nothing to mutate in a deletion.
  if (policies.length === 0 || context.operation === "delete") return fill(service, context);
  const first = new MutationPass(service, context).run(policies);
  const filled = fill(first.service, { ...context, given: first.given });
  const second = reinvoked(policies, first, filled.service, context);
  const hasChanged = second !== undefined && second.applied.length > 0;
  const last = hasChanged ? fill(second.service, { ...context, given: second.given }) : filled;
  return {
    service: last.service,
    applied: [...first.applied, ...filled.applied, ...(second?.applied ?? []), ...(hasChanged ? last.applied : [])],
    skipped: last.skipped,
    mutation: {
      given: (second ?? first).given,
      hasChanged: first.applied.length > 0 || hasChanged,
      findings: distinct([...first.findings, ...(second?.findings ?? [])]),
    },
  };
}

/**
 * The second pass. The server makes it for the policies that ask for it if any mutation has been evaluated, or if the object has
 * changed since; a request that has been refused is over.
 */
function reinvoked(
  policies: readonly CompiledMutatingPolicy[],
  first: MutationPass,
  service: Service,
  context: DefaultsContext,
): MutationPass | undefined {
  const isRefused = first.findings.some(({ action }) => action === "deny");
  const hasChanged = service !== first.service;
  if (isRefused || first.reinvocable.size === 0 || !(first.isDirty || hasChanged)) return undefined;
  const start = hasChanged ? applyStaticDefaults(service, context.version) : service;
  return new MutationPass(start, { ...context, given: first.given }).run(policies, first.reinvocable);
}

function distinct(findings: readonly PolicyFinding[]): readonly PolicyFinding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
