import type { Draws } from "./draws.ts";

export const TARGET_NAMES = ["http", "review", "service", "text", "policy"] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

/** Something that takes input from others: how to make up such input, and what must hold whatever it is. */
export interface Target<C> {
  readonly name: TargetName;
  /** Makes up one case. A case is plain JSON, so that it can be kept. */
  readonly draw: (draws: Draws) => C;
  /** Whether a value, from a file or from shrinking, is a case of this target. */
  readonly isCase: (value: unknown) => value is C;
  /** Runs one case. @throws Broken, or whatever the code under test throws */
  readonly check: (input: C) => void | Promise<void>;
  /** How many runs a case counts for. */
  readonly runsOf: (input: C) => number;
  /** Ends what the target has started. */
  readonly close?: () => Promise<void>;
}

/** An invariant that did not hold. */
export class Broken extends Error {
  readonly invariant: string;

  constructor(invariant: string, message: string) {
    super(`${invariant}: ${message}`);
    this.invariant = invariant;
  }
}

/** What an error breaks: an error of the code under test breaks "no crash". */
export function invariantOf(error: unknown): string {
  return error instanceof Broken ? error.invariant : "no crash";
}
