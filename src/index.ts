/** The public library: the engine with the types of its requests and results, and the check of manifests. */
export { check, type CheckOptions, type CheckResult } from "./check/index.ts";
export { createReporter, type ReportFormat } from "./reports/index.ts";
export type { CheckedService, CheckFinding, RuleText, Severity } from "./examine/model/index.ts";
export type { Reporter, ReporterOptions, Summary } from "./reports/model/index.ts";
export { Unusable } from "./usage/index.ts";
export type { Decision } from "./service/index.ts";
export type { FieldValidation, RepeatedField } from "./service/decode/index.ts";
export { judgeByKnownVersion as judge, type Judgement, type JudgeRequest } from "./engine/index.ts";
export { NumberText } from "./field/index.ts";
export { Path } from "./field/index.ts";
export { NO_POLICIES, type PolicyFinding, type PolicySet, type RequestFacts } from "./policy/model/index.ts";
export { type ClusterProfile, type ExternalIPPolicy, PROFILES } from "./service/cluster/index.ts";
export { describe, type Description } from "./service/findings/index.ts";
export type { Finding } from "./service/findings/index.ts";
export type { Reason } from "./service/messages/index.ts";
export type { Service } from "./service/schema/index.ts";
export {
  type FeatureGate,
  type FeatureGates,
  kubernetesOf,
  type KubernetesVersion,
  nearestKnown,
  parseVersion,
} from "./service/versions/index.ts";
