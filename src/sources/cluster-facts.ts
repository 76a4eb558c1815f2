import type { ClusterProfile } from "../service/cluster/index.ts";
import type { KubernetesVersion } from "../service/versions/index.ts";

/** The cluster profile and Kubernetes version that Services are judged by. */
export interface ClusterState {
  readonly profile: ClusterProfile;
  readonly version: KubernetesVersion;
}

/** The source of facts about the cluster: the configuration, or the cluster itself. */
export interface ClusterFacts {
  current(): ClusterState;
  /** The labels of a namespace; undefined if they are not known. */
  namespaceLabels?(namespace: string): Readonly<Record<string, string>> | undefined;
}

/** Facts that never change. */
export function fixedFacts(state: ClusterState): ClusterFacts {
  return { current: () => state };
}
