/** Rules about where traffic goes: policies, affinity, Pods that are not ready. */
export { externalTrafficLocal } from "./external-traffic-local.ts";
export { externalTrafficPolicy } from "./external-traffic-policy.ts";
export { internalTrafficLocal } from "./internal-traffic-local.ts";
export { publishNotReady } from "./publish-not-ready.ts";
export { sessionAffinity } from "./session-affinity.ts";
export { singleStackByOmission } from "./single-stack-by-omission.ts";
