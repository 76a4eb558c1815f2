import { countPhrase, type Severity } from "../model/index.ts";
import type { FindingContent } from "./finding-content.ts";
import type { CheckRule } from "./rule-texts.ts";

/**
 * The most findings of one file that are reported one by one: nobody reads more, and each takes space in the reports.
 */
export const MAX_FINDINGS_PER_FILE = 5000;

const SEVERITIES = ["error", "warning", "note"] as const satisfies readonly Severity[];

/** Counts the findings of a file, and, by severity, those over {@link MAX_FINDINGS_PER_FILE}. */
export class FindingLimit {
  readonly #counts = { error: 0, warning: 0, note: 0, suppressed: 0 };
  #reported = 0;
  #first: FindingContent | undefined;

  /** Whether any further finding is over the limit. */
  get isReached(): boolean {
    return this.#reported >= MAX_FINDINGS_PER_FILE;
  }

  /** Counts the finding; returns whether it is over the limit and must not be reported by itself. */
  isExceededBy(content: FindingContent): boolean {
    if (!this.isReached) {
      this.#reported++;
      return false;
    }
    this.#first ??= content;
    this.#counts[content.suppressed === undefined ? content.severity : "suppressed"]++;
    return true;
  }

  /**
   * The one finding that stands for all those over the limit, with the highest severity among them; undefined if there
   * are none.
   */
  overflowFinding(): FindingContent | undefined {
    if (this.#first === undefined) return undefined;
    const { suppressed } = this.#counts;
    const counted = SEVERITIES.filter((severity) => this.#counts[severity] > 0);
    const parts = [
      ...counted.map((severity) => countPhrase(this.#counts[severity], severity)),
      ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ];
    return {
      severity: counted[0] ?? "note",
      rule: "too-many-findings" satisfies CheckRule,
      region: this.#first.region,
      field: "",
      message: `from here on there is more than the ${MAX_FINDINGS_PER_FILE} findings that are reported of a file: ${parts.join(", ")}`,
      fix: "mend those before, or split the file",
    };
  }
}
