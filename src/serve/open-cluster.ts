import { hostname } from "node:os";
import { answerPolicyReview, type PolicyReviewer } from "../admission/index.ts";
import { type ClusterDependencies, connect } from "../cluster/api/index.ts";
import type { ClusterAudit } from "../cluster/audit/index.ts";
import { CallConditions } from "../cluster/calls/index.ts";
import { SelfIssuedCredentials, TrustCheck, type WebhookConfigurationName } from "../cluster/certificates/index.ts";
import { DiscoveredFacts, NamespaceLabels } from "../cluster/facts/index.ts";
import { ClusterInventory, INVENTORY_IS_OFF } from "../cluster/inventory/index.ts";
import { type Log, systemClock } from "../cluster/loop/index.ts";
import { ClusterPolicies } from "../cluster/policies/index.ts";
import { ReplicaRegistry } from "../cluster/replicas/index.ts";
import type { ClusterFacts, Credentials, PolicySource, ReadinessCheck } from "../sources/index.ts";
import type { Metrics } from "../webhook/metrics/index.ts";
import { clusterStateOf, type Config } from "./config/index.ts";
import { openAudit } from "./open-audit.ts";

/** What the cluster provides to the server; if a part is undefined, the server uses its own. */
export interface ClusterParts {
  readonly credentials: Credentials | undefined;
  readonly policies: PolicySource | undefined;
  readonly policyReviewer: PolicyReviewer | undefined;
  readonly facts: ClusterFacts;
  /** What is around the Services; it reads nothing before it is started. */
  readonly inventory: ClusterInventory | undefined;
  readonly readiness: readonly ReadinessCheck[];
  /** Starts the audit, if there is to be one. @param all the policies of files, too */
  startAudit(all: PolicySource): void;
  /** Ends all watches and removes this replica from the registry. */
  close(): Promise<void>;
}

/** What is needed to connect to the cluster. */
export interface ClusterOptions {
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  /** The certificate mounted as files, in the modes where somebody else issues it. */
  readonly mounted: Credentials | undefined;
}

/** The maximum length of an annotation's name after its prefix; a host name may be longer. */
const LONGEST_NAME = 63;

/** Milliseconds between two discoveries of the version and the Service CIDRs. */
const REFRESH = 600_000;

/** The same for the kinds of objects that the cluster has, some of which may come later. */
const REFRESH_KINDS = 60_000;

/**
 * Connects the server to its cluster, as far as the configuration requires. Does not wait for the first certificate and
 * the policies: until they are there, the readiness checks fail.
 * @throws ConfigError if no API server is configured, or the kubeconfig cannot be used.
 */
export async function openCluster({ config, log, metrics, mounted }: ClusterOptions): Promise<ClusterParts> {
  const dependencies = { api: connect(config.kubernetes.kubeconfig), clock: systemClock, log };
  const registry = new ReplicaRegistry(dependencies, registrySettings(config));
  const audits = config.audit.mode !== "off";
  if (config.certificates.mode === "self" || config.kubernetes.policies === "watch" || audits) await registry.publish();

  const facts = await DiscoveredFacts.open(dependencies, {
    discover: config.cluster.discover,
    configured: clusterStateOf(config),
    namespace: config.exempt.ownNamespace,
    refresh: REFRESH,
  });
  const certificates = openCertificates(dependencies, registry, config, mounted);
  if (certificates instanceof SelfIssuedCredentials) certificates.subscribe(countRenewals(metrics));
  const inventory =
    config.kubernetes.inventory === "watch" ? new ClusterInventory(dependencies, REFRESH_KINDS) : undefined;
  const policies = openPolicies(dependencies, registry, config, inventory);
  metrics.observeCAExpiry(() => certificates?.caExpiry());
  const labels = policies?.namespaces ?? (audits ? openLabels(dependencies) : undefined);
  const shown = {
    current: () => facts.current(),
    namespaceLabels: (namespace: string) => labels?.of(namespace),
  };
  let audit: ClusterAudit | undefined;

  return {
    credentials: certificates instanceof SelfIssuedCredentials ? certificates : undefined,
    policies: policies?.source,
    policyReviewer: policies === undefined ? undefined : answerPolicyReview,
    facts: shown,
    inventory,
    readiness: [certificates, policies?.source].flatMap((part) => (part === undefined ? [] : [part.readiness])),
    startAudit(all) {
      if (!audits) return;
      const arePoliciesKnown = (): boolean => policies === undefined || policies.source.known() !== undefined;
      audit = openAudit(dependencies, {
        config,
        metrics,
        registry,
        facts: shown,
        inventory,
        policies: all,
        arePoliciesKnown,
      });
    },
    async close() {
      labels?.close();
      await Promise.all([audit?.close(), certificates?.close(), policies?.close(), facts.close(), inventory?.close()]);
      await registry.close();
    },
  };
}

function openLabels(dependencies: ClusterDependencies): NamespaceLabels {
  const labels = new NamespaceLabels(dependencies);
  labels.start();
  return labels;
}

function openCertificates(
  dependencies: ClusterDependencies,
  registry: ReplicaRegistry,
  config: Config,
  mounted: Credentials | undefined,
): SelfIssuedCredentials | TrustCheck | undefined {
  const { certificates, kubernetes, exempt } = config;
  const namespace = exempt.ownNamespace;
  const hosts = certificates.hosts.length > 0 ? certificates.hosts : [`fairlead.${namespace}.svc`];
  const common = {
    webhookConfigurations: webhookConfigurationsOf(config),
    hosts,
    resync: kubernetes.resyncSeconds * 1000,
  };
  if (certificates.mode === "self") {
    const self = new SelfIssuedCredentials(dependencies, registry, {
      ...common,
      secret: { namespace, name: certificates.secret },
      life: certificates.lifeHours * 3_600_000,
      renewAt: certificates.renewAt,
      settle: certificates.settleSeconds * 1000,
    });
    self.start();
    return self;
  }
  if (certificates.mode === "local" || mounted === undefined) return undefined;
  const check = new TrustCheck(dependencies, mounted, common);
  check.start();
  return check;
}

/** The first certificate does not count as a renewal. */
function countRenewals(metrics: Metrics): () => void {
  let isFirst = true;
  return () => {
    if (!isFirst) metrics.countReload("certificate", "success");
    isFirst = false;
  };
}

function openPolicies(
  dependencies: ClusterDependencies,
  registry: ReplicaRegistry,
  config: Config,
  inventory: ClusterInventory | undefined,
) {
  if (config.kubernetes.policies === "ignore") return undefined;
  const calls = new CallConditions(dependencies, registry, {
    webhookConfigurations: webhookConfigurationsOf(config),
    spares: config.kubernetes.calls === "asked-for",
    looksAtEverything: config.policies.length > 0,
    validates: config.validity === "deny" || !config.cluster.discover.includes("version"),
    fillsFamilies: config.defaults.ipFamilyPolicy !== "server",
    resync: config.kubernetes.resyncSeconds * 1000,
  });
  const source = new ClusterPolicies(dependencies, registry, { calls, inventory: inventory ?? INVENTORY_IS_OFF });
  const namespaces = new NamespaceLabels(dependencies);
  source.start();
  namespaces.start();
  calls.start(() => source.known());
  return {
    source,
    namespaces,
    close: async () => {
      namespaces.close();
      await Promise.all([source.close(), calls.close()]);
    },
  };
}

function webhookConfigurationsOf({ kubernetes }: Config): WebhookConfigurationName[] {
  const mutating = kubernetes.mutating.map((name) => ({ kind: "MutatingWebhookConfiguration", name }) as const);
  const validating = kubernetes.validating.map((name) => ({ kind: "ValidatingWebhookConfiguration", name }) as const);
  return [...mutating, ...validating];
}

function registrySettings({ kubernetes, exempt }: Config) {
  return {
    namespace: exempt.ownNamespace,
    lease: kubernetes.lease,
    replica: kubernetes.replica ?? hostname().slice(0, LONGEST_NAME),
    heartbeat: kubernetes.heartbeatSeconds * 1000,
  };
}
