import type { Service } from "../service/types.ts";
import { fillDefaults, type DefaultingPolicy } from "./defaults/fill.ts";
import { askedByAnnotations } from "./exempt-annotations.ts";
import { compileExemption, exempting, wholeExemption, type CompiledExemption } from "./exempt.ts";
import { MatchIndex } from "./match/index.ts";
import { compileMatch, type Criterion } from "./match/matcher.ts";
import { subjectOf, type Subject } from "./match/subject.ts";
import { provenances } from "./provenance.ts";
import { compileRule, findings, type CompiledRule } from "./rules/run.ts";
import type { RuleContext } from "./rules/rule.ts";
import type { Match, ServicePolicy } from "./schema/document.ts";
import type { DefaultsContext, PolicyContext, PolicyFinding, PolicySet } from "./types.ts";

interface CompiledPolicy {
  readonly name: string;
  readonly policy: ServicePolicy;
  readonly leavesOut: (subject: Subject) => Criterion | undefined;
  readonly exemptions: readonly CompiledExemption[];
  readonly rules: readonly CompiledRule[];
}

type Index = MatchIndex<CompiledPolicy>;

const EVERYTHING: Match = {};

/**
 * Makes one set of any number of policies, in the order of their names. Pure.
 * @throws TypeError for a policy that `readPolicy` would not let pass.
 */
export function compilePolicies(documents: readonly ServicePolicy[]): PolicySet {
  const policies = documents.map(compilePolicy).sort(byName);
  // Most policies only have rules, or only defaults: each question asks those alone that have an answer.
  const indexOf = (holds: (policy: CompiledPolicy) => boolean): Index =>
    new MatchIndex(policies.filter(holds), matchOf);
  const withDefaults = indexOf(({ policy }) => policy.spec.defaults !== undefined);
  const withRules = indexOf(({ rules }) => rules.length > 0);
  const withGuards = indexOf(({ rules }) => rules.some(isGuard));
  return {
    size: policies.length,
    documents,
    and: (others) => compilePolicies([...documents, ...others.documents]),
    applyDefaults: (service, context) => {
      const matching = defaultingPolicies(withDefaults, context);
      return matching(service).length === 0
        ? { service, applied: [], skipped: [] }
        : fillDefaults(service, context, matching);
    },
    judge: (service, context) => judgeByRules({ withRules, withGuards }, service, context),
  };
}

function byName(one: CompiledPolicy, other: CompiledPolicy): number {
  return one.name < other.name ? -1 : Number(one.name > other.name);
}

function isGuard({ rule }: CompiledRule): boolean {
  return rule.guardsStored === true;
}

function matchOf({ policy }: CompiledPolicy): Match {
  return policy.spec.match ?? EVERYTHING;
}

function compilePolicy(policy: ServicePolicy): CompiledPolicy {
  const { spec, metadata } = policy;
  return {
    name: metadata.name,
    policy,
    leavesOut: compileMatch(spec.match ?? EVERYTHING),
    exemptions: (spec.exempt ?? []).map(compileExemption),
    rules: spec.rules.map(compileRule),
  };
}

function matchingPolicies(index: Index, subject: Subject | undefined): readonly CompiledPolicy[] {
  if (subject === undefined) return [];
  return index.candidates(subject).filter(({ leavesOut }) => leavesOut(subject) === undefined);
}

function defaultingPolicies(index: Index, context: DefaultsContext) {
  const { oldService } = context;
  // A deletion leaves nothing to fill in.
  if (context.operation !== "create" && context.operation !== "update") return () => [];
  return (service: Service): DefaultingPolicy[] =>
    matchingPolicies(index, subjectOf(service, context)).map(({ name, policy, exemptions, leavesOut }) => ({
      name,
      defaults: policy.spec.defaults ?? {},
      undetermined: policy.spec.undetermined,
      exemptFor: (exempted) => wholeExemption(exemptions, exempted, context.facts)?.reason,
      becameMatching: (start) => {
        const [now, before] = [start, oldService].map(
          (one) => one && subjectOf(one, { ...context, oldService: undefined }),
        );
        const matches = (subject: Subject | undefined) => subject !== undefined && leavesOut(subject) === undefined;
        return matches(now) && !matches(before);
      },
    }));
}

/** The policies that were about the stored Service and are not about the new one, with just the rules that guard it. */
function guardingPolicies(
  guards: Index,
  others: readonly CompiledPolicy[],
  context: PolicyContext,
): readonly CompiledPolicy[] {
  const { oldService } = context;
  if (context.operation !== "update" || oldService === undefined) return [];
  const known = new Set(others.map(({ policy }) => policy));
  return matchingPolicies(guards, subjectOf(oldService, { ...context, oldService: undefined }))
    .filter(({ policy }) => !known.has(policy))
    .map((one) => ({ ...one, rules: one.rules.filter(isGuard) }));
}

function judgeByRules(
  { withRules, withGuards }: { readonly withRules: Index; readonly withGuards: Index },
  service: Service,
  context: PolicyContext,
): readonly PolicyFinding[] {
  const subject = subjectOf(service, context);
  if (subject === undefined) return [];
  const policies = matchingPolicies(withRules, subject);
  const guarding = guardingPolicies(withGuards, policies, context);
  if (policies.length + guarding.length === 0) return [];
  const provenance = provenances(context);
  const ruleContext: RuleContext = { ...context, wrote: (path) => provenance(path) !== "open" };
  const asked = askedByAnnotations(service, context.facts.today);
  const ofRule = ({ name, policy, exemptions }: CompiledPolicy, rule: CompiledRule): readonly PolicyFinding[] => {
    context.checkpoint?.();
    const found = findings(name, rule, service, subject, ruleContext);
    if (found.length === 0) return found;
    const { id } = rule.rule;
    const byAnnotation = asked(id, policy.spec.allowAnnotation);
    return found.map(exempting(id, service, context.facts, exemptions, byAnnotation));
  };
  return [...policies, ...guarding].sort(byName).flatMap((one) => one.rules.flatMap((rule) => ofRule(one, rule)));
}
