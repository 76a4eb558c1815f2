import type { KubernetesApi } from "./api/kubernetes-api.ts";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";

/** The world outside, as everything in this room is given it. */
export interface ClusterDependencies {
  readonly api: KubernetesApi;
  readonly clock: Clock;
  readonly log: Log;
}
