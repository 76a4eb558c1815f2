import type { ClusterProfile } from "../cluster/index.ts";
import type { KubernetesVersion } from "../versions/index.ts";

/** What the allocation of addresses and ports needs to know besides the object. */
export interface AllocationContext {
  readonly cluster: ClusterProfile;
  readonly version: KubernetesVersion;
  readonly dryRun: boolean;
}
