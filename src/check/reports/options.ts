import type { Severity } from "../types.ts";

/** What is known of a rule: its name in a few words, and what it is about in a sentence or two. */
export interface RuleText {
  readonly title: string;
  readonly help: string;
}

/** What a reporter needs to know beside the findings. */
export interface ReporterOptions {
  /** Fairlead's own version, which the report names as the tool's. */
  readonly version: string;
  /** What to say about a rule; undefined for one that nothing is known of, which is then shown by its id alone. */
  readonly rule: (rule: string) => RuleText | undefined;
  /** What the manifests were judged for, in words for readers: `1.36` and `dual`. Left out where not known. */
  readonly target?: { readonly kubernetes: string; readonly cluster: string };
  /** Whether text is coloured; see `wantsColour`. Never by default. */
  readonly colour?: boolean;
  /** How many columns the terminal has, if the report goes to one: code frames are cut to that. */
  readonly columns?: number;
  /** The lowest severity that fails the run; JUnit counts failures by it. `error` by default. */
  readonly failOn?: Extract<Severity, "error" | "warning">;
}
