/** Fairlead as a library: the engine and what it is asked with, and the check of manifests. */
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
export type { Description, Finding, Reason } from "./service/finding.ts";
export { describe } from "./service/rules.ts";
export type { Service } from "./service/types.ts";
export { type KubernetesVersion, parseVersion } from "./service/version.ts";
