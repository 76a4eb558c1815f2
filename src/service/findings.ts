import { type Checkpoint, UNBOUNDED } from "../field/budget.ts";
import type { Path } from "../field/path.ts";
import type { Code, Facts, Finding } from "./finding.ts";

/** How findings are collected. */
export interface Collecting {
  /** Called in each turn of the loops over entries. */
  readonly turn?: Checkpoint;
  /** How many findings of one code are kept; those beyond are counted. */
  readonly most?: number | undefined;
}

/** The list that validators append to: facts, in the order in which they were found. */
export class Findings {
  /** How many there are, those included that are not kept. */
  count = 0;
  readonly turn: Checkpoint;
  readonly #most: number;
  readonly #kept: Finding[] = [];
  readonly #perCode = new Map<Code, { count: number; last: number }>();

  constructor({ turn = UNBOUNDED, most = Number.POSITIVE_INFINITY }: Collecting = {}) {
    this.turn = turn;
    this.#most = most;
  }

  /** Appends one finding: which fact, where, the value found there, and what else its sentence needs. */
  add(code: Code, path: Path, found?: unknown, facts?: Facts): void {
    this.push({ code, path, ...(found === undefined ? {} : { found }), ...(facts === undefined ? {} : { facts }) });
  }

  /** Appends one finding. */
  push(finding: Finding): void {
    this.turn();
    this.count++;
    const { code } = finding;
    const known = this.#perCode.get(code);
    if (known === undefined) this.#perCode.set(code, { count: 1, last: this.#kept.push(finding) - 1 });
    else if (++known.count <= this.#most) known.last = this.#kept.push(finding) - 1;
  }

  /** Those that were kept; the last one of a code says how many more there are. */
  get all(): readonly Finding[] {
    const all = [...this.#kept];
    for (const { count, last } of this.#perCode.values()) {
      const finding = all[last];
      if (count > this.#most && finding !== undefined) all[last] = { ...finding, more: count - this.#most };
    }
    return all;
  }
}

/** How many there are, with those that are counted on the last of their kind. */
export function countOf(findings: readonly { readonly more?: number | undefined }[]): number {
  return findings.reduce((sum, { more = 0 }) => sum + 1 + more, 0);
}
