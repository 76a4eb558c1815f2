import type { ClusterProfile } from "../cluster/index.ts";
import type { Findings } from "../findings/index.ts";
import type { Service } from "../schema/index.ts";

/** A write of a Service as validating admission sees it: prepared, allocated and valid. */
export interface PluginRequest {
  readonly service: Service;
  /** The stored Service; undefined on create. */
  readonly old: Service | undefined;
  readonly cluster: ClusterProfile;
}

/** A plugin: adds what it refuses. It reads from the cluster profile whether it is on, and how it is configured. */
export type AdmissionPlugin = (request: PluginRequest, findings: Findings) => void;
