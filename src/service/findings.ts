import { type Checkpoint, UNBOUNDED } from "../field/budget.ts";
import type { Path } from "../field/path.ts";
import type { Code, Facts, Finding } from "./finding.ts";

/** The list that validators append to: facts, in the order in which they were found. */
export class Findings {
  readonly all: Finding[] = [];
  /** Called in each turn of the loops over entries. */
  readonly turn: Checkpoint;

  constructor(turn: Checkpoint = UNBOUNDED) {
    this.turn = turn;
  }

  /** Appends one finding: which fact, where, the value found there, and what else its sentence needs. */
  add(code: Code, path: Path, found?: unknown, facts?: Facts): void {
    this.all.push({ code, path, ...(found === undefined ? {} : { found }), ...(facts === undefined ? {} : { facts }) });
  }
}
