import type { Meter, Program, Variables } from "../../cel/run/index.ts";
import type { Result } from "../../cel/values/index.ts";
import type { Checkpoint } from "../../field/index.ts";

/** The expressions of a policy have cost more than they may. The message is the API server's. */
export class OutOfBudget extends Error {
  constructor() {
    super("validation failed due to running out of cost budget, no further validation rules will be run");
  }
}

/** The cost budget that the expressions of a policy share. */
export class CostBudget {
  #remaining: number;
  readonly #checkpoint: Checkpoint | undefined;

  constructor(budget: number, checkpoint: Checkpoint | undefined) {
    this.#remaining = budget;
    this.#checkpoint = checkpoint;
  }

  /**
   * Evaluates an expression.
   * @throws OutOfBudget if the budget is used up; whatever the checkpoint throws, which is called at least once
   */
  evaluate(program: Program, variables: Variables): Result {
    this.#checkpoint?.();
    const meter: Meter = { cost: 0, checkpoint: this.#checkpoint };
    const result = program.evaluate(variables, meter);
    this.#remaining -= meter.cost;
    if (this.#remaining < 0) throw new OutOfBudget();
    return result;
  }
}
