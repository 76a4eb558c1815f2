/** MutatingAdmissionPolicies: what they make of a Service. */
export { applyMutations } from "./mutate.ts";
