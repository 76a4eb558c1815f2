import type { FunctionDeclaration, Overload } from "../functions/index.ts";
import type { Type } from "../types/index.ts";

/**
 * What a node refers to.
 *
 * Identifiers and selections such as `a.b` that are one qualified name have a {@link VariableReference} or a {@link TypeReference},
 * struct expressions a {@link TypeReference}, calls a {@link FunctionReference} (but `_?._`, which is no function).
 */
export type Reference = VariableReference | TypeReference | FunctionReference;

/** A variable, or a variable of a macro. */
export interface VariableReference {
  readonly kind: "variable";
  /** Without a leading dot. */
  readonly name: string;
}

/** The name of a type. */
export interface TypeReference {
  readonly kind: "type";
  readonly name: string;
  /**
   * The type that the name stands for as a value. Undefined if it has none at run time, which is an error when the expression is
   * planned: a type that only the type provider knows, and a variable of a macro that holds types.
   */
  readonly value: Type | undefined;
}

/** A function, and its overloads that the types of the arguments leave: several if some are dyn. */
export interface FunctionReference {
  readonly kind: "function";
  readonly declaration: FunctionDeclaration;
  readonly overloads: readonly Overload[];
  /** Whether the target of the call is its first argument; else it is part of the function's name, as in `strings.quote("x")`. */
  readonly isMember: boolean;
}
