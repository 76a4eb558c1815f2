/** What a cluster has already, judged: read once for the command, and all the time by the leading replica. */
export { ClusterAudit } from "./cluster-audit.ts";
export { readCluster, type ReadCluster, type ReadOptions } from "./read-cluster.ts";
export type { AuditSources, AuditState, ClusterAuditSettings } from "./settings.ts";
