import type { Checkpoint } from "../field/index.ts";
import type { PolicySet } from "../policy/model/index.ts";
import type { ClusterProfile } from "../service/cluster/index.ts";
import type { IPFamilyPolicy } from "../service/schema/index.ts";
import type { KubernetesVersion } from "../service/versions/index.ts";
import type { Exemptions } from "./exemption.ts";

/**
 * The halves of an answer: `mutate` fills in and hints; `validate` denies and warns; `deny` and `warn` are its two
 * halves, so that a registration can give what only warns another `failurePolicy`.
 */
export type Phase = "mutate" | "validate" | "deny" | "warn";

/** What the API server's own rules do in `validate`: in a cluster it has judged by them already. */
export type Validity = "deny" | "warn";

/** All that an answer depends on beside the review itself. */
export interface AdmissionSettings {
  readonly cluster: ClusterProfile;
  readonly version: KubernetesVersion;
  readonly policies: PolicySet;
  readonly ipFamilyPolicy: "server" | IPFamilyPolicy;
  readonly validity: Validity;
  readonly exempt: Exemptions;
  /** The day of the judgement, `YYYY-MM-DD`. */
  readonly today: string;
  /** Labels of a namespace, where they are known. */
  readonly namespaceLabels?: (namespace: string) => Readonly<Record<string, string>> | undefined;
  /** Ends a judgement that takes too long, by throwing BudgetSpent. */
  readonly checkpoint?: Checkpoint;
}
