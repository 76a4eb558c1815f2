/** CEL in policies: compiled against what expressions can name, and evaluated on a request as the API server does. */
export { type Activation, activationFor, activationWithObject, activationWithParams } from "./activation.ts";
export { type CompiledExpression, type CompiledExpressions, compileExpressions } from "./compile-expressions.ts";
export type { DeclaredParams } from "./declarations.ts";
export { type ConditionsOutcome, evaluateConditions, evaluateValidations } from "./evaluate.ts";
export { evaluateMutation, type MutationResult, unknownPart } from "./evaluate-mutation.ts";
export type { ExpressionSources, MutationSource, NamedSource, ValidationSource } from "./model.ts";
export { pendingJson, requestName } from "./object-json.ts";
export type { AuditValue, Outcome, Verdict } from "./outcome.ts";
export { expressionCheckpoint } from "./expression-checkpoint.ts";
export { expressionProblems } from "./problems.ts";
