/** What Services ask for that a cluster has only once, and the conflicts about it. */
export { type Claim, claimsOf, type LocatedClaim } from "./claims.ts";
export {
  type ClaimConflict,
  type ClaimOwner,
  type ClaimOwners,
  Claims,
  type ClaimSet,
  conflictsOfFile,
  type EarlierOwner,
  type PossibleConflict,
} from "./conflicts.ts";
