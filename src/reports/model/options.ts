import type { RuleText, Severity } from "../../examine/model/index.ts";

/** The facts about a run that a report repeats. */
export interface RunFacts {
  /** When it ran, in UTC, such as `2026-11-27T09:30:00Z`. */
  readonly date: string;
  /** The command line. */
  readonly command: string;
  /** The commit that was checked out; undefined outside of a git repository. */
  readonly commit: string | undefined;
}

/** What a reporter needs besides the findings. */
export interface ReporterOptions {
  /** The version of Fairlead, for the report. */
  readonly version: string;
  /** The texts of a rule; undefined for an unknown rule, of which only the id is shown. */
  readonly rule: (rule: string) => RuleText | undefined;
  /**
   * The Kubernetes version and cluster profile that the manifests were judged for, such as `1.36` and `dual`; of a
   * comparison of two versions, also the one that it starts from.
   */
  readonly target?: { readonly kubernetes: string; readonly cluster: string; readonly from?: string };
  /** How the report came about, for a reader who has nothing but the report. */
  readonly run?: RunFacts;
  /** Whether text is coloured (see `wantsColour`); by default it is not. */
  readonly colour?: boolean;
  /** The width of the terminal in columns, if the report goes to one: code frames are cut to it. */
  readonly columns?: number;
  /** The lowest severity that fails the run, by which JUnit counts failures; by default `error`. */
  readonly failOn?: Extract<Severity, "error" | "warning">;
}
