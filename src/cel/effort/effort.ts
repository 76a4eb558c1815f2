import type { Checkpoint } from "../../field/index.ts";

/** Thrown to end an evaluation at once: unlike an error, no operator absorbs it. */
export class Cancelled extends Error {}

/** How many steps share one call of the checkpoint: a fraction of a millisecond. A step is about as much as to compare two elements. */
const STEPS_PER_CHECKPOINT = 2000;

/**
 * How many steps one evaluation may take, a few seconds. The cost that the API server counts is no limit for everything: a list in
 * which each list lies twice in the one around it doubles what a comparison must look at, at the same cost.
 */
const MOST_STEPS = 30_000_000;

/** The evaluation that runs. Functions of values spend its steps, however deep they are called: evaluating never waits for anything. */
let checkpoint: Checkpoint | undefined;
let rest = Infinity;
let untilCheckpoint = STEPS_PER_CHECKPOINT;

/** Does some work as one evaluation: what is spent during it is limited, and calls the checkpoint now and then. */
export function withEffort<T>(during: Checkpoint | undefined, work: () => T): T {
  const outside = [checkpoint, rest] as const;
  checkpoint = during;
  rest = MOST_STEPS;
  try {
    return work();
  } finally {
    [checkpoint, rest] = outside;
  }
}

/**
 * Counts steps of the evaluation that runs. To be called in each turn of whatever goes through lists, maps or texts.
 * @throws Cancelled if there are too many; whatever the checkpoint throws
 */
export function spend(steps = 1): void {
  untilCheckpoint -= steps;
  if (untilCheckpoint <= 0) pause();
}

function pause(): void {
  rest -= STEPS_PER_CHECKPOINT - untilCheckpoint;
  untilCheckpoint = STEPS_PER_CHECKPOINT;
  if (rest < 0) throw new Cancelled("operation cancelled: too many steps");
  checkpoint?.();
}
