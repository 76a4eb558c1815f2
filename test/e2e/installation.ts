import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { getIfPresent, objectOf, textAt } from "#src/cluster/api/kubernetes-api.ts";
import type { JsonObject } from "#src/field/json.ts";
import { ApiProxy } from "./api-proxy.ts";
import { Balancer } from "./balancer.ts";
import { type Cluster, makeNamespace, removeNamespace } from "./cluster.ts";
import { kubeconfigFor } from "./kubeconfig.ts";
import type { Outcome } from "./process.ts";
import { ReplicaProcess } from "./replica.ts";
import { ROOT } from "../paths.ts";

const CHART = join(ROOT, "charts/fairlead");
const GROUP = "/apis/admissionregistration.k8s.io/v1";
const NAME_LABEL = "kubernetes.io/metadata.name";
/** The label that a namespace must have, with the installation's name as its value, for the webhooks to apply. */
export const LABEL = "e2e.fairlead.dev/installation";
/** The address of this machine for the API server. */
const HOST = process.env["FAIRLEAD_E2E_HOST"] ?? "127.0.0.1";

export interface InstallationSettings {
  /** Chart values besides those for the address. */
  readonly values?: JsonObject;
  /** Further flags for Helm's install and upgrade. */
  readonly helmFlags?: readonly string[];
  /** Further flags for the servers. */
  readonly serverFlags?: readonly string[];
  readonly replicas?: readonly string[];
}

/**
 * The chart, installed in the cluster by Helm, with local processes as its replicas: they have the configuration from
 * the chart, and the token and rights of its service account.
 */
export class Installation {
  readonly cluster: Cluster;
  /** The name of the release, its namespace and its objects. */
  readonly name: string;
  /** The namespace to which the webhooks apply. */
  readonly namespace: string;
  replicas: readonly ReplicaProcess[] = [];
  readonly #settings: InstallationSettings;
  readonly #folder: string;
  readonly #balancer: Balancer;
  #token = "";

  private constructor(
    cluster: Cluster,
    namespace: string,
    folder: string,
    settings: InstallationSettings,
    of: Balancer,
  ) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.name = `${namespace}-release`;
    this.#folder = folder;
    this.#settings = settings;
    this.#balancer = of;
  }

  /** Prepares a namespace and an address that the API server can call; nothing is installed yet. */
  static async prepare(cluster: Cluster, settings: InstallationSettings = {}): Promise<Installation> {
    const folder = await mkdtemp(join(tmpdir(), "fairlead-e2e-"));
    const namespace = await makeNamespace(cluster, LABEL);
    const running = (): readonly ReplicaProcess[] => installation.replicas.filter(({ alive }) => alive);
    const balancer = await Balancer.open(HOST === "127.0.0.1" ? HOST : "0.0.0.0", running);
    const installation = new Installation(cluster, namespace, folder, settings, balancer);
    return installation;
  }

  /** An installation with its replicas, which are not started. */
  static async make(cluster: Cluster, settings: InstallationSettings = {}): Promise<Installation> {
    const installation = await Installation.prepare(cluster, settings);
    try {
      const { code, stderr } = await installation.install();
      if (code !== 0) throw new Error(stderr);
      await installation.makeReplicas();
      return installation;
    } catch (error) {
      await installation.close();
      throw error;
    }
  }

  get url(): string {
    return `https://${HOST}:${this.#balancer.port}`;
  }

  get host(): string {
    return HOST;
  }

  get port(): number {
    return this.#balancer.port;
  }

  async install(): Promise<Outcome> {
    await this.#applyDefinition();
    const outcome = await this.#helm(["install", this.name, CHART, "--create-namespace", ...(await this.#flags())]);
    await this.#labelNamespaces();
    return outcome;
  }

  async upgrade(values: JsonObject = {}): Promise<Outcome> {
    return this.#helm(["upgrade", this.name, CHART, ...(await this.#flags(values))]);
  }

  /** Helm logs on standard error what it does, in order. */
  uninstall(): Promise<Outcome> {
    return this.#helm(["uninstall", this.name, "--debug"]);
  }

  /** Creates the replicas, in place of earlier ones, once their configuration exists. */
  async makeReplicas(): Promise<void> {
    await this.#endReplicas();
    const { api } = this.cluster;
    const token = await this.cluster.kubectl(["-n", this.name, "create", "token", this.name, "--duration=2h"]);
    if (token.code !== 0) throw new Error(token.stderr);
    this.#token = token.stdout.trim();
    const map = await api.get(`/api/v1/namespaces/${this.name}/configmaps/${this.name}`);
    const settings = {
      folder: this.#folder,
      config: textAt(map, "data", "config.yaml") ?? "",
      token: this.#token,
      flags: this.#settings.serverFlags ?? [],
    };
    const made: ReplicaProcess[] = [];
    for (const name of this.#settings.replicas ?? ["a", "b", "c"])
      made.push(await ReplicaProcess.make(name, await ApiProxy.open(this.cluster), settings));
    this.replicas = made;
  }

  /** kubectl, with only the token of the chart's service account. */
  async asServiceAccount(args: readonly string[]): Promise<Outcome> {
    const file = join(this.#folder, "service-account.kubeconfig");
    const { server, ca } = this.cluster;
    await writeFile(file, kubeconfigFor({ server, token: this.#token, ca }), { mode: 0o600 });
    return this.cluster.kubectl(["--kubeconfig", file, ...args]);
  }

  /** kubectl in the namespace to which the webhooks apply. */
  kubectl(args: readonly string[], input?: string): Promise<Outcome> {
    return this.cluster.kubectl(["-n", this.namespace, ...args], input);
  }

  /** The webhook configurations that exist. */
  async registrations(): Promise<readonly JsonObject[]> {
    const paths = ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"];
    const found = await Promise.all(
      paths.map((path) => getIfPresent(this.cluster.api, `${GROUP}/${path}/${this.name}`)),
    );
    return found.filter((object) => object !== undefined);
  }

  secret(): Promise<JsonObject | undefined> {
    return getIfPresent(this.cluster.api, `/api/v1/namespaces/${this.name}/secrets/${this.name}-tls`);
  }

  /**
   * Waits until every replica is ready.
   * @throws with the reasons why one is not.
   */
  async ready(seconds = 30): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const reasons = await Promise.all(this.replicas.map((replica) => replica.notReady()));
      const reason = reasons.find((one) => one !== undefined);
      if (reason === undefined) break;
      if (Date.now() > deadline) throw new Error(`a replica is not ready after ${seconds} s: ${reason}`);
      await pause(100);
    }
    await this.probe();
  }

  /** Checks the readiness at once, so that no connection goes to a replica that is known to be gone. */
  probe(): Promise<void> {
    return this.#balancer.probe();
  }

  /** Removes everything that exists of the installation. */
  async close(): Promise<void> {
    const { cluster } = this;
    await this.#endReplicas();
    await this.uninstall();
    this.#balancer.close();
    for (const name of [this.namespace, this.name]) await removeNamespace(cluster, name).catch(() => undefined);
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** A cluster may hold several installations of the suites: none of them owns the CustomResourceDefinition. */
  async #applyDefinition(): Promise<void> {
    const { code, stderr } = await this.cluster.kubectl([
      "apply",
      "--server-side",
      "--force-conflicts",
      "-f",
      join(CHART, "files", "crds"),
    ]);
    if (code !== 0) throw new Error(stderr);
  }

  async #endReplicas(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.kill()));
    for (const { proxy } of this.replicas) proxy.close();
  }

  #helm(args: readonly string[]): Promise<Outcome> {
    return this.cluster.helm([...args, "--namespace", this.name]);
  }

  async #flags(values: JsonObject = {}): Promise<string[]> {
    const { values: usual = {}, helmFlags = [] } = this.#settings;
    const file = join(this.#folder, "values.json");
    const { webhook: more, ...rest }: JsonObject = { ...usual, ...values };
    const webhook = { url: this.url, namespaceSelector: { matchLabels: { [LABEL]: this.namespace } } };
    const all = { replicaCount: 0, crds: { enabled: false }, ...rest, webhook: { ...webhook, ...objectOf(more) } };
    await writeFile(file, JSON.stringify(all));
    return ["--values", file, ...helmFlags];
  }

  /** API servers before 1.21 do not label namespaces with their names, by which the chart excludes some. */
  async #labelNamespaces(): Promise<void> {
    const { api } = this.cluster;
    for (const name of ["kube-system", this.name]) {
      const found = await getIfPresent(api, `/api/v1/namespaces/${name}`);
      if (found === undefined || textAt(found, "metadata", "labels", NAME_LABEL) === name) continue;
      await api.patch(`/api/v1/namespaces/${name}`, "merge", { metadata: { labels: { [NAME_LABEL]: name } } });
    }
  }
}
