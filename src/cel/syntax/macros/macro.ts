import type { Expression } from "../../ast/index.ts";
import { ACCUMULATOR, type Expansion } from "./expansion.ts";

/** A macro: calls of it are replaced by other expressions before they are checked. */
export interface Macro {
  readonly name: string;
  /** Called as `target.name(args)`, or, without a target, as `name(args)`. */
  readonly isMethod: boolean;
  /** With as many arguments the call is one of the macro, with more or fewer one of a function. */
  readonly arity: number;
  /**
   * What a call is replaced by.
   *
   * @param call its target (of a macro without one: any expression) and its arguments
   * @throws {MacroError} if the arguments are not what the macro is for
   */
  expand(make: Expansion, target: Expression, args: readonly Expression[]): Expression;
}

/** What is wrong with the arguments of a macro, in cel-go's words. */
export class MacroError extends Error {
  /** The id of the argument at fault. */
  readonly id: number;

  constructor({ id }: Expression, message: string) {
    super(message);
    this.id = id;
  }
}

/** The argument at an index; there are as many as the macro's arity says. */
export function argument(args: readonly Expression[], index: number): Expression {
  const found = args[index];
  if (found === undefined) throw new RangeError(`no argument ${index}`);
  return found;
}

/**
 * The variable that an argument names.
 *
 * @param message if it is not a name
 * @throws {MacroError}
 */
export function variableOf(arg: Expression, message: string): string {
  if (arg.kind !== "identifier") throw new MacroError(arg, message);
  return arg.name;
}

/**
 * Refuses a variable that would hide the result of the fold; `__result__` is what it used to be called.
 *
 * @throws {MacroError}
 */
export function refuseAccumulator(arg: Expression, variable: string): void {
  if (variable !== ACCUMULATOR && variable !== "__result__") return;
  throw new MacroError(arg, "iteration variable overwrites accumulator variable");
}
