import { objectOf, objectsAt, textsAt } from "#src/cluster/api/kubernetes-api.ts";
import type { JsonObject } from "#src/field/json.ts";
import type { Cluster } from "#test/e2e/cluster.ts";
import { Installation } from "#test/e2e/installation.ts";

/** Fairlead, installed and ready. */
export interface Installed {
  /** The namespace to which its webhooks apply. */
  readonly namespace: string;
  /** How many calls of a webhook a create in this namespace takes, at most. */
  readonly calls: number;
  close(): Promise<void>;
}

/** A way in which the API server reaches Fairlead: installs its chart with these values, and waits until it is ready. */
export type Way = (cluster: Cluster, values: JsonObject) => Promise<Installed>;

/** By the URL of a process on this machine. The API server calls it directly, without the suites' balancer. */
const byURL: Way = async (cluster, values) => {
  const installation = await Installation.make(cluster, { values, replicas: ["a"] });
  try {
    const [replica] = installation.replicas;
    if (replica === undefined) throw new Error("the installation has no replica");
    const url = `https://${installation.host}:${replica.port}`;
    const { code, stderr } = await installation.upgrade({ webhook: { ...objectOf(values["webhook"]), url } });
    if (code !== 0) throw new Error(stderr);
    replica.start();
    await installation.ready();
    const registrations = await installation.registrations();
    const calls = registrations.flatMap((one) => objectsAt(one, "webhooks")).filter(isCalledForCreates).length;
    return { namespace: installation.namespace, calls, close: () => installation.close() };
  } catch (error) {
    await installation.close();
    throw error;
  }
};

/** The ways there are, by the name for `--way`. */
export const WAYS: Readonly<Record<string, Way>> = { url: byURL };

function isCalledForCreates(webhook: JsonObject): boolean {
  return objectsAt(webhook, "rules").some(
    (rule) => textsAt(rule, "resources").includes("services") && textsAt(rule, "operations").includes("CREATE"),
  );
}
