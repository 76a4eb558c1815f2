import type { Service } from "../service/types.ts";
import { fillDefaults, type DefaultingPolicy } from "./defaults/fill.ts";
import { askedByAnnotations } from "./exempt-annotations.ts";
import { exempting } from "./exempt-findings.ts";
import { compileExemption, wholeExemption, type CompiledExemption } from "./exempt.ts";
import { MatchIndex } from "./match/match-index.ts";
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
  const policies = documents.map(compileOnce).sort(byName);
  let indices: Indices | undefined;
  // Made when they are first asked: of sets that follow each other quickly, or become part of another, few are.
  const indexed = (): Indices => (indices ??= indicesOf(policies));
  return {
    size: policies.length,
    documents,
    and: (others) => compilePolicies([...documents, ...others.documents]),
    applyDefaults: (service, context) => {
      const matching = defaultingPolicies(indexed().withDefaults, context);
      return matching(service).length === 0
        ? { service, applied: [], skipped: [] }
        : fillDefaults(service, context, matching);
    },
    judge: (service, context) => judgeByRules(indexed(), service, context),
  };
}

interface Indices {
  readonly withDefaults: Index;
  readonly withRules: Index;
  readonly withGuards: Index;
}

/** Most policies only have rules, or only defaults: each question asks those alone that have an answer. */
function indicesOf(policies: readonly CompiledPolicy[]): Indices {
  const indexOf = (holds: (policy: CompiledPolicy) => boolean): Index =>
    new MatchIndex(policies.filter(holds), matchOf);
  return {
    withDefaults: indexOf(({ policy }) => policy.spec.defaults !== undefined),
    withRules: indexOf(({ rules }) => rules.length > 0),
    withGuards: indexOf(({ rules }) => rules.some(isGuard)),
  };
}

/** What was compiled of a document, for as long as somebody holds on to it: a set that changes keeps most of its own. */
const compiled = new WeakMap<ServicePolicy, CompiledPolicy>();

function compileOnce(document: ServicePolicy): CompiledPolicy {
  const known = compiled.get(document);
  if (known !== undefined) return known;
  const policy = compilePolicy(document);
  compiled.set(document, policy);
  return policy;
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
  if ((context.operation !== "update" && context.operation !== "status") || oldService === undefined) return [];
  const known = new Set(others.map(({ policy }) => policy));
  return matchingPolicies(guards, subjectOf(oldService, { ...context, oldService: undefined }))
    .filter(({ policy }) => !known.has(policy))
    .map((one) => ({ ...one, rules: one.rules.filter(isGuard) }));
}

function judgeByRules(
  { withRules, withGuards }: Indices,
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
