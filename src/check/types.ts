import type { Reason } from "../service/rules/facts.ts";
import type { Service } from "../service/types.ts";
import type { Region } from "../text/types.ts";

export type { Region };

/** `error`: the API server refuses, or a policy denies; `warning`: the one or the other warns; `note`: audit only. */
export type Severity = "error" | "warning" | "note";

/** One finding, as every report format shows it. */
export interface CheckFinding {
  readonly severity: Severity;
  /** The rule's id: a code of the engine (`port-range`), a policy rule (`policy/named-ports`), or one of the check's own. */
  readonly rule: string;
  /** The file as the user named it; `-` for standard input. */
  readonly file: string;
  readonly region: Region;
  /** The Service that it is about; absent for a file that cannot be read. */
  readonly service?: { readonly namespace: string; readonly name: string };
  /** The API server's name for the place. */
  readonly field: string;
  /** The reason of the API server's cause, where it would report one. */
  readonly reason?: Reason;
  readonly message: string;
  readonly fix?: string;
  /** The policy that says so, for a policy's finding. */
  readonly policy?: string;
  /** Known or exempt: shown, but changes no exit code. */
  readonly suppressed?: { readonly by: "baseline" | "policy" | "annotation"; readonly reason: string };
  /** Stable when lines move: the same for the same finding about the same object. */
  readonly fingerprint: string;
  /**
   * The lines around it, for a code frame: the text of the lines and the number of the first. Of a long line a part is
   * kept; `cutBefore` is how many UTF-16 units of the region's first line are left out on the left.
   */
  readonly frame: { readonly firstLine: number; readonly lines: readonly string[]; readonly cutBefore?: number };
}

/** One Service that was checked, for reports that show objects. */
export interface CheckedService {
  readonly file: string;
  readonly region: Region;
  readonly namespace: string;
  readonly name: string;
  /**
   * The manifest's own text, from where `region` starts to where it ends. The first line therefore lacks the
   * indentation left of `region.startColumn`, as in an item of a `List`.
   */
  readonly text: string;
  /** As the cluster would store it; absent if it is refused. */
  readonly stored?: Service;
  /** JSON pointers of the values that the server picks. */
  readonly allocated: readonly string[];
}

/** What a run amounted to. */
export interface Summary {
  readonly files: number;
  readonly services: number;
  /** Documents of other kinds, passed over. */
  readonly otherKinds: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly suppressed: number;
  /** Inputs that could not be read or parsed. */
  readonly unusable: number;
  /** What nobody has looked at because of a setting, or what a setting keeps from counting: a sentence each. */
  readonly leftOut?: readonly string[];
}

/**
 * What a report format is: told of each finding as it comes, it returns what to write next, which may be nothing.
 * The report is all that was returned, in that order. How to get one: `createReporter` of `reports/index.ts`.
 */
export interface Reporter {
  /** Called once per finding, in the order of the input; findings of one file come together where that is possible. */
  finding(finding: CheckFinding): string;
  /** Called once per Service that was judged. Only formats that show objects need it. */
  service?(service: CheckedService): string;
  /** Called once, last: the rest of the report. */
  end(summary: Summary): string;
}
