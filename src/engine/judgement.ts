import type { Checkpoint } from "../field/index.ts";
import type { InventoryView } from "../inventory/model/index.ts";
import type {
  AppliedDefault,
  Operation,
  PolicyFinding,
  PolicySet,
  RequestFacts,
  SkippedDefault,
} from "../policy/model/index.ts";
import type { ClusterProfile } from "../service/cluster/index.ts";
import type { FieldValidation, RepeatedField, WriteMethod } from "../service/decode/index.ts";
import type { Finding } from "../service/findings/index.ts";
import type { Decision } from "../service/index.ts";
import type { IPFamilyPolicy, Service } from "../service/schema/index.ts";
import type { KubernetesVersion } from "../service/versions/index.ts";

/** A request to judge: what happens to this object? */
export interface JudgeRequest {
  readonly operation: Operation;
  /** The object as JSON values, with a `NumberText` for each number that JavaScript cannot represent; ignored for a delete. */
  readonly object: unknown;
  /** The object as it is stored before the request: for update, status and delete. */
  readonly oldObject?: unknown;
  /** What the client wrote, if `object` was made of it: findings are at its fields. */
  readonly manifest?: unknown;
  /** JSON pointers of the values in `oldObject` that the server allocated and that are not known: `Judgement.allocated`. */
  readonly unknown?: readonly string[];
  /** In a dry run the server does not check the range of a node port, and shows made-up numbers for those it would pick. */
  readonly dryRun: boolean;
  /** Whether the causes of all stages are listed: the server validates an object only if its values can be allocated. */
  readonly allStages?: boolean;
  /** How the object is sent if not by POST or PUT. */
  readonly method?: WriteMethod;
  /**
   * Whether uid and resource version are not compared with the stored ones. A server asks webhooks with what it has cached,
   * too, and compares again by itself.
   */
  readonly passPreconditions?: boolean;
  /** The size of the request's body in bytes; a very large one is refused. By default it is taken to be small. */
  readonly bodyBytes?: number;
  /** How unknown and duplicate fields are handled. */
  readonly fieldValidation: FieldValidation;
  /** The fields that occur more than once in the text, as found by its parser. */
  readonly duplicates?: readonly RepeatedField[];
  readonly cluster: ClusterProfile;
  readonly version: KubernetesVersion;
  /** The value for an absent `spec.ipFamilyPolicy` on create; `server` for the one that the server itself would choose. */
  readonly ipFamilyPolicy: "server" | IPFamilyPolicy;
  readonly policies: PolicySet;
  readonly facts: RequestFacts;
  /**
   * Whether managed fields are not decoded. Only policies depend on them, and those read them from the object as it
   * came. They are the larger part of a review: decoding them would cost more than everything else.
   */
  readonly passManagers?: boolean;
  /** What policies see where it differs from what is judged: the original object, the actual cluster. */
  readonly toPolicies?: { readonly given: unknown; readonly cluster: ClusterProfile };
  /** What is around the Service, for the policies' rules; absent if nothing is known of it. */
  readonly inventory?: InventoryView | undefined;
  /** Called regularly; ends a judgement that takes too long, by throwing TimeBudgetExceeded. */
  readonly checkpoint?: Checkpoint | undefined;
  /**
   * Called when the expressions of a policy begin: returns a checkpoint that ends them, by throwing ExpressionTimeExceeded.
   * Without it, only their cost is limited.
   */
  readonly limitExpressions?: (() => Checkpoint) | undefined;
  /** How many findings of one rule are listed; the last one says how many more there are. */
  readonly most?: number;
}

/** The result of a judgement. */
export interface Judgement {
  /** The API server's decision, without policies. */
  readonly decision: Decision;
  /** The object as mutating admission sees it: decoded, with static defaults. Absent if it cannot be decoded. */
  readonly defaulted?: Service;
  /** `defaulted` with what Fairlead fills in: `ipFamilyPolicy` on create, the policies' defaults. */
  readonly admitted?: Service;
  /** The object as it would be stored, with placeholders for the allocated values. Absent if it is refused. */
  readonly stored?: Service;
  /** JSON pointers of the values in `stored` that the server allocates. */
  readonly allocated: readonly string[];
  /** Why the object is refused; empty if and only if it is allowed. For code 400: what cannot be decoded. */
  readonly causes: readonly Finding[];
  /** What the API server would warn about. */
  readonly warnings: readonly Finding[];
  readonly policy: {
    readonly findings: readonly PolicyFinding[];
    readonly applied: readonly AppliedDefault[];
    readonly skipped: readonly SkippedDefault[];
    /** Whether MutatingAdmissionPolicies have changed the object: they may replace and remove what was sent. */
    readonly hasMutated?: boolean;
  };
}
