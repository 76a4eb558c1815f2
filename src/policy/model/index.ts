/** The inputs and results of a policy evaluation, and the provenance of field values. */
export { compileProvenance, isManifest, isServerSideApplied, type Provenance } from "./provenance.ts";
export {
  type AppliedDefault,
  type DefaultedService,
  type DefaultsContext,
  type MutationOutcome,
  NO_POLICIES,
  type Operation,
  type PolicyContext,
  type PolicyDocument,
  type PolicyFinding,
  type PolicySet,
  type RequestFacts,
  type SkippedDefault,
} from "./types.ts";
