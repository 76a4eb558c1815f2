import type { ClusterProfile } from "../cluster/index.ts";
import { type Finding, Findings, type FindingsOptions } from "../findings/index.ts";
import type { Service } from "../schema/index.ts";
import { externalIPRanger } from "./external-ip-ranger.ts";

/** A write of a Service as validating admission sees it: prepared, allocated and valid. */
export interface PluginRequest {
  readonly service: Service;
  /** The stored Service; undefined on create. */
  readonly old: Service | undefined;
  readonly cluster: ClusterProfile;
}

/** A plugin: adds what it refuses. It reads from the cluster profile whether it is on, and how it is configured. */
export type AdmissionPlugin = (request: PluginRequest, findings: Findings) => void;

/** The plugins that judge Services, in the order in which the API server asks them. */
const PLUGINS: readonly AdmissionPlugin[] = [externalIPRanger];

/**
 * What the first plugin that refuses the write says; empty if all admit it. The API server runs validating admission
 * after its own validation, before it stores the object, and refuses with 403. Source: `Store.Create` and `Store.Update`
 * of k8s.io/apiserver, pkg/registry/generic/registry/store.go.
 */
export function judgeByPlugins(request: PluginRequest, options: FindingsOptions): readonly Finding[] {
  for (const plugin of PLUGINS) {
    const findings = new Findings(options);
    plugin(request, findings);
    if (findings.count > 0) return findings.all;
  }
  return [];
}
