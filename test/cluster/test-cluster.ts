import { setTimeout as pause } from "node:timers/promises";
import { objectOf, objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { inspectPair } from "#src/cluster/certificates/inspect.ts";
import { issue } from "#src/cluster/certificates/issue.ts";
import { certificatesIn, fingerprint, fingerprintOf } from "#src/cluster/certificates/pem.ts";
import type { SelfIssuedSettings } from "#src/cluster/certificates/self-issued.ts";
import type { WebhookConfigurationName } from "#src/cluster/certificates/webhook-configurations.ts";
import { entriesOf, PREFIX } from "#src/cluster/replicas/lease.ts";
import type { JsonObject } from "#src/field/json.ts";
import { ApiServer } from "./api-server.ts";
import { base64, spoilt } from "./damage.ts";
import { FakeClock } from "./fake-clock.ts";
import { HEARTBEAT, HOST, TestReplica } from "./replica.ts";
import type { Observation, ScenarioCluster } from "./run-scenario.ts";
import type { Damage, Replica } from "./scenarios.ts";
import { Traffic } from "./traffic.ts";

const DAY = 24 * 3600 * 1000;
const SECRETS = "/api/v1/namespaces/fairlead/secrets";
const LEASES = "/apis/coordination.k8s.io/v1/namespaces/fairlead/leases";
const GROUP = "/apis/admissionregistration.k8s.io/v1";
const MUTATING = `${GROUP}/mutatingwebhookconfigurations`;
const VALIDATING = `${GROUP}/validatingwebhookconfigurations`;

export const WEBHOOK_CONFIGURATIONS: readonly WebhookConfigurationName[] = [
  { kind: "MutatingWebhookConfiguration", name: "fairlead" },
  { kind: "ValidatingWebhookConfiguration", name: "fairlead" },
];
const VALIDATING_WEBHOOKS = ["deny.fairlead.dev", "warn.fairlead.dev", "policies.fairlead.dev"];

const SETTINGS: SelfIssuedSettings = {
  secret: { namespace: "fairlead", name: "fairlead-tls" },
  webhookConfigurations: WEBHOOK_CONFIGURATIONS,
  hosts: [HOST],
  life: 90 * DAY,
  renewAt: 2 / 3,
  settle: 10_000,
  resync: 60_000,
};

/** Replicas in this process, an API server, and a clock that the test moves. */
export class TestCluster implements ScenarioCluster {
  readonly server: ApiServer;
  readonly clock = new FakeClock(new Date().toISOString());
  readonly #replicas = new Map<Replica, TestReplica>();
  readonly #traffic = new Traffic(
    this.clock,
    () => this.#bundles(),
    () => this.running(),
  );
  readonly #doomed = new Set<Replica>();
  #copy: JsonObject = {};

  private constructor(api: ApiServer) {
    this.server = api;
  }

  /**
   * A cluster in which the chart is installed: an empty Secret, an empty Lease, and, if `registered`, the webhook
   * configurations.
   */
  static async make(registered: boolean): Promise<TestCluster> {
    const cluster = new TestCluster(await ApiServer.start());
    const { store } = cluster.server;
    store.create(SECRETS, {
      apiVersion: "v1",
      kind: "Secret",
      type: "Opaque",
      metadata: { name: "fairlead-tls", namespace: "fairlead" },
    });
    store.create(LEASES, {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata: { name: "fairlead", namespace: "fairlead" },
    });
    if (registered) await cluster.registration("create");
    return cluster;
  }

  running(): TestReplica[] {
    return [...this.#replicas.values()].filter(({ dead }) => !dead);
  }

  async start(names: readonly Replica[]): Promise<void> {
    const { kubeconfig } = this.server;
    // A replica that is started again has died before.
    await this.kill(names);
    const made = names.map((name) => new TestReplica(name, kubeconfig, this.clock, SETTINGS));
    for (const replica of made) {
      if (this.#doomed.delete(replica.name)) replica.doom();
      this.#replicas.set(replica.name, replica);
    }
    await Promise.all(made.map((replica) => replica.start()));
  }

  async stop(names: readonly Replica[]): Promise<void> {
    await Promise.all(this.#take(names).map((replica) => replica.stop()));
  }

  async kill(names: readonly Replica[]): Promise<void> {
    await Promise.all(this.#take(names).map((replica) => replica.kill()));
  }

  doom(name: Replica): Promise<void> {
    const replica = this.#replicas.get(name);
    if (replica !== undefined) replica.doom();
    else this.#doomed.add(name);
    return Promise.resolve();
  }

  blind(name: Replica): Promise<void> {
    this.#replicas.get(name)?.blind();
    return Promise.resolve();
  }

  async observe(): Promise<Observation> {
    const bundles = this.#bundles();
    const running = await Promise.all(
      this.running().map(async (replica) => {
        const certificate = fingerprintOf(replica.credentials.current()?.certificate ?? "");
        const answer = certificate === undefined ? undefined : await replica.call(bundles).catch(() => undefined);
        const trusted =
          answer !== undefined &&
          answer.served === certificate &&
          answer.trusted.length > 0 &&
          answer.trusted.every((isTrusted) => isTrusted);
        return { name: replica.name, ready: replica.credentials.readiness() === undefined, certificate, trusted };
      }),
    );
    return {
      running,
      stored: this.#stored(),
      bundles: bundles.map((bundle) => certificatesIn(bundle).map(fingerprint)),
      silent: this.#silent(),
    };
  }

  async moment(): Promise<void> {
    this.clock.advance(1_000);
    // Real requests are in flight: they need the event loop, not the clock.
    await pause(5);
  }

  async pass(what: "until renewal" | "until expiry" | "until the silent are gone"): Promise<void> {
    if (what !== "until the silent are gone") {
      const days = what === "until renewal" ? 61 : 91;
      this.clock.advance(days * DAY);
      return;
    }
    for (let beat = 0; beat < 12; beat++) {
      this.clock.advance(HEARTBEAT);
      await pause(20);
    }
  }

  startTraffic(): Promise<void> {
    this.#traffic.start();
    return Promise.resolve();
  }

  endTraffic(): Promise<{ readonly calls: number; readonly failures: readonly string[] }> {
    return this.#traffic.end();
  }

  async damage(what: Damage): Promise<void> {
    const secret = this.server.store.get(SECRETS, "fairlead-tls");
    const data = what === "an older copy" ? this.#copy : await spoilt(objectOf(secret.data), what, HOST);
    this.server.store.replace(SECRETS, "fairlead-tls", { ...secret, data });
  }

  secret(what: "delete" | "keep a copy"): Promise<void> {
    if (what === "delete") this.server.store.remove(SECRETS, "fairlead-tls");
    else this.#copy = objectOf(this.server.store.get(SECRETS, "fairlead-tls").data);
    return Promise.resolve();
  }

  async registration(what: "create" | "delete" | "wipe the caBundle" | "trust a stranger too"): Promise<void> {
    const { store } = this.server;
    if (what === "delete") {
      for (const collection of [MUTATING, VALIDATING]) store.remove(collection, "fairlead");
      return;
    }
    if (what === "create") {
      store.create(MUTATING, configuration("MutatingWebhookConfiguration", ["mutate.fairlead.dev"]));
      store.create(VALIDATING, configuration("ValidatingWebhookConfiguration", VALIDATING_WEBHOOKS));
      return;
    }
    const stranger = what === "wipe the caBundle" ? undefined : (await issue({ hosts: [HOST], ...this.#span() })).ca;
    for (const collection of [MUTATING, VALIDATING]) {
      const found = store.get(collection, "fairlead");
      const webhooks = objectsAt(found, "webhooks").map((webhook) => {
        const bundle = stranger === undefined ? "" : bundleIn(webhook) + stranger;
        return { ...webhook, clientConfig: { ...objectOf(webhook.clientConfig), caBundle: base64(bundle) } };
      });
      store.replace(collection, "fairlead", { ...found, webhooks });
    }
  }

  api(what: "away" | "back"): Promise<void> {
    if (what === "away") this.server.pause();
    else this.server.resume();
    return Promise.resolve();
  }

  /** How often each webhook configuration was written since it was created. */
  registrationWrites(): number[] {
    const { store } = this.server;
    return [MUTATING, VALIDATING].map(
      (collection) => store.eventsSince(0, collection).filter(({ type }) => type === "MODIFIED").length,
    );
  }

  /** Ends everything. */
  async close(): Promise<void> {
    await this.#traffic.end();
    this.server.resume();
    await this.kill([...this.#replicas.keys()]);
    await this.server.stop();
  }

  #take(names: readonly Replica[]): TestReplica[] {
    const taken = names.flatMap((name) => this.#replicas.get(name) ?? []);
    for (const name of names) this.#replicas.delete(name);
    return taken;
  }

  #silent(): string[] {
    const alive = this.running().map((replica) => PREFIX + replica.name);
    return Object.keys(entriesOf(this.server.store.get(LEASES, "fairlead"))).filter((name) => !alive.includes(name));
  }

  #bundles(): string[] {
    const found = [this.server.store.find(MUTATING, "fairlead"), this.server.store.find(VALIDATING, "fairlead")];
    return found.flatMap((configuration) => objectsAt(configuration, "webhooks").map(bundleIn));
  }

  #stored(): Observation["stored"] {
    const secret = this.server.store.find(SECRETS, "fairlead-tls");
    const text = (key: string): string => Buffer.from(textAt(secret, "data", key) ?? "", "base64").toString();
    const [certificate, ca] = [text("tls.crt"), text("ca.crt")];
    const inspection = inspectPair(
      { certificate, key: text("tls.key") },
      { hosts: [HOST], trusted: ca, now: this.clock.now() },
    );
    return {
      certificate: fingerprintOf(certificate),
      ca: fingerprintOf(ca),
      valid: "valid" in inspection,
      previous: certificatesIn(text("previous-ca.crt")).length,
    };
  }

  #span(): { from: Date; until: Date } {
    const now = this.clock.now().getTime();
    return { from: new Date(now - DAY), until: new Date(now + DAY) };
  }
}

function configuration(kind: string, names: readonly string[]): JsonObject {
  const webhooks = names.map((name) => ({
    name,
    clientConfig: { service: { name: "fairlead", namespace: "fairlead" } },
    rules: [],
  }));
  return { apiVersion: "admissionregistration.k8s.io/v1", kind, metadata: { name: "fairlead" }, webhooks };
}

function bundleIn(webhook: JsonObject): string {
  return Buffer.from(textAt(webhook, "clientConfig", "caBundle") ?? "", "base64").toString();
}
