import type { Service } from "../../service/schema/index.ts";
import {
  AdmissionPolicyIndex,
  CompiledAdmissionPolicy,
  judgeByAdmissionPolicies,
} from "../admission-policies/index.ts";
import { applyDefaults, type DefaultingPolicy, type FixedProposals, fixedProposals } from "../defaults/index.ts";
import {
  annotationExemptions,
  applyExemptions,
  type CompiledExemption,
  compileExemption,
  policyExemption,
} from "../exemptions/index.ts";
import { type Activation, activationFor } from "../expressions/index.ts";
import { compileMatch, type Criterion, MatchIndex, type MatchSubject, subjectOf } from "../match/index.ts";
import {
  compileProvenance,
  type DefaultsContext,
  type PolicyContext,
  type PolicyDocument,
  type PolicyFinding,
  type PolicySet,
} from "../model/index.ts";
import { applyMutations } from "../mutations/index.ts";
import { type CompiledRule, compileRule, findingsOf } from "../rules/index.ts";
import type { RuleContext } from "../rules/kit/index.ts";
import type { BoundMutatingPolicy, BoundValidatingPolicy, Match, ServicePolicy } from "../schema/index.ts";
import { hasExpressions, type PolicyExpressions, TeamExpressions, validationsLookAt } from "./team-expressions.ts";

interface CompiledPolicy {
  readonly name: string;
  readonly policy: ServicePolicy;
  /** The criterion of `match` that a subject fails; undefined if the policy matches. */
  readonly mismatch: (subject: MatchSubject) => Criterion | undefined;
  readonly exemptions: readonly CompiledExemption[];
  readonly rules: readonly CompiledRule[];
  /** Undefined if the policy has neither match conditions nor validations. */
  readonly expressions: PolicyExpressions | undefined;
  readonly proposals: FixedProposals;
}

type PolicyIndex = MatchIndex<CompiledPolicy>;

const EVERYTHING: Match = {};

/**
 * Compiles policies into one set, ordered by name. Pure.
 * @throws TypeError for a policy that `readPolicy` refuses.
 */
export function compilePolicies(documents: readonly PolicyDocument[]): PolicySet {
  const policies = documents
    .flatMap((document) => (isTeamPolicy(document) ? [compileOnce(document)] : []))
    .sort(byName);
  const mutating = documents
    .filter((document) => document.kind === "MutatingAdmissionPolicy")
    .map((document) => new CompiledAdmissionPolicy<BoundMutatingPolicy>(document))
    .sort((one, other) => byName(one.policy.metadata, other.policy.metadata));
  let indices: Indices | undefined;
  // Built on first use: sets that are soon replaced, or merged into another, are rarely queried.
  const getIndices = (): Indices => (indices ??= indicesOf(policies, documents));
  return {
    size: documents.length,
    documents,
    and: (others) => compilePolicies([...documents, ...others.documents]),
    applyDefaults: (service, context) =>
      applyMutations(mutating, service, context, (start, inContext) =>
        applyDefaults(start, inContext, defaultingPolicies(getIndices().withDefaults, inContext)),
      ),
    judge: (service, context) => {
      const findings = judgeByRules(getIndices(), service, context);
      const others = judgeByAdmissionPolicies(getIndices().validating, service, context);
      return others.length === 0 ? findings : [...findings, ...others];
    },
  };
}

function isTeamPolicy(document: PolicyDocument): document is ServicePolicy {
  return document.kind === "ServicePolicy";
}

interface Indices {
  readonly withDefaults: PolicyIndex;
  readonly withRules: PolicyIndex;
  readonly withGuards: PolicyIndex;
  readonly validating: AdmissionPolicyIndex<BoundValidatingPolicy>;
}

/** Most policies have only rules or only defaults: each index holds only the policies that are relevant to its use. */
function indicesOf(policies: readonly CompiledPolicy[], documents: readonly PolicyDocument[]): Indices {
  const indexOf = (holds: (policy: CompiledPolicy) => boolean): PolicyIndex =>
    new MatchIndex(policies.filter(holds), matchOf);
  return {
    withDefaults: indexOf(({ policy }) => policy.spec.defaults !== undefined),
    withRules: indexOf(({ rules, expressions }) => rules.length > 0 || expressions !== undefined),
    withGuards: indexOf(({ rules }) => rules.some(isGuard)),
    validating: validatingIndex(documents),
  };
}

function validatingIndex(documents: readonly PolicyDocument[]): AdmissionPolicyIndex<BoundValidatingPolicy> {
  const policies = documents
    .filter((document) => document.kind === "ValidatingAdmissionPolicy")
    .map((document) => new CompiledAdmissionPolicy<BoundValidatingPolicy>(document))
    .sort((one, other) => byName(one.policy.metadata, other.policy.metadata));
  return new AdmissionPolicyIndex(policies);
}

/** Compiled policies by document, kept while the document is reachable: a changed set reuses most of its policies. */
const compiled = new WeakMap<ServicePolicy, CompiledPolicy>();

function compileOnce(document: ServicePolicy): CompiledPolicy {
  const known = compiled.get(document);
  if (known !== undefined) return known;
  const policy = compilePolicy(document);
  compiled.set(document, policy);
  return policy;
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
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
    mismatch: compileMatch(spec.match ?? EVERYTHING),
    exemptions: (spec.exempt ?? []).map(compileExemption),
    rules: spec.rules.map(compileRule),
    expressions: hasExpressions(spec) ? new TeamExpressions(policy) : undefined,
    proposals: fixedProposals(spec.defaults ?? {}),
  };
}

function matchingPolicies(index: PolicyIndex, subject: MatchSubject | undefined): readonly CompiledPolicy[] {
  if (subject === undefined) return [];
  return index.candidates(subject).filter(({ mismatch }) => mismatch(subject) === undefined);
}

function defaultingPolicies(index: PolicyIndex, context: DefaultsContext) {
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

function lazily<T>(make: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: make() }).value;
}

/** The policies that apply to the stored Service but not to the new one, reduced to their guarding rules. */
function guardingPolicies(
  guards: PolicyIndex,
  applying: readonly CompiledPolicy[],
  context: PolicyContext,
): readonly CompiledPolicy[] {
  const { oldService } = context;
  if ((context.operation !== "update" && context.operation !== "status") || oldService === undefined) return [];
  const applied = new Set(applying.map(({ policy }) => policy));
  const before = { ...context, oldService: undefined };
  const activation = lazily(() => activationFor(oldService, before));
  return matchingPolicies(guards, subjectOf(oldService, before))
    .filter(({ policy, expressions }) => {
      if (applied.has(policy)) return false;
      return expressions === undefined || expressions.conditions(activation, before).hold;
    })
    .map((policy) => ({ ...policy, rules: policy.rules.filter(isGuard), expressions: undefined }));
}

/** The policies by name; those of an index are so already. */
function inOrder(policies: readonly CompiledPolicy[], guarding: readonly CompiledPolicy[]): readonly CompiledPolicy[] {
  return guarding.length === 0 ? policies : [...policies, ...guarding].sort(byName);
}

/** The policy if its match conditions hold; if one of them fails, only what that means. */
function byConditions(
  policy: CompiledPolicy,
  activation: () => Activation,
  context: PolicyContext,
): readonly CompiledPolicy[] {
  const { expressions, rules } = policy;
  if (expressions === undefined) return [policy];
  const { operation } = context;
  const isConcerned =
    validationsLookAt(policy.policy.spec, operation) || rules.some(({ rule }) => rule.operations.includes(operation));
  if (!isConcerned) return [];
  context.checkpoint?.();
  const { hold, verdicts } = expressions.conditions(activation, context);
  if (hold) return [policy];
  return verdicts.length === 0 ? [] : [{ ...policy, rules: [], expressions: expressions.reduced(verdicts) }];
}

function judgeByRules(
  { withRules, withGuards }: Indices,
  service: Service,
  context: PolicyContext,
): readonly PolicyFinding[] {
  const subject = subjectOf(service, context);
  if (subject === undefined) return [];
  const activation = lazily(() => activationFor(service, context));
  const policies = matchingPolicies(withRules, subject).flatMap((policy) => byConditions(policy, activation, context));
  const guarding = guardingPolicies(withGuards, policies, context);
  if (policies.length + guarding.length === 0) return [];
  const provenance = compileProvenance(context);
  const ruleContext: RuleContext = { ...context, isWritten: (path) => provenance(path) !== "open" };
  const annotationExemption = annotationExemptions(service, context.facts.today);
  const findings: PolicyFinding[] = [];
  for (const { name, policy, exemptions, rules, expressions } of inOrder(policies, guarding)) {
    const add = (id: string, found: readonly PolicyFinding[]): void => {
      if (found.length === 0) return;
      const byAnnotation = annotationExemption(id, policy.spec.allowAnnotation);
      const exempted = applyExemptions(id, service, context.facts, exemptions, byAnnotation);
      for (const finding of found) findings.push(exempted(finding));
    };
    for (const rule of rules) {
      context.checkpoint?.();
      add(rule.rule.id, findingsOf(name, rule, service, subject, ruleContext));
    }
    for (const finding of expressions?.findings(activation, subject, context) ?? []) add(finding.rule, [finding]);
  }
  return findings;
}
