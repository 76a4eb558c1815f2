import type { Clock, Log } from "../loop/index.ts";
import type { KubernetesApi } from "./kubernetes-api.ts";

/** The dependencies outside, as everything in this room is given it. */
export interface ClusterDependencies {
  readonly api: KubernetesApi;
  readonly clock: Clock;
  readonly log: Log;
}
