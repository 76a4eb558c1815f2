/** The public library: the engine with the types of its requests and results, and the check of manifests. */
export { check, type CheckOptions, type CheckResult } from "./check/index.ts";
export { createReporter, type ReporterOptions, type ReportFormat, type RuleText } from "./check/reports/index.ts";
export type { CheckedService, CheckFinding, Reporter, Severity, Summary } from "./check/types.ts";
export { Unusable } from "./check/unusable.ts";
export {
  type Decision,
  type FieldValidation,
  judge,
  type Judgement,
  type JudgeRequest,
  type RepeatedField,
} from "./engine.ts";
export { NumberText } from "./field/json.ts";
export { Path } from "./field/path.ts";
export { NO_POLICIES, type PolicyFinding, type PolicySet, type RequestFacts } from "./policy/types.ts";
export { type ClusterProfile, PROFILES } from "./service/cluster.ts";
export { describe, type Description } from "./service/describe.ts";
export type { Finding } from "./service/finding.ts";
export type { Reason } from "./service/rules/facts.ts";
export type { Service } from "./service/types.ts";
export { type KubernetesVersion, parseVersion } from "./service/version.ts";
