import type { Severity } from "./types.ts";

/** The texts of a rule: its title, and a sentence or two of help. */
export interface RuleText {
  readonly title: string;
  readonly help: string;
}

/** What a reporter needs besides the findings. */
export interface ReporterOptions {
  /** The version of Fairlead, for the report. */
  readonly version: string;
  /** The texts of a rule; undefined for an unknown rule, of which only the id is shown. */
  readonly rule: (rule: string) => RuleText | undefined;
  /** The Kubernetes version and cluster profile that the manifests were judged for, such as `1.36` and `dual`. */
  readonly target?: { readonly kubernetes: string; readonly cluster: string };
  /** Whether text is coloured (see `wantsColour`); by default it is not. */
  readonly colour?: boolean;
  /** The width of the terminal in columns, if the report goes to one: code frames are cut to it. */
  readonly columns?: number;
  /** The lowest severity that fails the run, by which JUnit counts failures; by default `error`. */
  readonly failOn?: Extract<Severity, "error" | "warning">;
}
