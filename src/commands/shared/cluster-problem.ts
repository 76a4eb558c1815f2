import { ConfigError } from "../../usage/index.ts";

/** What keeps the Services of a cluster from being read, for people; undefined for any other error. */
export async function clusterProblem(error: unknown): Promise<string | undefined> {
  if (error instanceof ConfigError) return `${error.message}; --kubeconfig FILE names another one`;
  const { ApiError, isForbidden } = await import("../../cluster/api/index.ts");
  if (isForbidden(error)) {
    return "this user may not list Services: allow list of services, or name a namespace with --namespace";
  }
  if (!(error instanceof ApiError)) return undefined;
  return error.status === 401 ? "the API server does not accept the kubeconfig's user" : error.message;
}
