/** What the Services of a project claim that a cluster has only once. */
export { type ClaimSources, ProjectClaims } from "./project-claims.ts";
