import { type Checkpoint, ExpressionTimeExceeded } from "../../field/index.ts";

/** How much processor time the expressions of one policy may take for one review, in milliseconds. */
const MILLISECONDS = 40;
const MICROSECONDS_PER_MILLISECOND = 1000;

/**
 * Returns a checkpoint that ends the expressions of a policy once they have taken too long. Processor time counts: on a busy
 * machine, others use up the time on the clock.
 */
export function limitExpressions(): Checkpoint {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    if (user + system > MILLISECONDS * MICROSECONDS_PER_MILLISECOND) {
      throw new ExpressionTimeExceeded(`the expressions of the policy took longer than ${MILLISECONDS} ms`);
    }
  };
}
