/** Findings: facts about a value, collected and counted. */
export { describe, type Description } from "./describe.ts";
export type { Finding } from "./finding.ts";
export { countText, Findings, type FindingsOptions, totalCount, type WithCount } from "./findings.ts";
export { atManifestPath } from "./manifest-path.ts";
