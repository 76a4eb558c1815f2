/** What Services claim that a cluster, or a namespace, has only once or so many times. */
export { canonicalAddress } from "./addresses.ts";
export type { Claim } from "./claim.ts";
export { CLAIM_ANNOTATIONS, claimsOf } from "./claims.ts";
export { dnsClaims, mayShareName } from "./dns-names.ts";
export { externalIPClaims } from "./external-ips.ts";
export { loadBalancerClaims, mayShareClaim } from "./load-balancers.ts";
export { nodePortClaims } from "./node-ports.ts";
export { sharePort } from "./ports.ts";
export { areRelated, effectiveSelector, SELECTOR_RELATIONS, type SelectorRelation, selectorKey } from "./selectors.ts";
export { type Usage, usageOf } from "./usage.ts";
