import type { JsonObject } from "../../field/index.ts";
import type { Reason } from "../../service/messages/index.ts";
import type { Service } from "../../service/schema/index.ts";
import type { Region } from "../../text/document/index.ts";

/** `error`: the API server refuses or a policy denies; `warning`: one of them warns; `note`: a policy audits. */
export type Severity = "error" | "warning" | "note";

/** One finding about a text, with its place in it. */
export interface LocatedFinding {
  readonly severity: Severity;
  /**
   * The rule's id: a code of the engine (`port-range`), a policy rule (`policy/named-ports`), or one of the check
   * itself (`not-yaml`).
   */
  readonly rule: string;
  /** The file's path as the user gave it; `-` for standard input. */
  readonly file: string;
  readonly region: Region;
  /** For a finding in a template or in a base's file: what was rendered from it, and the line there. */
  readonly rendered?: string;
  /** The Service that it is about; absent for a finding about a file or about another object. */
  readonly service?: { readonly namespace: string; readonly name: string };
  /** The object of another kind that it is about, which names a Service; its namespace is empty if it is in none. */
  readonly object?: { readonly kind: string; readonly namespace: string; readonly name: string };
  /** The field path, as the API server writes it; empty for a finding about a file. */
  readonly field: string;
  /** The reason of the API server's cause, where it would report one. */
  readonly reason?: Reason;
  readonly message: string;
  readonly fix?: string;
  /** The policy's name, for a finding of a policy. */
  readonly policy?: string;
  /** Set for a finding that is known or exempt: it is shown, but does not change the exit code. */
  readonly suppressed?: { readonly by: "baseline" | "policy" | "annotation"; readonly reason: string };
  /** For a finding of `fairlead upgrade`: what the newer version does otherwise. */
  readonly upgrade?: UpgradeChange;
  /**
   * The lines around the region, for a code frame, and the number of the first line. Of a long line only a part is
   * kept; `cutBefore` is how many UTF-16 units of the region's first line are cut off on the left.
   */
  readonly frame: { readonly firstLine: number; readonly lines: readonly string[]; readonly cutBefore?: number };
}

/** One finding, as all report formats show it. */
export interface CheckFinding extends LocatedFinding {
  /** Identifies the finding across runs: the same for the same finding about the same object, even if lines move. */
  readonly fingerprint: string;
}

/** What a newer version of the API server does otherwise. */
export interface UpgradeChange {
  /** Whether it does so when the Service is created, or when the stored one is written again. */
  readonly on: readonly ("create" | "update")[];
  /** For a value: whether mutating admission sees the difference, and whether it is stored. */
  readonly at?: readonly ("admission" | "stored")[];
  /** The value before; absent if there was none. */
  readonly from?: unknown;
  /** The value after; absent if there is none. */
  readonly to?: unknown;
}

/** A checked Service, for reports that show objects. */
export interface CheckedService {
  readonly file: string;
  readonly region: Region;
  readonly namespace: string;
  readonly name: string;
  /**
   * The text of the manifest, from the start of `region` to its end. The first line therefore lacks its indentation
   * (the columns before `region.startColumn`) in an item of a `List`.
   */
  readonly text: string;
  /** The object as the cluster would store it; absent if it is refused. */
  readonly stored?: Service;
  /** JSON pointers of the values that the server allocates. */
  readonly allocated: readonly string[];
  /** The Service as it was stored before; absent for a new one. */
  readonly old?: JsonObject;
}
