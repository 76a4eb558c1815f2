import type { Draws } from "./draws.ts";

export const TARGET_NAMES = ["http", "review", "service", "text", "policy"] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

/** Code that takes untrusted input: a generator of such input, and the invariants that must hold for all of it. */
export interface Target<C> {
  readonly name: TargetName;
  /** Generates one case, as plain JSON so that it can be kept. */
  readonly draw: (draws: Draws) => C;
  /** Whether a value, from a file or from shrinking, is a case of this target. */
  readonly isCase: (value: unknown) => value is C;
  /** Runs one case. @throws Broken, or whatever the code under test throws */
  readonly check: (input: C) => void | Promise<void>;
  /** How many runs a case counts for. */
  readonly runsOf: (input: C) => number;
  /** Stops what the target has started. */
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

/** The invariant that an error violates; for an error of the code under test it is "no crash". */
export function invariantOf(error: unknown): string {
  return error instanceof Broken ? error.invariant : "no crash";
}
