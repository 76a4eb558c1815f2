/** Kubernetes versions and feature gates, and what API servers do differently by them. */
export {
  FEATURE_GATES,
  type FeatureGate,
  type FeatureGates,
  gateVersions,
  isFeatureGate,
  isSettable,
} from "./feature-gates.ts";
export { changes, type Feature, fieldSince, gateOf, hasFeature, introducedIn } from "./features.ts";
export { kubernetesOf, OPENSHIFT_VERSIONS } from "./openshift.ts";
export {
  isKnown,
  type KubernetesVersion,
  nearestKnown,
  NEWEST_KNOWN,
  OLDEST_KNOWN,
  parseVersion,
  versionText,
} from "./version.ts";
