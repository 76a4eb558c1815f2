import { type Finding, Findings, type FindingsOptions } from "../findings/index.ts";
import type { AdmissionPlugin, PluginRequest } from "./admission-plugin.ts";
import { externalIPRanger } from "./external-ip-ranger.ts";

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
