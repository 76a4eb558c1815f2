import { type CompiledExemption, compileExemption } from "../exemptions/index.ts";
import { type FixedProposals, fixedProposals } from "../defaults/index.ts";
import { compileMatch, type Criterion, MatchIndex, type MatchSubject } from "../match/index.ts";
import { type CompiledRule, compileRule } from "../rules/index.ts";
import type { Match, ServicePolicy } from "../schema/index.ts";
import { hasExpressions, type PolicyExpressions, TeamExpressions } from "./team-expressions.ts";

/** A ServicePolicy with what can be prepared of it. */
export interface CompiledPolicy {
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

export type PolicyIndex = MatchIndex<CompiledPolicy>;

const EVERYTHING: Match = {};

/** The policies of a set, by what they are used for. */
export interface Indices {
  readonly withDefaults: PolicyIndex;
  readonly withRules: PolicyIndex;
  readonly withGuards: PolicyIndex;
}

/** Most policies have only rules or only defaults: each index holds only the policies that are relevant to its use. */
export function indicesOf(policies: readonly CompiledPolicy[]): Indices {
  const indexOf = (holds: (policy: CompiledPolicy) => boolean): PolicyIndex =>
    new MatchIndex(policies.filter(holds), matchOf);
  return {
    withDefaults: indexOf(({ policy }) => policy.spec.defaults !== undefined),
    withRules: indexOf(({ rules, expressions }) => rules.length > 0 || expressions !== undefined),
    withGuards: indexOf(({ rules }) => rules.some(isGuard)),
  };
}

/** Compiled policies by document, kept while the document is reachable: a changed set reuses most of its policies. */
const compiled = new WeakMap<ServicePolicy, CompiledPolicy>();

/** The policy, compiled once for each document. */
export function compileOnce(document: ServicePolicy): CompiledPolicy {
  const known = compiled.get(document);
  if (known !== undefined) return known;
  const policy = compilePolicy(document);
  compiled.set(document, policy);
  return policy;
}

/** Orders by name. */
export function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : Number(one.name > other.name);
}

/** Whether a rule guards stored Services. */
export function isGuard({ rule }: CompiledRule): boolean {
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

/** The policies whose `match` holds. */
export function matchingPolicies(index: PolicyIndex, subject: MatchSubject | undefined): readonly CompiledPolicy[] {
  if (subject === undefined) return [];
  return index.candidates(subject).filter(({ mismatch }) => mismatch(subject) === undefined);
}
