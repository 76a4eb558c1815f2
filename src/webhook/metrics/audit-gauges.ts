import { Gauge, type Registry } from "prom-client";

/** What the audit in the background has found. */
export interface AuditCounts {
  readonly services: number;
  readonly counts: readonly {
    readonly policy: string;
    readonly rule: string;
    readonly action: string;
    readonly count: number;
  }[];
  /** When the last round ended, in seconds since the epoch, and how many seconds it took. */
  readonly endedAt: number;
  readonly duration: number;
}

type State = () => AuditCounts | undefined;

/** Without samples where another replica leads: then that one has them. */
export function registerAuditGauges(registry: Registry, state: State): void {
  new Gauge({
    name: "fairlead_audit_findings",
    help: "What the audit found in the Services of the cluster, by policy, rule and action.",
    labelNames: ["policy", "rule", "action"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { count, ...labels } of state()?.counts ?? []) this.set(labels, count);
    },
  });
  single(registry, "fairlead_audit_services", "Services that the audit judges.", () => state()?.services);
  single(
    registry,
    "fairlead_audit_last_timestamp_seconds",
    "When the audit last judged all Services.",
    () => state()?.endedAt,
  );
  single(
    registry,
    "fairlead_audit_duration_seconds",
    "How long it took to judge all Services.",
    () => state()?.duration,
  );
}

function single(registry: Registry, name: string, help: string, value: () => number | undefined): void {
  // Without labels, a gauge starts with a sample of 0.
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      const now = value();
      if (now === undefined) this.remove();
      else this.set(now);
    },
  }).remove();
}
