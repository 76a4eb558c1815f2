import type { Checkpoint } from "../../field/index.ts";
import { Cancelled, spend } from "../effort/index.ts";
import { CelError, type Result, type Value } from "../values/index.ts";

/** Finds the value of a variable by its name; undefined if there is none. */
export type Variables = (name: string) => Result | undefined;

/** What one evaluation may cost, and has cost. */
export interface Meter {
  /** Set by the evaluation: what it cost, also if it failed. */
  cost: number;
  /** Called now and then in loops; what it throws gets through to whoever evaluates. */
  readonly checkpoint?: Checkpoint | undefined;
}

/** The limit of one evaluation. Source: `PerCallLimit` of the API server. */
const COST_LIMIT = 1_000_000;
/** How many steps a turn of a loop counts as. */
const STEPS_PER_TURN = 20;

/** Texts of more characters take noticeable time in every operation. */
const LONG_TEXT = 10_000;

/** The state of one evaluation. */
export class Frame {
  readonly variables: Variables;
  /** The variables of the comprehensions that run: the planner has given each its slot. */
  readonly slots: (Result | undefined)[];
  cost = 0;
  private readonly checkpoint: Checkpoint | undefined;

  constructor(variables: Variables, slots: number, checkpoint: Checkpoint | undefined) {
    this.variables = variables;
    this.slots = slots === 0 ? NO_SLOTS : new Array<Result | undefined>(slots);
    this.checkpoint = checkpoint;
  }

  /** @throws Cancelled if the evaluation costs too much. */
  charge(cost: number): void {
    this.cost += cost;
    if (this.cost > COST_LIMIT) throw new Cancelled("operation cancelled: actual cost limit exceeded");
  }

  /** Called before something that may take long although it costs little. What goes through lists and maps counts its steps itself. */
  checkBefore(value: Value): void {
    if (typeof value === "string" && value.length > LONG_TEXT) this.checkpoint?.();
  }

  /** Called in each turn of a loop. */
  turn(): void {
    spend(STEPS_PER_TURN);
  }
}

const NO_SLOTS: (Result | undefined)[] = [];

/** No variables: constants are evaluated so. */
export const NO_VARIABLES: Variables = () => undefined;

/** An argument as its costs count it. */
export function costed(result: Result): Value {
  return result instanceof CelError ? null : result;
}

/** Evaluates something, and charges what it costs. */
export type Run = (frame: Frame) => Result;
