import { Gauge, type Registry } from "prom-client";
import type { ClusterFacts } from "../server/cluster-facts.ts";
import { versionText } from "../service/version.ts";

/** What the cluster's side shows of itself: asked for at each scrape. */
export interface ClusterMetricsParts {
  readonly caExpiry: () => Date | undefined;
  readonly facts: ClusterFacts;
}

/** Adds the cluster's metrics to a server's own. */
export function registerClusterMetrics(registry: Registry, { caExpiry, facts }: ClusterMetricsParts): void {
  const registers = [registry];
  new Gauge({
    name: "fairlead_ca_expiry_timestamp_seconds",
    help: "When the CA expires that the certificate in use hangs on.",
    registers,
    collect() {
      const at = caExpiry();
      if (at !== undefined) this.set(at.getTime() / 1000);
    },
  });
  new Gauge({
    name: "fairlead_cluster_info",
    help: "What is known of the cluster, as labels.",
    labelNames: ["kubernetes", "service_cidrs", "node_port_range"],
    registers,
    collect() {
      const { version, profile } = facts.current();
      const { first, last } = profile.nodePortRange;
      this.reset();
      this.set(
        {
          kubernetes: versionText(version),
          service_cidrs: profile.serviceCIDRs.join(","),
          node_port_range: `${first}-${last}`,
        },
        1,
      );
    },
  });
}

/** Counts the policies of the cluster. */
export function policyGauge(registry: Registry): (inForce: number, refused: number) => void {
  const gauge = new Gauge({
    name: "fairlead_policies",
    help: "Policies of the cluster, by whether they are in force.",
    labelNames: ["state"],
    registers: [registry],
  });
  return (inForce, refused) => {
    gauge.set({ state: "in_force" }, inForce);
    gauge.set({ state: "refused" }, refused);
  };
}
