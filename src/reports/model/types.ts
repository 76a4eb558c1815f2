import type { CheckedService, CheckFinding } from "../../examine/model/index.ts";

/** The counts of a run. */
export interface Summary {
  readonly files: number;
  readonly services: number;
  /** Documents of other kinds, which are not checked. */
  readonly otherKinds: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly suppressed: number;
  /** Inputs that could not be read or parsed. */
  readonly unusable: number;
  /** Files of searched folders that are no manifests; absent if there are none. */
  readonly skipped?: number;
  /** What was not checked or is not counted, one sentence each. */
  readonly leftOut?: readonly string[];
}

/**
 * Writes one report. Each method returns the next part of the report, which may be empty; the report is the
 * concatenation of all parts. Created by `createReporter` in `reports/index.ts`.
 */
export interface Reporter {
  /** Called once per finding, in the order of the input; findings of one file come together if possible. */
  finding(finding: CheckFinding): string;
  /** Called once per judged Service. Only formats that show objects have it. */
  service?(service: CheckedService): string;
  /** Called once, at the end, for the rest of the report. */
  end(summary: Summary): string;
}
