import type { Value } from "../values/index.ts";
import type { Attribute } from "./attribute.ts";
import type { Run } from "./frame.ts";

/** A part of an expression that is ready to be evaluated. */
export interface Step {
  readonly run: Run;
  /** What it evaluates to, if that is known before. */
  readonly constant?: Value;
  /** How it is found, if it is a variable or a choice with what is selected from it: more can be selected. */
  readonly attribute?: Attribute;
}

/** Why an expression cannot be planned: the API server refuses it as "program instantiation failed". */
export class PlanError extends Error {}

/** A step that costs nothing. */
export function constant(value: Value): Step {
  return { run: () => value, constant: value };
}
