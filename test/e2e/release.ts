import { setTimeout as pause } from "node:timers/promises";
import { getIfPresent, objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { POLICIES_PATH } from "#src/cluster/policies/status.ts";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import { type Cluster, makeNamespace, removeNamespace } from "./cluster.ts";
import { LABEL } from "./installation.ts";
import { eventually, type Outcome } from "./process.ts";
import { notRun, type Proof, Proofs } from "./proof.ts";
import { ROOT } from "../paths.ts";
import { wholeCluster, type WholeCluster } from "./whole-cluster.ts";

/** The release, its namespace and its chart, as README.md names them. */
export const NAME = "fairlead";
export const CHART = `${ROOT}/charts/fairlead`;
/** Flags for Helm: every write of a Service depends on Fairlead, so every lost request shows. */
export const FAIL = ["mutate", "deny", "warn"].flatMap((entry) => ["--set", `webhook.failurePolicy.${entry}=Fail`]);
/** Without other values Helm keeps those of the last upgrade: this brings back the chart's own. */
export const IGNORE = ["--reset-values"];
const DEFINITION = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/servicepolicies.fairlead.dev";
const NAME_LABEL = "kubernetes.io/metadata.name";

/** The chart, installed as README.md says: its Pods run, and the API server calls them by the chart's Service. */
export class Release {
  readonly whole: WholeCluster;
  /** A namespace to which the webhooks apply, as to any other. */
  readonly namespace: string;

  private constructor(whole: WholeCluster, namespace: string) {
    this.whole = whole;
    this.namespace = namespace;
  }

  /** Prepares a cluster in which Pods run. Returns the reason, as text, if there cannot be one. */
  static async open(cluster: Cluster): Promise<Release | string> {
    const whole = await wholeCluster(cluster, (namespace) => namespace === NAME);
    if (typeof whole === "string") return whole;
    try {
      // An aborted run may have left one that waits for its Pods to end.
      if ((await phaseOf(cluster)) === "Terminating") await gone(cluster, NAME);
      if ((await phaseOf(cluster)) !== undefined) {
        await whole.close();
        return `the cluster has a namespace ${NAME} already`;
      }
      const reason = await whyNotOurs(cluster);
      if (reason !== undefined) {
        await whole.close();
        return reason;
      }
      await removeDefinition(cluster);
      return new Release(whole, await makeNamespace(cluster, LABEL));
    } catch (error) {
      await whole.close();
      throw error;
    }
  }

  get cluster(): Cluster {
    return this.whole.cluster;
  }

  /** The command of README.md, which waits until all replicas are ready. */
  install(flags: readonly string[] = [], chart = CHART): Promise<Outcome> {
    return this.#helm([
      "install",
      NAME,
      chart,
      "-n",
      NAME,
      "--create-namespace",
      "--wait",
      ...this.whole.flags,
      ...flags,
    ]);
  }

  upgrade(flags: readonly string[] = [], chart = CHART): Promise<Outcome> {
    return this.#helm(["upgrade", NAME, chart, "-n", NAME, "--wait", ...this.whole.flags, ...flags]);
  }

  uninstall(): Promise<Outcome> {
    return this.#helm(["uninstall", NAME, "-n", NAME, "--wait"]);
  }

  /** To the state before the last upgrade. */
  rollback(): Promise<Outcome> {
    return this.#helm(["rollback", NAME, "-n", NAME, "--wait"]);
  }

  test(): Promise<Outcome> {
    return this.#helm(["test", NAME, "-n", NAME]);
  }

  /** kubectl in the namespace to which the webhooks apply. */
  kubectl(args: readonly string[], input?: string): Promise<Outcome> {
    return this.cluster.kubectl(["-n", this.namespace, ...args], input);
  }

  /** The entries of the registration, the mutating ones first. */
  async entries(): Promise<readonly JsonObject[]> {
    const paths = ["mutating", "validating"].map(
      (kind) => `/apis/admissionregistration.k8s.io/v1/${kind}webhookconfigurations/${NAME}`,
    );
    const found = await Promise.all(paths.map((path) => getIfPresent(this.cluster.api, path)));
    return found.flatMap((object) => objectsAt(object, "webhooks"));
  }

  /** The chart's Pods, as the API server has them. */
  async pods(): Promise<readonly JsonObject[]> {
    const selector = encodeURIComponent(`app.kubernetes.io/name=${NAME}`);
    return objectsAt(await this.cluster.api.get(`/api/v1/namespaces/${NAME}/pods?labelSelector=${selector}`), "items");
  }

  /** The addresses at which the API server finds the Service. */
  async endpoints(): Promise<readonly string[]> {
    const found = await getIfPresent(this.cluster.api, `/api/v1/namespaces/${NAME}/endpoints/${NAME}`);
    return objectsAt(found, "subsets").flatMap((subset) =>
      objectsAt(subset, "addresses").map((address) => textAt(address, "ip") ?? ""),
    );
  }

  /** Runs a command in the container of one replica. */
  async exec(command: readonly string[], pod?: JsonObject): Promise<Outcome> {
    const name = textAt(pod ?? (await this.pods())[0], "metadata", "name") ?? "";
    const { agent } = this.whole;
    if (agent === undefined) return this.cluster.kubectl(["-n", NAME, "exec", name, "--", ...command]);
    const run = agent.workers.find((worker) => worker.name === name)?.runs[0];
    if (run === undefined) throw new Error(`${name} does not run`);
    return run.exec(command);
  }

  /** Has so many replicas, as a person would with kubectl, and waits until it is so. */
  async scale(replicas: number): Promise<void> {
    await this.cluster.kubectl(["-n", NAME, "scale", `deployment/${NAME}`, `--replicas=${replicas}`]);
    await this.settled(replicas);
  }

  /** Waits until the Service has so many endpoints, and no Pod is on its way in or out. */
  async settled(replicas: number, seconds = 90): Promise<readonly JsonObject[]> {
    return eventually(
      `${replicas} Pods behind the Service`,
      async () => {
        const [pods, { length }] = [await this.pods(), await this.endpoints()];
        return pods.length === replicas && length === replicas ? pods : undefined;
      },
      seconds,
    );
  }

  /** API servers before 1.21 do not label namespaces with their names. The chart's notes give these commands. */
  async labelAsTheNotesSay(): Promise<string> {
    if (Number(this.cluster.version.split(".")[1]) >= 21) return "";
    for (const name of ["kube-system", "kube-node-lease", NAME])
      await this.cluster.kubectl(["label", "--overwrite", "namespace", name, `${NAME_LABEL}=${name}`]);
    return "; namespaces labelled with their names as the notes say for this version";
  }

  /** Takes away everything that exists of the release. */
  async close(): Promise<void> {
    const { cluster, whole } = this;
    try {
      await this.uninstall();
      // Those that a hook has made, and those that suites have made, stay after an uninstall.
      await cluster.kubectl(["delete", "servicepolicies", "-l", `app.kubernetes.io/instance=${NAME}`]);
      for (const namespace of [this.namespace, NAME]) await removeNamespace(cluster, namespace).catch(() => undefined);
      await removeDefinition(cluster);
      await gone(cluster, NAME);
    } finally {
      await whole.close();
    }
  }

  /** Why replicas are not ready, for failures that nothing else explains. */
  async explanation(): Promise<string> {
    const pods = (await this.pods()).map((pod) => JSON.stringify(valueAt(pod, ["status", "containerStatuses"])));
    return [...pods, this.whole.agent?.log ?? ""].join("\n");
  }

  #helm(args: readonly string[]): Promise<Outcome> {
    return this.cluster.helm(args);
  }
}

/** The phase of the release's namespace; undefined if there is none. */
async function phaseOf(cluster: Cluster): Promise<string | undefined> {
  return textAt(await getIfPresent(cluster.api, `/api/v1/namespaces/${NAME}`), "status", "phase");
}

async function gone(cluster: Cluster, namespace: string): Promise<void> {
  await eventually(`the namespace ${namespace} is gone`, async () =>
    (await getIfPresent(cluster.api, `/api/v1/namespaces/${namespace}`)) === undefined ? true : undefined,
  );
}

/**
 * Why this release could not own the definition of policies; undefined if it could. One that other suites have applied
 * without Helm, or that Helm has kept of this release, is nobody's.
 */
async function whyNotOurs(cluster: Cluster): Promise<string | undefined> {
  const definition = await getIfPresent(cluster.api, DEFINITION);
  if (definition === undefined) return undefined;
  const owner = textAt(definition, "metadata", "annotations", "meta.helm.sh/release-name");
  const home = textAt(definition, "metadata", "annotations", "meta.helm.sh/release-namespace");
  if (owner !== undefined && (owner !== NAME || home !== NAME))
    return `the definition of policies belongs to the release ${owner} in ${home ?? "?"}`;
  const policies = await cluster.api.get(POLICIES_PATH);
  return objectsAt(policies, "items").length > 0 ? "there are ServicePolicies in the cluster" : undefined;
}

async function removeDefinition(cluster: Cluster): Promise<void> {
  if ((await whyNotOurs(cluster)) !== undefined) return;
  await cluster.kubectl(["delete", "crd", "servicepolicies.fairlead.dev", "--wait", "--ignore-not-found"]);
  await pause(500);
}

/** Runs proofs with a release, which is taken away afterwards; what cannot be run is listed with its reason. */
export async function withRelease(
  cluster: Cluster,
  what: string,
  run: (release: Release, proofs: Proofs) => Promise<void>,
): Promise<readonly Proof[]> {
  const release = await Release.open(cluster);
  if (typeof release === "string") return [notRun(what, release)];
  const proofs = new Proofs();
  try {
    await run(release, proofs);
  } finally {
    await release.close();
  }
  return proofs.all;
}
