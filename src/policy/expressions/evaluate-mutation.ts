import { CelError, type Value } from "../../cel/values/index.ts";
import { type Checkpoint, ExpressionTimeExceeded } from "../../field/index.ts";
import { type Activation, activationWithVariables } from "./activation.ts";
import type { CompiledExpression, CompiledExpressions } from "./compile-expressions.ts";
import { CostBudget, OutOfBudget } from "./cost-budget.ts";
import { errorText, POLICY_COST } from "./evaluate.ts";
import { Undetermined } from "./undetermined.ts";

/** What an expression of a mutation has given, or why it has given nothing. */
export type MutationResult =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "failed" | "undetermined"; readonly message: string };

/**
 * Evaluates the expression of one mutation, which has a cost budget of its own. Source: `mutatingEvaluator` of the API server.
 * @param checkpoint ends the evaluation by throwing; ExpressionTimeExceeded is a failure of the mutation, anything else is thrown
 */
export function evaluateMutation(
  { variables }: CompiledExpressions,
  patch: CompiledExpression,
  activation: Activation,
  checkpoint?: Checkpoint,
): MutationResult {
  const { compilation } = patch;
  if ("problem" in compilation) return { kind: "failed", message: compilation.problem };
  const budget = new CostBudget(POLICY_COST, checkpoint);
  try {
    const value = budget.evaluate(compilation.program, activationWithVariables(activation, variables, budget));
    if (!(value instanceof CelError)) return { kind: "value", value };
    return { kind: value instanceof Undetermined ? "undetermined" : "failed", message: errorText(patch, value) };
  } catch (error) {
    if (!(error instanceof ExpressionTimeExceeded) && !(error instanceof OutOfBudget)) throw error;
    return { kind: "failed", message: error.message };
  }
}

/** Why JSON is not whole: a value in it that is not known here. */
export function unknownPart(json: unknown): string | undefined {
  if (json instanceof Undetermined) return json.message;
  if (typeof json !== "object" || json === null) return undefined;
  for (const member of Object.values(json)) {
    const unknown = unknownPart(member);
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}
