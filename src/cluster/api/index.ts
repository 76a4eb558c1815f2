/** The Kubernetes API, as far as Fairlead uses it. */
export { connect } from "./connect.ts";
export type { ClusterDependencies } from "./dependencies.ts";
export { followCollection, type Following } from "./follow.ts";
export {
  ApiError,
  errorText,
  getIfPresent,
  isConflict,
  isForbidden,
  isGone,
  isMissing,
  type KubernetesApi,
  objectOf,
  objectsAt,
  textAt,
  textsAt,
} from "./kubernetes-api.ts";
export { listAll } from "./list-all.ts";
export { keyOf, notifyOnChange, watchCollection } from "./watch.ts";
