import type { InventoryView, ReferenceEntry } from "../../inventory/model/index.ts";
import type { PolicySet } from "../../policy/model/index.ts";
import type { ClusterFacts } from "../../sources/index.ts";
import type { ResultCount } from "./results-by-namespace.ts";

/** What the audit judges by, besides the Services; all of it as it is at the time of the call. */
export interface AuditSources {
  /** Whether the policies have been read, and what rules have to know: before, nothing can be said to be mended. */
  readonly isReady: () => boolean;
  readonly policies: () => PolicySet;
  readonly facts: Pick<ClusterFacts, "current" | "namespaceLabels">;
  /** Undefined if the installation keeps no inventory. */
  readonly inventory:
    | {
        readonly view: () => InventoryView | undefined;
        readonly references: () => Iterable<ReferenceEntry>;
        readonly revision: () => number;
      }
    | undefined;
}

export interface ClusterAuditSettings {
  /** Whether reports and Events are written, or results only counted. */
  readonly writes: boolean;
  /** Milliseconds after which everything is judged again. */
  readonly interval: number;
  readonly writesPerSecond: number;
  /** The name of this replica, for Events. */
  readonly replica: string;
  /** The paths of objects in no namespace with which the reports are deleted; the first one that exists counts. */
  readonly owners: readonly string[];
  /** What the webhook does not judge, either. */
  readonly exempt: { readonly namespaces: readonly string[]; readonly services: readonly string[] };
}

/** The state of the audit, for metrics. */
export interface AuditState {
  readonly services: number;
  readonly counts: readonly ResultCount[];
  /** When the last round ended, in seconds since the epoch, and how many seconds it took. */
  readonly endedAt: number;
  readonly duration: number;
}
