import type { Reason } from "../schema/index.ts";

/** An expression with a name. */
export interface NamedSource {
  readonly name: string;
  readonly expression: string;
}

/** A rule in CEL: an expression that is true for what complies. */
export interface ValidationSource {
  readonly expression: string;
  readonly message?: string | undefined;
  readonly messageExpression?: string | undefined;
  readonly reason?: Reason | undefined;
}

/** An annotation of the audit log, whose value an expression gives. */
export interface AuditAnnotationSource {
  readonly key: string;
  readonly valueExpression: string;
}

/** A change of the object, by an expression that gives a list of JSON patch operations or a part of an object. */
export interface MutationSource {
  readonly kind: "JSONPatch" | "ApplyConfiguration";
  readonly expression: string;
}

/** The expressions of a policy, whatever its kind. */
export interface ExpressionSources {
  /**
   * What is known of `object`: the policies of a team are about Services; those of a cluster are compiled by the API server
   * without knowing the types of what they are about.
   */
  readonly objects: "service" | "any";
  readonly failurePolicy: "Fail" | "Ignore";
  readonly matchConditions: readonly NamedSource[];
  readonly variables: readonly NamedSource[];
  readonly validations: readonly ValidationSource[];
  readonly auditAnnotations: readonly AuditAnnotationSource[];
  readonly mutations: readonly MutationSource[];
}
