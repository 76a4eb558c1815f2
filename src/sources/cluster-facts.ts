import type { ClusterProfile } from "../service/cluster/index.ts";
import type { KubernetesVersion } from "../service/versions/index.ts";

/** What a judgement needs to know of the cluster. */
export interface ClusterState {
  readonly profile: ClusterProfile;
  readonly version: KubernetesVersion;
}

/** Where that comes from: the configuration, or the cluster itself. */
export interface ClusterFacts {
  /** What is known now. */
  current(): ClusterState;
  /** Labels of a namespace, where they are known. */
  namespaceLabels?(namespace: string): Readonly<Record<string, string>> | undefined;
}

/** Facts that were told and stay as they are. */
export function fixedFacts(state: ClusterState): ClusterFacts {
  return { current: () => state };
}
