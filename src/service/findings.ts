import { type Checkpoint, UNBOUNDED } from "../field/budget.ts";
import type { Path } from "../field/path.ts";
import type { Finding } from "./finding.ts";
import type { Facts } from "./rules/facts.ts";
import type { Code } from "./rules.ts";

/** How findings are collected. */
export interface Collecting {
  /** Called in each turn of the loops over entries. */
  readonly turn?: Checkpoint;
  /** How many findings of one code are kept; those beyond are counted. */
  readonly most?: number | undefined;
}

/** Who is told of some only need not have a million of them looked for. */
const ENOUGH = 10_000;

/** How many findings of a code there are, and where the last one stands that is kept. */
interface Tally {
  count: number;
  last: number;
}

/** What is told of a finding, with those that are counted only. */
export interface Counted {
  readonly more?: number | undefined;
  readonly orMore?: true | undefined;
}

/** The list that validators append to: facts, in the order in which they were found. */
export class Findings {
  /** How many there are, those included that are not kept. */
  count = 0;
  readonly turn: Checkpoint;
  readonly #most: number;
  readonly #kept: Finding[] = [];
  #isCutShort = false;
  readonly #perCode = new Map<Code, Tally>();

  constructor({ turn = UNBOUNDED, most = Number.POSITIVE_INFINITY }: Collecting = {}) {
    this.turn = turn;
    this.#most = most;
  }

  /** Appends one finding: which fact, where, the value found there, and what else its sentence needs, worked out where it is kept. */
  add(code: Code, path: Path, found?: unknown, facts?: Facts | (() => Facts)): void {
    const tally = this.#counted(code);
    if (tally.count > this.#most) return;
    const known = typeof facts === "function" ? facts() : facts;
    const said = {
      code,
      path,
      ...(found === undefined ? {} : { found }),
      ...(known === undefined ? {} : { facts: known }),
    };
    tally.last = this.#kept.push(said) - 1;
  }

  /** Asked in the loops over entries: whether there are so many findings that the rest need not be looked for. */
  get isEnough(): boolean {
    if (this.count < ENOUGH || this.#most === Number.POSITIVE_INFINITY) return false;
    this.#isCutShort = true;
    return true;
  }

  /** Counts one finding more of the code: most of a million are no more than that. */
  #counted(code: Code): Tally {
    this.turn();
    this.count++;
    const known = this.#perCode.get(code);
    if (known !== undefined) {
      known.count++;
      return known;
    }
    const first = { count: 1, last: 0 };
    this.#perCode.set(code, first);
    return first;
  }

  /** Those that were kept; the last one of a code says how many more there are. */
  get all(): readonly Finding[] {
    const all = [...this.#kept];
    for (const { count, last } of this.#perCode.values()) {
      const finding = all[last];
      if (count <= this.#most || finding === undefined) continue;
      all[last] = { ...finding, more: count - this.#most, ...(this.#isCutShort && { orMore: true }) };
    }
    return all;
  }
}

/** A number of findings in words, where there may be some that nobody counted. */
export function countInWords(count: number, findings: readonly Counted[]): string {
  return findings.some(({ orMore }) => orMore === true) ? `at least ${count}` : String(count);
}

/** How many there are, with those that are counted on the last of their kind. */
export function countOf(findings: readonly Counted[]): number {
  return findings.reduce((sum, { more = 0 }) => sum + 1 + more, 0);
}
