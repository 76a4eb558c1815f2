/** Thrown by a checkpoint: the judgement has taken longer than its time budget. */
export class TimeBudgetExceeded extends Error {}

/** Thrown by a checkpoint: the expressions of a policy have taken longer than they may. */
export class ExpressionTimeExceeded extends Error {}

/**
 * Called in every loop that may be long: returns, or throws TimeBudgetExceeded. The caller passes it in, because the engine
 * does not read a clock.
 */
export type Checkpoint = () => void;

/** The checkpoint for callers without a time limit. */
export const NO_CHECKPOINT: Checkpoint = () => undefined;

/** How many iterations share one call: reading a clock costs more than processing an entry of a list. */
const ITERATIONS_PER_CALL = 256;

/** A checkpoint for loops with short iterations: it calls another checkpoint once in a few hundred iterations. */
export function everyFewIterations(checkpoint: Checkpoint | undefined): Checkpoint {
  if (checkpoint === undefined) return NO_CHECKPOINT;
  let iterations = 0;
  return () => {
    if (++iterations % ITERATIONS_PER_CALL === 0) checkpoint();
  };
}
