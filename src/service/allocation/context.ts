import type { ClusterProfile } from "../cluster/index.ts";
import type { KubernetesVersion } from "../versions/index.ts";

/** What the allocation of addresses and ports needs to know besides the object. */
export interface AllocationContext {
  readonly cluster: ClusterProfile;
  readonly version: KubernetesVersion;
  readonly dryRun: boolean;
  /** Whether a finding does not end the request: the server answers for one stage at a time, a person wants to know all. */
  readonly allStages?: boolean | undefined;
}
