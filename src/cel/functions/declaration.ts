import type { Type } from "../types/index.ts";
import type { CelError, Result, Value } from "../values/index.ts";

/** One signature of a function, and what it does. */
export interface Overload {
  /** As cel-go names it, such as `string_to_int`. */
  readonly id: string;
  /** Whether it is called as `receiver.name(args)`; the receiver is the first of the parameters. */
  readonly isMember: boolean;
  readonly parameters: readonly Type[];
  readonly result: Type;
  /**
   * Called only with arguments of the types of the parameters (of `dyn` and type parameters: any), unless it is `unguarded`.
   * Throws nothing: an error is a {@link Result}.
   */
  call(...args: readonly Value[]): Result;
  /** Whether it is called with arguments of any types, and finds out itself which it cannot take. */
  readonly unguarded?: true;
  /** What a call costs at run time, where it is not 1. An argument that is an error is given as null. */
  cost?(args: readonly Value[], result: Result): number;
  /**
   * Prepares the calls of one place, where an argument is a constant that is worth it, such as a pattern: the function to call
   * there, an error that refuses the whole expression, or undefined if there is nothing to prepare. Arguments that are not
   * constant are undefined.
   */
  prepare?(constants: readonly (Value | undefined)[]): ((...args: readonly Value[]) => Result) | CelError | undefined;
}

/** A function by its name, such as `matches`, `_+_`, `sets.contains`. */
export interface FunctionDeclaration {
  readonly name: string;
  readonly overloads: readonly Overload[];
  /** What a call costs where the types leave open which overload it is, or the overload does not tell; else it is 1. */
  cost?(args: readonly Value[], result: Result): number;
}

/** The first and the last version of Kubernetes (1.x) whose expressions have a library; the last one is left out if there is none. */
export interface Since {
  readonly since: number;
  readonly until?: number;
}
