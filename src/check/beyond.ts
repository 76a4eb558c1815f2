import type { Draft } from "./drafts.ts";
import { count } from "./reports/words.ts";
import type { CheckRule } from "./rule-texts.ts";
import type { Severity } from "./types.ts";

/** So many findings of one file are reported, each by itself; nobody reads more, and every one takes its place in reports. */
export const MOST_FINDINGS = 5000;

const SEVERITIES = ["error", "warning", "note"] as const satisfies readonly Severity[];

/** Counts the findings of a file, and those that are too many by their severity. */
export class Beyond {
  readonly #counts = { error: 0, warning: 0, note: 0, suppressed: 0 };
  #reported = 0;
  #first: Draft | undefined;

  /** Whether this finding is one too many. */
  takes(draft: Draft): boolean {
    if (this.#reported < MOST_FINDINGS) {
      this.#reported++;
      return false;
    }
    this.#first ??= draft;
    this.#counts[draft.suppressed === undefined ? draft.severity : "suppressed"]++;
    return true;
  }

  /** The one finding that stands for all that are too many, as grave as the gravest of them. */
  draft(): Draft | undefined {
    if (this.#first === undefined) return undefined;
    const { suppressed } = this.#counts;
    const counted = SEVERITIES.filter((severity) => this.#counts[severity] > 0);
    const parts = [
      ...counted.map((severity) => count(this.#counts[severity], severity)),
      ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ];
    return {
      severity: counted[0] ?? "note",
      rule: "too-many-findings" satisfies CheckRule,
      region: this.#first.region,
      field: "",
      message: `from here on there is more than the ${MOST_FINDINGS} findings that are reported of a file: ${parts.join(", ")}`,
      fix: "mend those before, or split the file",
    };
  }
}
