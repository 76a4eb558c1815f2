import type { Checkpoint } from "../field/budget.ts";
import type { Path } from "../field/path.ts";
import type { ClusterProfile } from "../service/cluster.ts";
import type { Service } from "../service/types.ts";
import type { KubernetesVersion } from "../service/version.ts";
import type { ServicePolicy } from "./schema/document.ts";

export type Operation = "create" | "update" | "status" | "delete";

/** What is known of a request beside its objects. */
export interface RequestFacts {
  readonly namespace: string;
  /** Labels of the namespace, where they are known. */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /** Who asks; undefined in CI, where nobody does. */
  readonly user?: { readonly name: string; readonly groups: readonly string[] };
  /** The day of the judgement, `YYYY-MM-DD`: exemptions expire by it. The engine reads no clock. */
  readonly today: string;
  /**
   * Whether the object is a manifest as its author wrote it, or came through the API server, which put its static
   * defaults in. Absent: a manifest exactly if nobody asks (`user` is undefined).
   */
  readonly origin?: "manifest" | "server";
}

/** What a policy is asked about. */
export interface PolicyContext {
  readonly operation: Operation;
  readonly oldService: Service | undefined;
  readonly facts: RequestFacts;
  /** The object as it came, before any default of the engine: tells what was written from what was filled in. */
  readonly given: unknown;
  readonly cluster: ClusterProfile;
  readonly version: KubernetesVersion;
  /** Called for each policy and rule: ends a judgement that takes too long, by throwing BudgetSpent. */
  readonly checkpoint?: Checkpoint;
  /** How many findings of one rule are told one by one; the last of them says how many more there are. */
  readonly most?: number;
}

/** What filling in defaults needs beside that. */
export interface DefaultsContext extends PolicyContext {
  /**
   * What the API server would have against the Service from here on (static defaults, allocation, validation), in
   * words; undefined if nothing. A default that earns an objection where there was none is not applied.
   */
  readonly objection: (service: Service) => string | undefined;
}

/** One value that a policy filled in. */
export interface AppliedDefault {
  readonly policy: string;
  readonly path: Path;
  readonly value: unknown;
}

/** A default that was not applied, and why. */
export interface SkippedDefault {
  readonly policy: string;
  readonly path: Path;
  readonly reason: string;
}

/** Something that a policy has to say about a Service. */
export interface PolicyFinding {
  readonly policy: string;
  readonly rule: string;
  readonly action: "deny" | "warn" | "audit";
  readonly path: Path;
  readonly message: string;
  readonly fix?: string;
  readonly found?: unknown;
  /** How many more there are of this rule, which are not told one by one. */
  readonly more?: number;
  /** Present where an exemption covers the finding: it is reported and counted, and changes no decision. */
  readonly suppressed?: { readonly by: "policy" | "annotation"; readonly reason: string; readonly expires?: string };
}

/** A Service with what policies filled in. */
export interface Filled {
  readonly service: Service;
  readonly applied: readonly AppliedDefault[];
  readonly skipped: readonly SkippedDefault[];
}

/** Any number of policies, compiled. */
export interface PolicySet {
  /** How many policies are in it. */
  readonly size: number;
  /** The policies that it was made of. */
  readonly documents: readonly ServicePolicy[];
  /** One set of these and the others. */
  readonly and: (others: PolicySet) => PolicySet;
  /** The Service with what the policies fill in; the given one is left as it is. */
  readonly applyDefaults: (service: Service, context: DefaultsContext) => Filled;
  /**
   * What the rules of the matching policies say of the Service as it would be stored (as admitted, where the server
   * refuses it); for a delete `service` is the one to be deleted.
   */
  readonly judge: (service: Service, context: PolicyContext) => readonly PolicyFinding[];
}

/** No policy at all. */
export const NO_POLICIES: PolicySet = {
  size: 0,
  documents: [],
  and: (others) => others,
  applyDefaults: (service) => ({ service, applied: [], skipped: [] }),
  judge: () => [],
};
