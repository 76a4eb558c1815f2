import type { Issue } from "../../cel/ast/index.ts";
import type { Uncompiled } from "../../cel/environment/index.ts";
import { usesAuthorizer } from "../../cel/library/index.ts";
import type { Path } from "../../field/index.ts";
import type { Problem } from "../schema/index.ts";
import type { CompiledExpression, CompiledExpressions } from "./compile-expressions.ts";

/**
 * The problems of the expressions of a policy, each with its place in the expression.
 * @param spec the path of the policy's `spec`
 */
export function* expressionProblems(compiled: CompiledExpressions, spec: Path): Iterable<Problem> {
  for (const { path, expression } of expressionPlaces(compiled, spec)) {
    const { compilation } = expression;
    if ("problem" in compilation) yield* compilationProblems(compilation, path, expression);
    else if (usesAuthorizer(compilation.ast)) {
      const message =
        "uses `authorizer`: whether a user may do something, only the API server itself can tell; enforce this policy there";
      yield { path, message };
    }
  }
}

/** An expression and the path of its field. */
export interface PlacedExpression {
  readonly path: Path;
  readonly expression: CompiledExpression;
}

/** The expressions of a policy with their paths, in the order in which the API server looks at them. */
export function* expressionPlaces(compiled: CompiledExpressions, spec: Path): Iterable<PlacedExpression> {
  const listed = (list: string, field: string, expressions: readonly CompiledExpression[]): PlacedExpression[] =>
    expressions.map((expression, i) => ({ path: spec.child(list).index(i).child(field), expression }));
  const { listedVariables, matchConditions, validations, auditAnnotations, mutations } = compiled;
  yield* listed("matchConditions", "expression", matchConditions);
  yield* listed("variables", "expression", listedVariables);
  for (const [i, { condition, message }] of validations.entries()) {
    const path = spec.child("validations").index(i);
    yield { path: path.child("expression"), expression: condition };
    if (message !== undefined) yield { path: path.child("messageExpression"), expression: message };
  }
  yield* listed(
    "auditAnnotations",
    "valueExpression",
    auditAnnotations.map(({ value }) => value),
  );
  for (const [i, { kind, patch }] of mutations.entries()) {
    const field = kind === "JSONPatch" ? "jsonPatch" : "applyConfiguration";
    yield { path: spec.child("mutations").index(i).child(field).child("expression"), expression: patch };
  }
}

/** One problem for each mistake, at its place; a problem of the whole expression is at its start. */
function compilationProblems(
  { issues, problem }: Uncompiled,
  path: Path,
  { source: text, lead }: CompiledExpression,
): Problem[] {
  if (issues.length === 0) return [{ path, message: problem, within: { text, offset: lead } }];
  return issues.map(({ message, suggestion, offset }: Issue) => ({
    path,
    message: suggestion === undefined ? message : `${message}; did you mean "${suggestion}"?`,
    within: { text, offset: lead + offset },
  }));
}
