import { X509Certificate } from "node:crypto";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { CountedFinding } from "../../admission/index.ts";
import { rangesText } from "../../service/cluster/index.ts";
import { versionText } from "../../service/versions/index.ts";
import { type AuditCounts, registerAuditGauges } from "./audit-gauges.ts";
import type { ClusterFacts, InventorySource, PolicySource, ServingPair } from "../../sources/index.ts";

/** In seconds. From 0.1 ms, about what an ordinary review takes, to 10 s, the API server's default timeout. */
const DURATION_BUCKETS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** The statuses of overload and of errors of the server: those that the chart's alert FairleadFailing reads. */
const ALERTING_STATUSES = [429, 500, 503, 504] as const;

/** The counts and labels of one review. */
export interface ReviewCounts {
  readonly phase: string;
  readonly operation: string;
  readonly decision: string;
  /** The kind of exemption that applied to the request. */
  readonly exemption?: string | undefined;
  readonly findings: readonly CountedFinding[];
}

/** The metrics of the server. They are counters and histograms where possible, so that those of replicas can be added. */
export interface Metrics {
  /** Counts an answered review and the time that it took. */
  countReview(counts: ReviewCounts, seconds: number): void;
  /** Counts a review that was answered with this HTTP error status. */
  countFailure(status: number): void;
  /** Counts an attempt to load a new certificate or new policies. */
  countReload(what: "certificate" | "policies", result: "success" | "error"): void;
  /** Counts a log line that was dropped because the output was too slow. */
  countDroppedLine(): void;
  /** Counts an unhandled rejection or an uncaught exception. */
  countUnexpected(kind: "rejection" | "exception"): void;
  /** Reports when the certificate in use, and its CA if it is known, expire. */
  setCertificate(pair: ServingPair): void;
  /** Reports, at each scrape, when the CA of the certificate in use expires, if that is known. */
  observeCAExpiry(expiry: () => Date | undefined): void;
  /** Reports, at each scrape, the cluster profile and the number of policies. */
  observeState(cluster: ClusterFacts, policies: PolicySource): void;
  /** Reports, at each scrape, how much is known of the inventory, and how old that is. */
  observeInventory(inventory: InventorySource): void;
  /** Reports, at each scrape, what the audit in the background has found; nothing where another replica does it. */
  observeAudit(state: () => AuditCounts | undefined): void;
  /** All metrics in the Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Creates the metrics of a server, in their own registry. */
export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const reviews = new Counter({
    name: "fairlead_reviews_total",
    help: "Reviews that were answered.",
    labelNames: ["operation", "decision", "phase"],
    registers,
  });
  const durations = new Histogram({
    name: "fairlead_review_duration_seconds",
    help: "Time from the first byte of a review's head to its answer.",
    labelNames: ["phase"],
    buckets: DURATION_BUCKETS,
    registers,
  });
  const findings = new Counter({
    name: "fairlead_findings_total",
    help: "What was found in Services, by rule; the policy is empty for the API server's own rules.",
    labelNames: ["rule", "policy", "action"],
    registers,
  });
  const exemptions = new Counter({
    name: "fairlead_exemptions_total",
    help: "Requests that passed untouched, and findings that an exemption covered.",
    labelNames: ["by"],
    registers,
  });
  const failures = new Counter({
    name: "fairlead_failures_total",
    help: "Requests that were answered with an error, by HTTP status.",
    labelNames: ["status"],
    registers,
  });
  const reloads = new Counter({
    name: "fairlead_reloads_total",
    help: "Certificates and policies that were read again.",
    labelNames: ["what", "result"],
    registers,
  });
  const droppedLines = new Counter({
    name: "fairlead_log_lines_dropped_total",
    help: "Lines of the log that were dropped, because nobody took them in time.",
    registers,
  });
  const unexpected = new Counter({
    name: "fairlead_unexpected_errors_total",
    help: "What failed unseen: a bug. After an exception the server ends, in order.",
    labelNames: ["kind"],
    registers,
  });
  // Counters start with a sample of 0: an alert on an increase does not see a first sample of 1.
  for (const status of ALERTING_STATUSES) failures.inc({ status }, 0);
  for (const kind of ["rejection", "exception"]) unexpected.inc({ kind }, 0);
  for (const what of ["certificate", "policies"]) {
    for (const result of ["success", "error"]) reloads.inc({ what, result }, 0);
  }
  let caExpiry: () => Date | undefined = () => undefined;
  const expiry = new Gauge({
    name: "fairlead_certificate_expiry_timestamp_seconds",
    help: "When the certificate in use, and the CA that signed it, end.",
    labelNames: ["certificate"],
    registers,
    collect() {
      const date = caExpiry();
      if (date !== undefined) this.set({ certificate: "ca" }, date.getTime() / 1000);
    },
  });
  new Gauge({ name: "fairlead_build_info", help: "The version.", labelNames: ["version", "node"], registers }).set(
    { version, node: process.version },
    1,
  );
  return {
    countReview({ phase, operation, decision, exemption, findings: counted }, seconds) {
      reviews.inc({ operation, decision, phase });
      durations.observe({ phase }, seconds);
      if (exemption !== undefined) exemptions.inc({ by: exemption });
      for (const { rule, policy, action, suppressed, count } of counted) {
        findings.inc({ rule, policy, action }, count);
        if (suppressed !== undefined) exemptions.inc({ by: suppressed }, count);
      }
    },
    countFailure(status) {
      failures.inc({ status });
    },
    countReload(what, result) {
      reloads.inc({ what, result });
    },
    countDroppedLine() {
      droppedLines.inc();
    },
    countUnexpected(kind) {
      unexpected.inc({ kind });
    },
    setCertificate({ certificate, ca }) {
      expiry.set({ certificate: "leaf" }, expirySeconds(certificate));
      if (ca !== undefined) expiry.set({ certificate: "ca" }, expirySeconds(ca));
    },
    observeCAExpiry(expiry) {
      caExpiry = expiry;
    },
    observeState(cluster, policies) {
      registerStateGauges(registry, cluster, policies);
    },
    observeInventory(inventory) {
      registerInventoryGauges(registry, inventory);
    },
    observeAudit(state) {
      registerAuditGauges(registry, state);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function registerStateGauges(registry: Registry, cluster: ClusterFacts, policies: PolicySource): void {
  const registers = [registry];
  new Gauge({
    name: "fairlead_cluster_info",
    help: "What Services are judged by: the Kubernetes version and the cluster's ranges, as labels.",
    labelNames: ["kubernetes", "service_cidrs", "node_port_range"],
    registers,
    collect() {
      const { version, profile } = cluster.current();
      const { first, last } = profile.nodePortRange;
      const labels = {
        kubernetes: versionText(version),
        service_cidrs: rangesText(profile),
        node_port_range: `${first}-${last}`,
      };
      this.reset();
      this.set(labels, 1);
    },
  });
  new Gauge({
    name: "fairlead_policies",
    help: "Policies, by whether they are in force.",
    labelNames: ["state"],
    registers,
    collect() {
      this.set({ state: "in_force" }, policies.current().size);
      this.set({ state: "refused" }, policies.refused?.() ?? 0);
    },
  });
}

/** Without samples as long as no rule in force needs an inventory. */
function registerInventoryGauges(registry: Registry, inventory: InventorySource): void {
  const registers = [registry];
  new Gauge({
    name: "fairlead_inventory_objects",
    help: "Objects around Services that rules know of, by kind.",
    labelNames: ["kind"],
    registers,
    collect() {
      this.reset();
      for (const [kind, count] of inventory.state?.().objects ?? []) this.set({ kind }, count);
    },
  });
  new Gauge({
    name: "fairlead_inventory_synced",
    help: "Whether what rules in force need to know is known: 1 or 0.",
    labelNames: ["need"],
    registers,
    collect() {
      this.reset();
      for (const [need, isKnown] of inventory.state?.().synced ?? []) this.set({ need }, isKnown ? 1 : 0);
    },
  });
  // While nothing is known there is no sample: without labels, a gauge starts with one of 0.
  const age = new Gauge({
    name: "fairlead_inventory_age_seconds",
    help: "How long ago the API server was last heard of, of the part of the inventory that is oldest.",
    registers,
    collect() {
      const known = inventory.current();
      if (known === undefined) this.remove();
      else this.set(known.age);
    },
  });
  age.remove();
}

/** When a certificate expires, in seconds since the epoch. */
function expirySeconds(pem: string): number {
  return Date.parse(new X509Certificate(pem).validTo) / 1000;
}
