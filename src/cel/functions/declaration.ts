import type { Type } from "../types/index.ts";
import type { Result, Value } from "../values/index.ts";

/** One signature of a function, and what it does. */
export interface Overload {
  /** As cel-go names it, such as `string_to_int`. */
  readonly id: string;
  /** Whether it is called as `receiver.name(args)`; the receiver is the first of the parameters. */
  readonly isMember: boolean;
  readonly parameters: readonly Type[];
  readonly result: Type;
  /**
   * Called only with arguments of the types of the parameters (of `dyn` and type parameters: any). Throws nothing: an error is a
   * {@link Result}.
   */
  call(...args: readonly Value[]): Result;
  /** What a call costs at run time, where it is not 1. */
  cost?(args: readonly Value[], result: Result): number;
}

/** A function by its name, such as `matches`, `_+_`, `sets.contains`. */
export interface FunctionDeclaration {
  readonly name: string;
  readonly overloads: readonly Overload[];
}

/** The first and the last version of Kubernetes (1.x) whose expressions have a library; the last one is left out if there is none. */
export interface Since {
  readonly since: number;
  readonly until?: number;
}
