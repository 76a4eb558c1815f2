import { type Compilation, compile, type Environment, environmentFor } from "../../cel/environment/index.ts";
import { BOOL, DYN, listType, NULL, objectType, STRING, type Type } from "../../cel/types/index.ts";
import { type Checkpoint, type Path, skipSpace, trimSpace } from "../../field/index.ts";
import { declarationsFor, type DeclaredParams, typeOfVariable } from "./declarations.ts";
import { commonField, type Fields, fieldsRead } from "./fields-read.ts";
import type { ExpressionSources, ValidationSource } from "./model.ts";
import type { Reason } from "../schema/index.ts";

/** An expression and what became of it. */
export interface CompiledExpression {
  readonly source: string;
  readonly compilation: Compilation;
  /** How many characters of white space at the start of the source were left out before it was compiled. */
  readonly lead: number;
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
  /** By name: of several with the same name, the last one counts. */
  readonly variables: ReadonlyMap<string, CompiledExpression>;
  /** All of them, in the order of the policy. */
  readonly listedVariables: readonly CompiledExpression[];
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
 * Compiles the expressions of a policy for a version of Kubernetes (1.`minor`). Match conditions do not know the variables,
 * and messages not the authorizer. Source: the validation of ValidatingAdmissionPolicies by the API server.
 * @param checkpoint may end it by throwing
 */
export function compileExpressions(
  sources: ExpressionSources,
  params: DeclaredParams,
  minor: number,
  checkpoint?: Checkpoint,
): CompiledExpressions {
  const { objects } = sources;
  const variableTypes = new Map<string, Type>();
  const known = sources.variables.length === 0 ? undefined : variableTypes;
  const declarations = declarationsFor(objects, params, known);
  const environment = environmentFor(minor, declarations);
  const withoutVariables = environmentFor(minor, declarationsFor(objects, params, undefined));
  const withoutAuthorizer = environmentFor(minor, declarationsFor(objects, params, known, "without authorizer"));
  const compiled: Compile = (source, returns, within = environment) => ({
    source,
    compilation: compile(source, within, RETURNS[returns], checkpoint),
    lead: 0,
  });
  const trimmed: Compile = (source, returns, within) => ({
    ...compiled(trimSpace(source), returns, within),
    source,
    lead: skipSpace(source, 0),
  });
  const variables = new Map<string, CompiledExpression>();
  const ofVariables = new Map<string, Fields>();
  const fieldsOf = ({ compilation: { ast } }: CompiledExpression): Fields =>
    ast === undefined ? [] : fieldsRead(ast, ofVariables);
  const listedVariables = sources.variables.map(({ name, expression }) => {
    const variable = compiled(expression, "variable");
    variables.set(name, variable);
    ofVariables.set(name, fieldsOf(variable));
    // A variable that cannot be compiled is there, so that its mistake is told once.
    const type = "type" in variable.compilation ? variable.compilation.type : DYN;
    variableTypes.set(name, objects === "any" ? typeOfVariable(type) : type);
    return variable;
  });
  const mutating =
    sources.mutations.length === 0 ? environment : environmentFor(minor, { ...declarations, hasPatchTypes: true });
  return {
    failurePolicy: sources.failurePolicy,
    matchConditions: sources.matchConditions.map(({ expression }) =>
      trimmed(expression, "condition", withoutVariables),
    ),
    variables,
    listedVariables,
    validations: sources.validations.map((validation) => {
      const compiledValidation = compileValidation(validation, compiled, withoutAuthorizer);
      return { ...compiledValidation, field: commonField(fieldsOf(compiledValidation.condition)) };
    }),
    auditAnnotations: sources.auditAnnotations.map(({ key, valueExpression }) => ({
      key,
      value: trimmed(valueExpression, "annotation"),
    })),
    mutations: sources.mutations.map(({ kind, expression }) => ({ kind, patch: compiled(expression, kind, mutating) })),
  };
}

type Compile = (source: string, returns: keyof typeof RETURNS, within?: Environment) => CompiledExpression;

function compileValidation(
  { expression, message, messageExpression = "", reason }: ValidationSource,
  compiled: Compile,
  ofMessages: Environment,
): Omit<CompiledValidation, "field"> {
  const condition = compiled(expression, "condition");
  return {
    condition,
    message: messageExpression === "" ? undefined : compiled(messageExpression, "message", ofMessages),
    ownMessage: message,
    reason,
  };
}
