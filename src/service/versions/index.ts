/** Kubernetes versions, and the features of Services that came with each. */
export {
  type Feature,
  hasFeature,
  introducedIn,
  type KubernetesVersion,
  NEWEST_KNOWN,
  OLDEST_KNOWN,
  parseVersion,
  versionText,
} from "./version.ts";
