/** What is found about a cluster, as reports show it. */
export { type Audited, auditFindings, type NamingObject } from "./audit-findings.ts";
export { CLUSTER, storedText } from "./stored-text.ts";
