/** What Services claim that a cluster has only once. */
export { CLAIM_ANNOTATIONS, claimsOf } from "./claims.ts";
