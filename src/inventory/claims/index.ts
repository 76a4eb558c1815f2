/** What Services claim that a cluster has only once. */
export { canonicalAddress } from "./addresses.ts";
export { type Claim, MAX_CLAIMS } from "./claim.ts";
export { CLAIM_ANNOTATIONS, claimsOf } from "./claims.ts";
export { dnsClaims } from "./dns-names.ts";
export { externalIPClaims } from "./external-ips.ts";
export { nodePortClaims } from "./node-ports.ts";
export { areRelated, effectiveSelector, SELECTOR_RELATIONS, type SelectorRelation, selectorKey } from "./selectors.ts";
