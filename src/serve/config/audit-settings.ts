import type { Setting } from "./setting.ts";

/** What the leading replica does about the Services that the cluster has already. */
const AUDIT_MODES = ["off", "count", "reports"] as const;

/** The part of the configuration that concerns the audit in the background. */
export interface AuditConfig {
  readonly audit: {
    readonly mode: (typeof AUDIT_MODES)[number];
    readonly intervalSeconds: number;
    readonly writesPerSecond: number;
    readonly owner?: string;
  };
}

export const AUDIT_SETTINGS: readonly Setting[] = [
  {
    path: ["audit", "mode"],
    flag: "audit",
    value: "MODE",
    help: "what is done about the Services that the cluster has already: off, count (judged, and counted by the metrics) or reports (written into the cluster as well, with Events)",
    schema: { type: "string", enum: AUDIT_MODES },
    default: "off",
  },
  {
    path: ["audit", "intervalSeconds"],
    flag: "audit-interval",
    value: "SECONDS",
    help: "how often all of them are judged again without a change",
    schema: { type: "number", minimum: 10, maximum: 86_400 },
    default: 3600,
    chart: {
      key: ["audit", "intervalSeconds"],
      description: "Seconds after which all Services are judged again without a change.",
      schema: { type: "integer", minimum: 60, maximum: 86_400 },
    },
  },
  {
    path: ["audit", "writesPerSecond"],
    flag: "audit-writes",
    value: "NUMBER",
    help: "how many reports are written in a second at most",
    schema: { type: "number", minimum: 0.1, maximum: 100 },
    default: 5,
    chart: {
      key: ["audit", "writesPerSecond"],
      description: "How many reports are written in a second at most.",
      schema: { type: "number", minimum: 0.1, maximum: 100 },
    },
  },
  {
    path: ["audit", "owner"],
    flag: "audit-owner",
    value: "NAME",
    help: "ClusterRole with which the cluster deletes the reports (default: the webhook configurations of this server)",
    schema: { type: "string", minLength: 1 },
  },
];
