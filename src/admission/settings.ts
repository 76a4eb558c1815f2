import type { Checkpoint } from "../field/index.ts";
import type { InventoryView } from "../inventory/model/index.ts";
import type { PolicySet } from "../policy/model/index.ts";
import type { ClusterProfile } from "../service/cluster/index.ts";
import type { IPFamilyPolicy } from "../service/schema/index.ts";
import type { KubernetesVersion } from "../service/versions/index.ts";
import type { Exemptions } from "./exemption.ts";

/**
 * The phases of admission: `mutate` fills in defaults and warns; `validate` denies and warns; `deny` and `warn` are its
 * two halves, so that a webhook configuration can give the one that only warns another `failurePolicy`.
 */
export type Phase = "mutate" | "validate" | "deny" | "warn";

/**
 * What a violation of the API server's own rules does in `validate`: in a cluster the server has already checked them.
 */
export type Validity = "deny" | "warn";

/** What is around the Services of a cluster, as it was when the API server was last heard of. */
export interface KnownInventory {
  readonly view: InventoryView;
  /** How long ago that was, in seconds: of the part that is oldest. */
  readonly age: number;
}

/** Everything besides the review itself that an answer depends on. */
export interface AdmissionSettings {
  readonly cluster: ClusterProfile;
  readonly version: KubernetesVersion;
  readonly policies: PolicySet;
  readonly ipFamilyPolicy: "server" | IPFamilyPolicy;
  readonly validity: Validity;
  readonly exempt: Exemptions;
  /** The date of the judgement, `YYYY-MM-DD`. */
  readonly today: string;
  /** The labels of a namespace, if they are known. */
  readonly namespaceLabels?: ((namespace: string) => Readonly<Record<string, string>> | undefined) | undefined;
  /** What is around the Services; absent if nothing is known of it. */
  readonly inventory?: KnownInventory | undefined;
  /** Ends a judgement that takes too long, by throwing TimeBudgetExceeded. */
  readonly checkpoint?: Checkpoint | undefined;
  /** Called when the expressions of a policy begin: returns a checkpoint that ends them by throwing ExpressionTimeExceeded. */
  readonly limitExpressions?: (() => Checkpoint) | undefined;
}
