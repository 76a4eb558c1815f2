import { objectOf, objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { CONDITION } from "#src/cluster/calls/registration.ts";
import type { JsonObject } from "#src/field/json.ts";
import type { Cluster } from "#test/e2e/cluster.ts";
import { Installation } from "#test/e2e/installation.ts";
import { eventually } from "#test/e2e/process.ts";

/** Fairlead, installed and ready. */
export interface Installed {
  /** The namespace to which its webhooks apply. */
  readonly namespace: string;
  /** How many reviews its replicas have answered so far. */
  readonly reviews: () => Promise<number>;
  /** Waits until replicas that spare calls do so: a minute after the last change of a policy. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
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
    return {
      namespace: installation.namespace,
      reviews: () => reviewsOf(replica.healthPort),
      settled: () => untilSpared(installation),
      close: () => installation.close(),
    };
  } catch (error) {
    await installation.close();
    throw error;
  }
};

/** The ways there are, by the name for `--way`. */
export const WAYS: Readonly<Record<string, Way>> = { url: byURL };

/** Seconds: a minute without changes, and what the replica needs to notice. */
const PATIENCE = 150;

async function untilSpared(installation: Installation): Promise<void> {
  const { cluster, name } = installation;
  const map = await cluster.api.get(`/api/v1/namespaces/${name}/configmaps/${name}`);
  if (textAt(map, "data", "config.yaml")?.includes("calls: asked-for") !== true) return;
  const isSpared = async (): Promise<true | undefined> => {
    const webhooks = (await installation.registrations()).flatMap((one) => objectsAt(one, "webhooks"));
    const conditions = webhooks.flatMap((webhook) => objectsAt(webhook, "matchConditions"));
    return conditions.some((condition) => condition.name === CONDITION) ? true : undefined;
  };
  await eventually("calls are spared", isSpared, PATIENCE);
}

async function reviewsOf(healthPort: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text();
  const counts = text.matchAll(/^fairlead_reviews_total\{.*\} (\d+)$/gm);
  return Array.from(counts, ([, count]) => Number(count)).reduce((sum, count) => sum + count, 0);
}
