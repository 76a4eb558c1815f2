/** ValidatingAdmissionPolicies and MutatingAdmissionPolicies of a cluster, judged as the API server does. */
export { compiledFor } from "./compiled-expressions.ts";
export { CompiledAdmissionPolicy, type Invocation, invocationsOf } from "./compiled-policy.ts";
export { judgeByAdmissionPolicies } from "./judge.ts";
export { looksAtOperation } from "./matching.ts";
export { isOfKind } from "./params.ts";
export {
  type AdmissionDocument,
  irrelevance,
  isAdmissionDocument,
  policyProblems,
  readAdmissionDocument,
} from "./read.ts";
export { resourceRequest } from "./resource-request.ts";
export { AdmissionPolicyIndex } from "./policy-index.ts";
