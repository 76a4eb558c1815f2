/** What a policy is asked about and what it answers; who owns the value of a field. */
export { compileProvenance, isManifest, isServerSideApplied, type Provenance } from "./provenance.ts";
export {
  type AppliedDefault,
  type DefaultedService,
  type DefaultsContext,
  NO_POLICIES,
  type Operation,
  type PolicyContext,
  type PolicyFinding,
  type PolicySet,
  type RequestFacts,
  type SkippedDefault,
} from "./types.ts";
