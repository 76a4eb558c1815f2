import type { Clock, Log } from "../loop/index.ts";
import type { KubernetesApi } from "./kubernetes-api.ts";

/** What the cluster code needs from outside. */
export interface ClusterDependencies {
  readonly api: KubernetesApi;
  readonly clock: Clock;
  readonly log: Log;
}
