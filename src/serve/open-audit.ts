import type { ClusterDependencies } from "../cluster/api/index.ts";
import { type AuditSources, ClusterAudit } from "../cluster/audit/index.ts";
import type { ClusterInventory } from "../cluster/inventory/index.ts";
import type { ReplicaRegistry } from "../cluster/replicas/index.ts";
import type { ClusterFacts, PolicySource } from "../sources/index.ts";
import type { Metrics } from "../webhook/metrics/index.ts";
import type { Config } from "./config/index.ts";

/** How long the audit waits for what rules need to know, in milliseconds: some of it may never be readable. */
const PATIENCE = 60_000;

const REGISTRATIONS = "/apis/admissionregistration.k8s.io/v1";
const CLUSTER_ROLES = "/apis/rbac.authorization.k8s.io/v1/clusterroles";

/** What the audit works with. */
export interface AuditParts {
  readonly config: Config;
  readonly metrics: Metrics;
  readonly registry: ReplicaRegistry;
  readonly facts: ClusterFacts;
  readonly inventory: ClusterInventory | undefined;
  /** All policies, those of files and of the cluster. */
  readonly policies: PolicySource;
  /** Whether those of the cluster have been read. */
  readonly arePoliciesKnown: () => boolean;
}

/** Starts the audit in the background. */
export function openAudit(dependencies: ClusterDependencies, parts: AuditParts): ClusterAudit {
  const { config, metrics, registry, facts } = parts;
  const { audit, exempt, kubernetes } = config;
  const started = new ClusterAudit(dependencies, registry, sourcesOf(dependencies, parts, facts), {
    writes: audit.mode === "reports",
    interval: audit.intervalSeconds * 1000,
    writesPerSecond: audit.writesPerSecond,
    replica: registry.replica,
    owners: [
      ...(audit.owner === undefined ? [] : [`${CLUSTER_ROLES}/${audit.owner}`]),
      ...kubernetes.validating.map((name) => `${REGISTRATIONS}/validatingwebhookconfigurations/${name}`),
      ...kubernetes.mutating.map((name) => `${REGISTRATIONS}/mutatingwebhookconfigurations/${name}`),
    ],
    exempt: { namespaces: [...exempt.namespaces, exempt.ownNamespace], services: exempt.services },
  });
  metrics.observeAudit(() => started.state());
  started.start();
  return started;
}

function sourcesOf(
  { clock }: ClusterDependencies,
  { inventory, policies, arePoliciesKnown }: AuditParts,
  facts: ClusterFacts,
): AuditSources {
  const openedAt = clock.now().getTime();
  const isAroundKnown = (): boolean => {
    if (inventory === undefined || clock.now().getTime() - openedAt > PATIENCE) return true;
    const { view } = inventory.current() ?? {};
    return [...policies.current().needs].every((need) => view?.has(need) === true);
  };
  return {
    isReady: () => arePoliciesKnown() && isAroundKnown(),
    policies: () => policies.current(),
    facts,
    inventory: inventory && {
      view: () => inventory.current()?.view,
      references: () => inventory.references(),
      revision: () => inventory.revision(),
    },
  };
}
