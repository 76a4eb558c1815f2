import { type Checkpoint, Path } from "../../field/index.ts";
import {
  type Activation,
  activationWithParams,
  type CompiledExpressions,
  compileExpressions,
  type ConditionsOutcome,
  evaluateConditions,
  evaluateValidations,
  expressionCheckpoint,
  expressionProblems,
  type ExpressionSources,
  type Verdict,
} from "../expressions/index.ts";
import type { MatchSubject } from "../match/index.ts";
import type { Operation, PolicyContext, PolicyFinding } from "../model/index.ts";
import { compileActions } from "../rules/index.ts";
import type { Action, PolicySpec, Problem, ServicePolicy, ValidationEntry } from "../schema/index.ts";

/** The expressions of a policy, ready to be evaluated. */
export interface PolicyExpressions {
  /** Whether the policy applies, as far as its match conditions are concerned. */
  conditions(activation: () => Activation, context: PolicyContext): ConditionsOutcome;
  /** The findings of the validations. */
  findings(activation: () => Activation, subject: MatchSubject, context: PolicyContext): readonly PolicyFinding[];
  /** Expressions that find these verdicts, whatever the request. */
  reduced(verdicts: readonly Verdict[]): PolicyExpressions;
}

/** The match conditions and validations of a ServicePolicy. */
export class TeamExpressions implements PolicyExpressions {
  readonly #policy: ServicePolicy;
  readonly #actions: readonly ((subject: MatchSubject) => Action)[];

  constructor(policy: ServicePolicy) {
    this.#policy = policy;
    this.#actions = (policy.spec.validations ?? []).map(compileActions);
  }

  conditions(activation: () => Activation, context: PolicyContext): ConditionsOutcome {
    if (this.#policy.spec.matchConditions === undefined) return { hold: true, verdicts: [] };
    return evaluateConditions(this.#compiled(context), this.#bound(activation()), expressionCheckpoint(context));
  }

  findings(activation: () => Activation, subject: MatchSubject, context: PolicyContext): readonly PolicyFinding[] {
    if (!validationsLookAt(this.#policy.spec, context.operation)) return [];
    const compiled = this.#compiled(context);
    const { verdicts } = evaluateValidations(compiled, this.#bound(activation()), expressionCheckpoint(context));
    return verdicts.map((verdict) => this.#toFinding(verdict, subject, compiled));
  }

  reduced(verdicts: readonly Verdict[]): PolicyExpressions {
    return {
      conditions: () => ({ hold: true, verdicts: [] }),
      findings: (_, subject) => verdicts.map((verdict) => this.#toFinding(verdict, subject)),
      reduced: (others) => this.reduced(others),
    };
  }

  /** A verdict as a finding; what concerns the policy as a whole refuses the Service. */
  #toFinding(
    { kind, index, message, reason }: Verdict,
    subject: MatchSubject,
    compiled?: CompiledExpressions,
  ): PolicyFinding {
    const { metadata, spec } = this.#policy;
    const action = index === undefined ? "deny" : (this.#actions[index]?.(subject) ?? "deny");
    return {
      policy: metadata.name,
      rule: index === undefined ? "matchConditions" : validationId(spec.validations?.[index], index),
      action: kind === "undetermined" && action === "deny" ? "warn" : action,
      path: (index === undefined ? undefined : compiled?.validations[index]?.field) ?? Path.root,
      message,
      ...(reason !== undefined && { reason }),
    };
  }

  #compiled({ version }: PolicyContext): CompiledExpressions {
    return compiledFor(this.#policy.spec, version.minor);
  }

  #bound(activation: Activation): Activation {
    const { params } = this.#policy.spec;
    return params === undefined ? activation : activationWithParams(activation, params);
  }
}

/** The name of a validation in findings and exemptions. */
export function validationId(entry: ValidationEntry | undefined, index: number): string {
  return entry?.name ?? `validations[${index}]`;
}

/** Whether a policy has anything for {@link TeamExpressions}. */
export function hasExpressions({ matchConditions = [], validations = [] }: PolicySpec): boolean {
  return matchConditions.length + validations.length > 0;
}

/** The length of all expressions of a policy, in characters. */
export function lengthOfExpressions({ matchConditions = [], variables = [], validations = [] }: PolicySpec): number {
  const texts = [
    ...[...matchConditions, ...variables].map(({ expression }) => expression),
    ...validations.flatMap(({ expression, messageExpression = "" }) => [expression, messageExpression]),
  ];
  return texts.reduce((total, { length }) => total + length, 0);
}

/**
 * Whether the validations of a policy are about an operation. A DELETE has no `object`, so that it is looked at only if the policy
 * names the operation; as in a ValidatingAdmissionPolicy for `services`, writes of the status are none of theirs.
 */
export function validationsLookAt({ match, validations = [] }: PolicySpec, operation: Operation): boolean {
  if (validations.length === 0) return false;
  if (operation === "delete") return match?.operations?.includes("DELETE") === true;
  return operation !== "status";
}

/**
 * The problems of the expressions of a policy, for a version of Kubernetes.
 * @param checkpoint may end it by throwing
 */
export function teamExpressionProblems(spec: PolicySpec, minor: number, checkpoint?: Checkpoint): Iterable<Problem> {
  return expressionProblems(compiledFor(spec, minor, checkpoint), Path.root.child("spec"));
}

/** What the specs have been compiled to, by version: a policy is compiled when it is read, and not again when it judges. */
const compiledSpecs = new WeakMap<PolicySpec, Map<number, CompiledExpressions>>();

function compiledFor(spec: PolicySpec, minor: number, checkpoint?: Checkpoint): CompiledExpressions {
  const versions = compiledSpecs.get(spec) ?? new Map<number, CompiledExpressions>();
  const known = versions.get(minor);
  if (known !== undefined) return known;
  const compiled = compileSpec(spec, minor, checkpoint);
  compiledSpecs.set(spec, versions.set(minor, compiled));
  return compiled;
}

function compileSpec(spec: PolicySpec, minor: number, checkpoint?: Checkpoint): CompiledExpressions {
  const { params, failurePolicy, matchConditions = [], variables = [], validations = [] } = spec;
  const sources: ExpressionSources = {
    objects: "service",
    failurePolicy,
    matchConditions,
    variables,
    validations,
    auditAnnotations: [],
    mutations: [],
  };
  return compileExpressions(sources, params ?? "none", minor, checkpoint);
}
