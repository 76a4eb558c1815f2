import type { Ast } from "../ast/index.ts";
import type { Checked } from "../check/index.ts";
import { Cancelled, withEffort } from "../effort/index.ts";
import { CelError, type Result } from "../values/index.ts";
import { type NewStruct, newStructValue } from "./construction.ts";
import { Frame, type Meter, type Run, type Variables } from "./frame.ts";
import { Planner } from "./planner.ts";
import { PlanError } from "./step.ts";

/** An expression that is ready to be evaluated, any number of times. */
export class Program {
  private readonly run: Run;
  private readonly slots: number;

  constructor(run: Run, slots: number) {
    this.run = run;
    this.slots = slots;
  }

  /**
   * Evaluates the expression. Each evaluation may cost as much as the API server allows a single one; it is an error if it costs
   * more. What a whole policy may cost is up to the caller, who adds up what the meter shows.
   * @throws whatever the meter's checkpoint and the variables throw.
   */
  evaluate(variables: Variables, meter: Meter): Result {
    const frame = new Frame(variables, this.slots, meter.checkpoint);
    try {
      return withEffort(meter.checkpoint, () => this.run(frame));
    } catch (error) {
      if (error instanceof Cancelled) return new CelError(error.message);
      throw error;
    } finally {
      meter.cost = frame.cost;
    }
  }
}

/**
 * Prepares a checked expression for evaluation: everything that can be done once is done here. Returns the error for which the API
 * server refuses the expression: a constant that cannot be converted, or a constant pattern that is none.
 * @param newStruct makes objects of named types; {@link newStructValue} if left out.
 */
export function plan(ast: Ast, checked: Checked, newStruct: NewStruct = newStructValue): Program | CelError {
  const planner = new Planner(checked, newStruct);
  try {
    return new Program(planner.plan(ast), planner.slots);
  } catch (error) {
    if (error instanceof PlanError) return new CelError(error.message);
    throw error;
  }
}
