import { type Checkpoint, NO_CHECKPOINT, type Path, type Writable } from "../../field/index.ts";
import type { Code, MessageFacts } from "../messages/index.ts";
import type { Finding } from "./finding.ts";

/** Options for collecting findings. */
export interface FindingsOptions {
  /** Called in every iteration of loops over entries. */
  readonly checkpoint?: Checkpoint | undefined;
  /** How many findings of one code are kept; further ones are only counted. */
  readonly maxPerCode?: number | undefined;
}

/** If only some findings are kept, the search may stop after this many: there may be a million. */
const ENOUGH = 10_000;

const NO_FINDINGS: readonly Finding[] = [];

/** How many findings of a code there are. */
interface CodeCount {
  count: number;
  /** The position of the last one that is kept. */
  lastKept: number;
}

/** A finding, or what is reported of it, with the number of further ones that are only counted. */
export interface WithCount {
  readonly more?: number | undefined;
  readonly orMore?: true | undefined;
}

/** The list that validators append their findings to, in the order in which they find them. */
export class Findings {
  /** The number of findings, including those that are not kept. */
  count = 0;
  readonly checkpoint: Checkpoint;
  // Not `#`: making an object with such fields takes longer, and every judgement makes several.
  private readonly maxPerCode: number;
  private isCutShort = false;
  /** Made with the first finding: most lists stay empty, and every judgement has several. */
  private kept: Finding[] | undefined;
  private perCode: Map<Code, CodeCount> | undefined;

  constructor({ checkpoint = NO_CHECKPOINT, maxPerCode = Number.POSITIVE_INFINITY }: FindingsOptions = {}) {
    this.checkpoint = checkpoint;
    this.maxPerCode = maxPerCode;
  }

  /**
   * Appends one finding.
   * @param facts what else its message needs; a function is called only if the finding is kept
   * @param reported the path that the API server reports, if it is another one
   */
  add(code: Code, path: Path, found?: unknown, facts?: MessageFacts | (() => MessageFacts), reported?: Path): void {
    const counted = this.increment(code);
    if (counted.count > this.maxPerCode) return;
    const known = typeof facts === "function" ? facts() : facts;
    const finding: Writable<Finding> = { code, path };
    if (found !== undefined) finding.found = found;
    if (known !== undefined) finding.facts = known;
    if (reported !== undefined) finding.reported = reported;
    counted.lastKept = (this.kept ??= []).push(finding) - 1;
  }

  /** For loops over entries: whether there are so many findings that the search can stop. */
  get canStop(): boolean {
    if (this.count < ENOUGH || this.maxPerCode === Number.POSITIVE_INFINITY) return false;
    this.isCutShort = true;
    return true;
  }

  /** Counts a finding. Fast: of a million findings, most are only counted. */
  private increment(code: Code): CodeCount {
    this.checkpoint();
    this.count++;
    const perCode = (this.perCode ??= new Map<Code, CodeCount>());
    const known = perCode.get(code);
    if (known !== undefined) {
      known.count++;
      return known;
    }
    const first = { count: 1, lastKept: 0 };
    perCode.set(code, first);
    return first;
  }

  /** The findings that were kept; the last one of each code says how many more there are. */
  get all(): readonly Finding[] {
    if (this.kept === undefined || this.perCode === undefined) return NO_FINDINGS;
    const all = [...this.kept];
    for (const { count, lastKept } of this.perCode.values()) {
      const finding = all[lastKept];
      if (count <= this.maxPerCode || finding === undefined) continue;
      all[lastKept] = { ...finding, more: count - this.maxPerCode, ...(this.isCutShort && { orMore: true }) };
    }
    return all;
  }
}

/** The count as text; `at least` if the search stopped early. */
export function countText(count: number, findings: readonly WithCount[]): string {
  return findings.some(({ orMore }) => orMore === true) ? `at least ${count}` : String(count);
}

/** The number of findings, including those that are only counted. */
export function totalCount(findings: readonly WithCount[]): number {
  return findings.reduce((sum, { more = 0 }) => sum + 1 + more, 0);
}
