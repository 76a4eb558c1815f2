/** A judgement has taken longer than it may. */
export class BudgetSpent extends Error {}

/** Called in every loop that may be long: returns, or throws BudgetSpent. Handed in, because the engine reads no clock. */
export type Checkpoint = () => void;

/** The checkpoint of whoever has all the time that it takes. */
export const UNBOUNDED: Checkpoint = () => undefined;

/** Looking at a clock costs more than an entry of a list does: so many entries share one look. */
const SHARED_BY = 256;

/** The checkpoint for loops of short turns: the given one is called once in a few hundred turns. */
export function nowAndThen(checkpoint: Checkpoint | undefined): Checkpoint {
  if (checkpoint === undefined) return UNBOUNDED;
  let turns = 0;
  return () => {
    if (++turns % SHARED_BY === 0) checkpoint();
  };
}
