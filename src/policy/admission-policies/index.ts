/** ValidatingAdmissionPolicies and MutatingAdmissionPolicies of a cluster, judged as the API server does. */
export { CompiledAdmissionPolicy, judgeByAdmissionPolicies } from "./judge.ts";
export { looksAtOperation } from "./matching.ts";
export { isOfKind } from "./params.ts";
export {
  type AdmissionDocument,
  irrelevance,
  isAdmissionDocument,
  policyProblems,
  readAdmissionDocument,
} from "./read.ts";
