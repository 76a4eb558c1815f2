import { type Compilation, compile, type Environment, environmentFor } from "../../cel/environment/index.ts";
import { BOOL, DYN, listType, NULL, objectType, STRING, type Type } from "../../cel/types/index.ts";
import type { Checkpoint, Path } from "../../field/index.ts";
import { declarationsFor, type DeclaredParams } from "./declarations.ts";
import { commonField, type Fields, fieldsRead } from "./fields-read.ts";
import type { ExpressionSources, ValidationSource } from "./model.ts";
import type { Reason } from "../schema/index.ts";

/** An expression and what became of it. */
export interface CompiledExpression {
  readonly source: string;
  readonly compilation: Compilation;
}

/** A validation whose expressions are compiled. */
export interface CompiledValidation {
  readonly condition: CompiledExpression;
  readonly message: CompiledExpression | undefined;
  readonly ownMessage: string | undefined;
  readonly reason: Reason | undefined;
  /** The field of the object that it is about. */
  readonly field: Path;
}

/** The expressions of a policy, compiled for a version of Kubernetes; some may have a problem instead of a program. */
export interface CompiledExpressions {
  readonly failurePolicy: "Fail" | "Ignore";
  readonly matchConditions: readonly CompiledExpression[];
  readonly variables: ReadonlyMap<string, CompiledExpression>;
  readonly validations: readonly CompiledValidation[];
  readonly auditAnnotations: readonly { readonly key: string; readonly value: CompiledExpression }[];
  readonly mutations: readonly {
    readonly kind: "JSONPatch" | "ApplyConfiguration";
    readonly patch: CompiledExpression;
  }[];
}

const RETURNS = {
  condition: [BOOL],
  variable: undefined,
  message: [STRING],
  annotation: [STRING, NULL],
  JSONPatch: [listType(objectType("JSONPatch"))],
  ApplyConfiguration: [objectType("Object")],
} as const satisfies Record<string, readonly Type[] | undefined>;

/**
 * Compiles the expressions of a policy for a version of Kubernetes (1.`minor`).
 * @param checkpoint may end it by throwing
 */
export function compileExpressions(
  sources: ExpressionSources,
  params: DeclaredParams,
  minor: number,
  checkpoint?: Checkpoint,
): CompiledExpressions {
  const variableTypes = new Map<string, Type>();
  const declarations = declarationsFor(sources.objects, params, variableTypes);
  const environment = environmentFor(minor, declarations);
  const compiled = (
    source: string,
    returns: keyof typeof RETURNS,
    within: Environment = environment,
  ): CompiledExpression => ({
    source,
    compilation: compile(source, within, RETURNS[returns], checkpoint),
  });
  const variables = new Map<string, CompiledExpression>();
  const ofVariables = new Map<string, Fields>();
  const fieldsOf = ({ compilation: { ast } }: CompiledExpression): Fields =>
    ast === undefined ? [] : fieldsRead(ast, ofVariables);
  for (const { name, expression } of sources.variables) {
    const variable = compiled(expression, "variable");
    variables.set(name, variable);
    ofVariables.set(name, fieldsOf(variable));
    // A variable that cannot be compiled is there, so that its mistake is told once.
    variableTypes.set(name, "type" in variable.compilation ? variable.compilation.type : DYN);
  }
  const mutating =
    sources.mutations.length === 0 ? environment : environmentFor(minor, { ...declarations, hasPatchTypes: true });
  return {
    failurePolicy: sources.failurePolicy,
    matchConditions: sources.matchConditions.map(({ expression }) => compiled(expression, "condition")),
    variables,
    validations: sources.validations.map((validation) => {
      const compiledValidation = compileValidation(validation, compiled);
      return { ...compiledValidation, field: commonField(fieldsOf(compiledValidation.condition)) };
    }),
    auditAnnotations: sources.auditAnnotations.map(({ key, valueExpression }) => ({
      key,
      value: compiled(valueExpression, "annotation"),
    })),
    mutations: sources.mutations.map(({ kind, expression }) => ({ kind, patch: compiled(expression, kind, mutating) })),
  };
}

function compileValidation(
  { expression, message, messageExpression, reason }: ValidationSource,
  compiled: (source: string, returns: "condition" | "message") => CompiledExpression,
): Omit<CompiledValidation, "field"> {
  const condition = compiled(expression, "condition");
  return {
    condition,
    message: messageExpression === undefined ? undefined : compiled(messageExpression, "message"),
    ownMessage: message,
    reason,
  };
}
