import { hostname } from "node:os";
import { answerPolicyReview, type PolicyReviewer } from "../admission/index.ts";
import { type ClusterDependencies, connect } from "../cluster/api/index.ts";
import { SelfIssuedCredentials, TrustCheck, type WebhookConfigurationName } from "../cluster/certificates/index.ts";
import { DiscoveredFacts, NamespaceLabels } from "../cluster/facts/index.ts";
import { type Log, systemClock } from "../cluster/loop/index.ts";
import { ClusterPolicies } from "../cluster/policies/index.ts";
import { ReplicaRegistry } from "../cluster/replicas/index.ts";
import type { ClusterFacts, Credentials, PolicySource, ReadinessCheck } from "../sources/index.ts";
import type { Metrics } from "../webhook/metrics/index.ts";
import { clusterStateOf, type Config } from "./config/index.ts";

/** What a server takes from the cluster; what is undefined it has of its own. */
export interface ClusterParts {
  readonly credentials: Credentials | undefined;
  readonly policies: PolicySource | undefined;
  readonly policyReviewer: PolicyReviewer | undefined;
  readonly facts: ClusterFacts;
  readonly readiness: readonly ReadinessCheck[];
  /** Ends all watching, and takes this replica off the list. */
  close(): Promise<void>;
}

/** What the server hands in. */
export interface ClusterOptions {
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  /** The certificate from files, for those modes where somebody else makes it. */
  readonly mounted: Credentials | undefined;
}

/** The name of an annotation, behind its prefix, is no longer: a host's may be. */
const LONGEST_NAME = 63;

/** How often version and ranges are looked up, in milliseconds. */
const REFRESH = 600_000;

/**
 * Connects a server to its cluster, as far as the configuration asks for it. Returns while the first answers are still
 * to come: until they have, the readiness checks say so.
 * @throws Error where no way to an API server is configured.
 */
export async function openCluster({ config, log, metrics, mounted }: ClusterOptions): Promise<ClusterParts> {
  const world = { api: connect(config.kubernetes.kubeconfig), clock: systemClock, log };
  const roster = new ReplicaRegistry(world, rosterSettings(config));
  if (config.certificates.mode === "self" || config.kubernetes.policies === "watch") await roster.publish();

  const facts = await DiscoveredFacts.open(world, {
    discover: config.cluster.discover,
    told: clusterStateOf(config),
    namespace: config.exempt.ownNamespace,
    refresh: REFRESH,
  });
  const certificates = openCertificates(world, roster, config, mounted);
  if (certificates instanceof SelfIssuedCredentials) certificates.subscribe(countRenewals(metrics));
  const policies = openPolicies(world, roster, config);
  metrics.observeCAExpiry(() => certificates?.caExpiry());

  return {
    credentials: certificates instanceof SelfIssuedCredentials ? certificates : undefined,
    policies: policies?.source,
    policyReviewer: policies === undefined ? undefined : answerPolicyReview,
    facts: { current: () => facts.current(), namespaceLabels: (namespace) => policies?.namespaces.of(namespace) },
    readiness: [certificates, policies?.source].flatMap((part) => (part === undefined ? [] : [part.readiness])),
    async close() {
      policies?.namespaces.close();
      await Promise.all([certificates?.close(), policies?.source.close(), facts.close()]);
      await roster.close();
    },
  };
}

function openCertificates(
  world: ClusterDependencies,
  roster: ReplicaRegistry,
  config: Config,
  mounted: Credentials | undefined,
): SelfIssuedCredentials | TrustCheck | undefined {
  const { certificates, kubernetes, exempt } = config;
  const namespace = exempt.ownNamespace;
  const hosts = certificates.hosts.length > 0 ? certificates.hosts : [`fairlead.${namespace}.svc`];
  const common = { registrations: registrationsOf(config), hosts, resync: kubernetes.resyncSeconds * 1000 };
  if (certificates.mode === "self") {
    const self = new SelfIssuedCredentials(world, roster, {
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
  const check = new TrustCheck(world, mounted, common);
  check.start();
  return check;
}

/** The first certificate is no renewal. */
function countRenewals(metrics: Metrics): () => void {
  let isFirst = true;
  return () => {
    if (!isFirst) metrics.countReload("certificate", "success");
    isFirst = false;
  };
}

function openPolicies(
  world: ClusterDependencies,
  roster: ReplicaRegistry,
  config: Config,
): { readonly source: ClusterPolicies; readonly namespaces: NamespaceLabels } | undefined {
  if (config.kubernetes.policies === "ignore") return undefined;
  const source = new ClusterPolicies(world, roster);
  const namespaces = new NamespaceLabels(world);
  source.start();
  namespaces.start();
  return { source, namespaces };
}

function registrationsOf({ kubernetes }: Config): WebhookConfigurationName[] {
  const mutating = kubernetes.mutating.map((name) => ({ kind: "MutatingWebhookConfiguration", name }) as const);
  const validating = kubernetes.validating.map((name) => ({ kind: "ValidatingWebhookConfiguration", name }) as const);
  return [...mutating, ...validating];
}

function rosterSettings({ kubernetes, exempt }: Config) {
  return {
    namespace: exempt.ownNamespace,
    lease: kubernetes.lease,
    replica: kubernetes.replica ?? hostname().slice(0, LONGEST_NAME),
    heartbeat: kubernetes.heartbeatSeconds * 1000,
  };
}
