import type { Program, Result } from "../../cel/index.ts";
import type { Checkpoint } from "../../field/index.ts";

/** The expressions of a policy have cost more than they may. The message is the API server's. */
export class OutOfBudget extends Error {
  constructor() {
    super("validation failed due to running out of cost budget, no further validation rules will be run");
  }
}

/** Finds a variable of an expression by its name. */
export type Lookup = (name: string) => Result | undefined;

/** The cost budget that the expressions of a policy share. */
export class Meter {
  #remaining: number;
  readonly #checkpoint: Checkpoint | undefined;

  constructor(budget: number, checkpoint: Checkpoint | undefined) {
    this.#remaining = budget;
    this.#checkpoint = checkpoint;
  }

  /**
   * Evaluates an expression.
   * @throws OutOfBudget if the budget is used up
   */
  measure(program: Program, lookup: Lookup): Result {
    const { result, cost } = program.evaluate(lookup, this.#checkpoint);
    this.#remaining -= cost;
    if (this.#remaining < 0) throw new OutOfBudget();
    return result;
  }
}
