import { CelError, type Result } from "../../cel/values/index.ts";
import { type Checkpoint, ExpressionTimeExceeded, trimSpace } from "../../field/index.ts";
import { type Activation, activationOfConditions, activationWithVariables } from "./activation.ts";
import type { CompiledExpression, CompiledExpressions, CompiledValidation } from "./compile-expressions.ts";
import { CostBudget, OutOfBudget } from "./cost-budget.ts";
import type { AuditValue, Outcome, Verdict } from "./outcome.ts";
import { Undetermined } from "./undetermined.ts";

/** The costs that one policy may cause. Source: pkg/apis/cel/config.go of the API server. */
export const POLICY_COST = 10_000_000;
const MATCH_CONDITIONS_COST = 2_500_000;

/** Whether a policy applies to a request, or why that cannot be told. */
export interface ConditionsOutcome {
  readonly hold: boolean;
  readonly verdicts: readonly Verdict[];
}

const HOLD: ConditionsOutcome = { hold: true, verdicts: [] };
const FAIL: ConditionsOutcome = { hold: false, verdicts: [] };

/**
 * Evaluates the match conditions of a policy: one that is false decides, whatever becomes of the others.
 * @param checkpoint ends the evaluation by throwing; ExpressionTimeExceeded is an error of the policy, anything else is thrown
 */
export function evaluateConditions(
  policy: CompiledExpressions,
  activation: Activation,
  checkpoint?: Checkpoint,
): ConditionsOutcome {
  if (policy.matchConditions.length === 0) return HOLD;
  const evaluation = new Evaluation(policy, activationOfConditions(activation), checkpoint);
  const { value, verdicts } = evaluation.run(() => evaluation.conditionsHold(), false);
  if (verdicts.length > 0) return { hold: false, verdicts };
  return value ? HOLD : FAIL;
}

/**
 * Evaluates the validations and audit annotations of a policy whose match conditions hold, as the API server does.
 * @param checkpoint as for {@link evaluateConditions}
 */
export function evaluateValidations(
  policy: CompiledExpressions,
  activation: Activation,
  checkpoint?: Checkpoint,
): Outcome {
  const evaluation = new Evaluation(policy, activation, checkpoint);
  const { value, verdicts } = evaluation.run(() => evaluation.validate(), []);
  return { verdicts, auditValues: value };
}

/** One evaluation of a policy. */
class Evaluation {
  readonly #policy: CompiledExpressions;
  readonly #activation: Activation;
  readonly #checkpoint: Checkpoint | undefined;
  readonly #verdicts: Verdict[] = [];

  constructor(policy: CompiledExpressions, activation: Activation, checkpoint: Checkpoint | undefined) {
    this.#policy = policy;
    this.#activation = activation;
    this.#checkpoint = checkpoint;
  }

  /** Runs a part; if it costs too much, only that is reported, as on the API server. */
  run<T>(part: () => T, instead: T): { readonly value: T; readonly verdicts: readonly Verdict[] } {
    try {
      return { value: part(), verdicts: this.#verdicts };
    } catch (error) {
      if (!(error instanceof ExpressionTimeExceeded) && !(error instanceof OutOfBudget)) throw error;
      return {
        value: instead,
        verdicts: this.#policy.failurePolicy === "Fail" ? [failure(undefined, error.message)] : [],
      };
    }
  }

  conditionsHold(): boolean {
    const evaluate = this.#evaluator(MATCH_CONDITIONS_COST);
    const errors = [];
    for (const condition of this.#policy.matchConditions) {
      const result = evaluate(condition);
      if (result === false) {
        return false;
      }
      if (result instanceof CelError) errors.push({ condition, result });
    }
    const unknown = errors.find(({ result }) => result instanceof Undetermined);
    if (unknown !== undefined) this.#addError(undefined, unknown.condition, unknown.result);
    else if (errors.length > 0)
      this.#fail(undefined, joined(errors.map(({ condition, result }) => errorText(condition, result))));
    return errors.length === 0;
  }

  validate(): readonly AuditValue[] {
    const { validations } = this.#policy;
    const evaluate = this.#evaluator(POLICY_COST);
    const results = validations.map(({ condition }) => evaluate(condition));
    try {
      for (const [index, validation] of validations.entries()) {
        const result = results[index];
        if (result === true || result === undefined) continue;
        if (result instanceof CelError) this.#addError(index, validation.condition, result);
        else this.#verdicts.push(denial(index, validation, evaluate));
      }
    } catch (error) {
      if (!(error instanceof OutOfBudget)) throw error;
      this.#failMessages(results, error.message);
    }
    return this.#auditValues();
  }

  /** Messages that cost too much are an error of all validations that have none of their own, those that hold among them. */
  #failMessages(results: readonly Result[], message: string): void {
    this.#verdicts.length = 0;
    for (const [index, { condition }] of this.#policy.validations.entries()) {
      const result = results[index];
      if (result instanceof CelError) this.#addError(index, condition, result);
      else this.#fail(index, `failed messageExpression: ${message}`);
    }
  }

  #auditValues(): readonly AuditValue[] {
    const { auditAnnotations } = this.#policy;
    if (auditAnnotations.length === 0) return [];
    const evaluate = this.#evaluator(POLICY_COST);
    const values: AuditValue[] = [];
    for (const { key, value } of auditAnnotations) {
      const result = evaluate(value);
      if (result instanceof CelError) this.#addError(undefined, value, result, key);
      else if (typeof result === "string" && trimSpace(result) !== "") values.push({ key, value: trimSpace(result) });
    }
    return values;
  }

  #addError(index: number | undefined, expression: CompiledExpression, error: CelError, annotation?: string): void {
    const text = errorText(expression, error);
    if (error instanceof Undetermined) this.#verdicts.push({ kind: "undetermined", index, annotation, message: text });
    else this.#fail(index, text, annotation);
  }

  #fail(index: number | undefined, message: string, annotation?: string): void {
    if (this.#policy.failurePolicy === "Fail") this.#verdicts.push({ ...failure(index, message), annotation });
  }

  /** A function that evaluates expressions which share a cost budget, and the variables. */
  #evaluator(cost: number): Evaluate {
    const budget = new CostBudget(cost, this.#checkpoint);
    const lookup = activationWithVariables(this.#activation, this.#policy.variables, budget);
    return ({ compilation }) => {
      if ("problem" in compilation) return new CompilationFailure(compilation.problem);
      return budget.evaluate(compilation.program, lookup);
    };
  }
}

type Evaluate = (expression: CompiledExpression) => Result;

/** That an expression does not compile for a version of Kubernetes. */
class CompilationFailure extends CelError {}

export function errorText({ source }: CompiledExpression, error: CelError): string {
  if (error instanceof CompilationFailure) return `compilation error: ${error.message}`;
  if (error instanceof Undetermined) return `the expression \`${source.trim()}\` cannot be judged: ${error.message}`;
  return `expression '${source}' resulted in error: ${error.message}`;
}

function failure(index: number | undefined, message: string): Verdict {
  return { kind: "failed", index, message };
}

function denial(
  index: number,
  { condition, message, ownMessage, reason }: CompiledValidation,
  evaluate: Evaluate,
): Verdict {
  const computed = message === undefined ? undefined : usableMessage(evaluate(message));
  const fixed = trimSpace(ownMessage ?? "");
  const text = computed ?? (fixed === "" ? `failed expression: ${trimSpace(condition.source)}` : fixed);
  return { kind: "denied", index, message: text, reason };
}

/** In bytes of UTF-8. Source: MaxEvaluatedMessageExpressionSizeBytes of the API server. */
const LONGEST_MESSAGE = 5 * 1024;

/** The message that an expression gave; undefined if it cannot be one: then the fixed one is used. */
function usableMessage(result: Result): string | undefined {
  if (typeof result !== "string") return undefined;
  const text = trimSpace(result);
  if (text.length > LONGEST_MESSAGE) return undefined;
  return text === "" || text.includes("\n") || new TextEncoder().encode(text).length > LONGEST_MESSAGE
    ? undefined
    : text;
}

/** Several errors as one text. Source: the aggregate of errors of Kubernetes. */
function joined(texts: readonly string[]): string {
  const distinct = [...new Set(texts)];
  return distinct.length === 1 ? (distinct[0] ?? "") : `[${distinct.join(", ")}]`;
}
