import type { Checkpoint, Path } from "../../field/index.ts";
import type { InventoryView, Need, ReferenceEntry } from "../../inventory/model/index.ts";
import type { ClusterProfile } from "../../service/cluster/index.ts";
import type { Service } from "../../service/schema/index.ts";
import type { KubernetesVersion } from "../../service/versions/index.ts";
import type { AdmissionPolicy, Reason, ServicePolicy } from "../schema/index.ts";

export type Operation = "create" | "update" | "status" | "delete";

/** What is known about a request besides its objects. */
export interface RequestFacts {
  readonly namespace: string;
  /** The labels of the namespace; absent if they are unknown. */
  readonly namespaceLabels?: Readonly<Record<string, string>> | undefined;
  /** The user who sent the request; absent in CI, where there is no user. */
  readonly user?: {
    readonly name: string;
    readonly groups: readonly string[];
    readonly uid?: string;
    readonly extra?: Readonly<Record<string, readonly string[]>>;
  };
  /** Whether the request is a dry run. */
  readonly dryRun?: boolean;
  /** The current day, `YYYY-MM-DD`, which decides whether an exemption has expired. The engine reads no clock. */
  readonly today: string;
  /**
   * Whether the object is a manifest as its author wrote it, or came through the API server, which has added its static
   * defaults. If absent, the object is a manifest exactly when there is no user.
   */
  readonly origin?: "manifest" | "server";
}

/** Everything about a request that policies are evaluated against, besides the Service itself. */
export interface PolicyContext {
  readonly operation: Operation;
  readonly oldService: Service | undefined;
  readonly facts: RequestFacts;
  /** The object as received, before any default of the engine: it shows which values were written by its author. */
  readonly given: unknown;
  readonly cluster: ClusterProfile;
  readonly version: KubernetesVersion;
  /** What is around the Service; absent if nothing is known of it: then rules about it find nothing. */
  readonly inventory?: InventoryView | undefined;
  /** Called for each policy and rule; ends an evaluation that takes too long by throwing TimeBudgetExceeded. */
  readonly checkpoint?: Checkpoint | undefined;
  /**
   * Called when the expressions of a policy begin: returns a checkpoint that ends them, by throwing
   * ExpressionTimeExceeded, when they have taken too long. The engine does not read a clock.
   */
  readonly limitExpressions?: (() => Checkpoint) | undefined;
  /** The maximum number of findings reported per rule; the last one carries the number of those left out. */
  readonly most?: number | undefined;
}

/** The context for applying defaults. */
export interface DefaultsContext extends PolicyContext {
  /**
   * Why the API server would refuse the Service in the steps that follow (static defaults, allocation, validation), as
   * a sentence; undefined if it would accept it. A default that causes a refusal where there was none is not applied.
   */
  readonly objection: (service: Service) => string | undefined;
}

/** A default that was applied: the value that a policy set; or what a MutatingAdmissionPolicy did, undefined if it removed a value. */
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

/** A violation of a policy rule by a Service. */
export interface PolicyFinding {
  readonly policy: string;
  readonly rule: string;
  readonly action: "deny" | "warn" | "audit";
  readonly path: Path;
  readonly message: string;
  readonly fix?: string;
  readonly found?: unknown;
  /** The reason of the refusal that the policy gives, for API clients. */
  readonly reason?: Reason | undefined;
  /** The number of further findings of this rule that are not reported one by one. */
  readonly more?: number;
  /** Present if an exemption covers the finding: it is reported and counted, but does not affect the decision. */
  readonly suppressed?: { readonly by: "policy" | "annotation"; readonly reason: string; readonly expires?: string };
}

/** What MutatingAdmissionPolicies did to a write. */
export interface MutationOutcome {
  /** The object as received, with what they have changed: that counts as written. */
  readonly given: unknown;
  /** Whether they have changed anything. */
  readonly hasChanged: boolean;
  /** Why the API server refuses the request, and what cannot be told. */
  readonly findings: readonly PolicyFinding[];
}

/** A Service with the policies' defaults applied. */
export interface DefaultedService {
  readonly service: Service;
  readonly applied: readonly AppliedDefault[];
  readonly skipped: readonly SkippedDefault[];
  /** Absent if there are no MutatingAdmissionPolicies. */
  readonly mutation?: MutationOutcome | undefined;
}

/** A policy of any kind, with all that it works with. */
export type PolicyDocument = ServicePolicy | AdmissionPolicy;

/** A compiled set of policies. */
export interface PolicySet {
  /** The number of policies in the set. */
  readonly size: number;
  /** The policy documents that the set was compiled from. */
  readonly documents: readonly PolicyDocument[];
  /** What was passed over when the policies were read, and why; absent if nothing was. */
  readonly notes?: readonly string[];
  /** What the rules have to know besides the Service. */
  readonly needs: ReadonlySet<Need>;
  /** A set of the policies of both sets. */
  readonly and: (others: PolicySet) => PolicySet;
  /**
   * The Service as MutatingAdmissionPolicies make it, and then with the policies' defaults applied; the input is not
   * modified.
   */
  readonly applyDefaults: (service: Service, context: DefaultsContext) => DefaultedService;
  /**
   * The findings of the matching policies' rules for the Service as it would be stored (or as it was admitted, if the
   * server refuses it). For a delete, `service` is the Service to be deleted.
   */
  readonly judge: (service: Service, context: PolicyContext) => readonly PolicyFinding[];
  /**
   * The findings about a reference to a Service, at the object that names it. Policies apply by the namespace of that object; those
   * that select Services by type or label do not.
   */
  readonly judgeReference: (
    reference: ReferenceEntry,
    inventory: InventoryView,
    facts: RequestFacts,
  ) => readonly PolicyFinding[];
}

/** The empty set of policies. */
export const NO_POLICIES: PolicySet = {
  size: 0,
  documents: [],
  and: (others) => others,
  applyDefaults: (service) => ({ service, applied: [], skipped: [] }),
  needs: new Set(),
  judge: () => [],
  judgeReference: () => [],
};
