import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import { objectOf, objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { inspectPair } from "#src/cluster/certificates/inspect.ts";
import { issue } from "#src/cluster/certificates/issue.ts";
import { renewalOf } from "#src/cluster/certificates/next-step.ts";
import { certificatesIn, fingerprint, fingerprintOf } from "#src/cluster/certificates/pem.ts";
import { entriesOf, PREFIX } from "#src/cluster/replicas/lease.ts";
import type { JsonObject } from "#src/field/json.ts";
import { base64, spoilt } from "../cluster/damage.ts";
import type { Observation, ScenarioCluster } from "../cluster/run-scenario.ts";
import type { Damage, Replica, Scenario } from "../cluster/scenarios.ts";
import type { Installation } from "./installation.ts";
import type { Outage } from "./outage.ts";
import { eventually } from "./process.ts";
import type { ReplicaProcess } from "./replica.ts";
import { Traffic } from "./traffic.ts";

/** In seconds of real time: as short as three processes on a slow machine allow. */
export const TIMES = { life: 64, renewAt: 0.5, settle: 3, heartbeat: 3 } as const;
const LONG_LIFE = 3600;
/** Milliseconds between two observations. */
const MOMENT = 250;

/** Flags for the validity of certificates: long, unless the scenario has a renewal. */
export function flagsFor(renewing: boolean): readonly string[] {
  const flags = {
    "certificate-life": String((renewing ? TIMES.life : LONG_LIFE) / 3600),
    "certificate-renew-at": String(TIMES.renewAt),
    "certificate-settle": String(TIMES.settle),
    heartbeat: String(TIMES.heartbeat),
    resync: "2",
    drain: "1",
  };
  return Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
}

export function isRenewing({ steps }: Scenario): boolean {
  return steps.some((step) => "pass" in step);
}

/** Replicas as local processes, a real API server, and real time. */
export class E2ECluster implements ScenarioCluster {
  readonly #installation: Installation;
  readonly #outage: Outage | undefined;
  readonly #traffic: Traffic;
  readonly #pristine: readonly JsonObject[];
  /** The last answer of the API server, for use while it is away. */
  #known: { readonly secret: JsonObject | undefined; readonly bundles: readonly string[] } = {
    secret: undefined,
    bundles: [],
  };
  #away = false;
  #copy: JsonObject = {};

  private constructor(installation: Installation, outage: Outage | undefined, pristine: readonly JsonObject[]) {
    this.#installation = installation;
    this.#outage = outage;
    this.#pristine = pristine;
    this.#traffic = new Traffic(installation);
  }

  /** A cluster in which the chart has just been installed. */
  static async make(installation: Installation, outage: Outage | undefined, registered: boolean): Promise<E2ECluster> {
    const pristine = (await installation.registrations()).map(withoutBundles);
    const cluster = new E2ECluster(installation, outage, pristine);
    await cluster.#reset(registered);
    return cluster;
  }

  async start(names: readonly Replica[]): Promise<void> {
    await this.kill(names);
    for (const replica of this.#named(names)) replica.start();
  }

  async stop(names: readonly Replica[]): Promise<void> {
    await Promise.all(this.#named(names).map((replica) => replica.stop()));
  }

  /** Requests in flight are lost with a killed server: that says nothing about certificates. */
  async kill(names: readonly Replica[]): Promise<void> {
    await this.#traffic.hold();
    await Promise.all(this.#named(names).map((replica) => replica.kill()));
    await this.#installation.probe();
    this.#traffic.release();
  }

  doom(name: Replica): Promise<void> {
    for (const replica of this.#named([name])) {
      replica.proxy.stops = ({ method, path }) => {
        const fatal = method === "PATCH" && path.includes("webhookconfigurations");
        if (fatal) void replica.kill();
        if (fatal) replica.proxy.stops = () => false;
        return fatal;
      };
    }
    return Promise.resolve();
  }

  blind(name: Replica): Promise<void> {
    for (const { proxy } of this.#named([name])) proxy.stops = ({ path }) => path.includes("/secrets");
    return Promise.resolve();
  }

  async observe(): Promise<Observation> {
    for (const { failure } of this.#installation.replicas) if (failure !== undefined) throw new Error(failure);
    if (!this.#away) {
      const [secret, registrations] = await Promise.all([
        this.#installation.secret(),
        this.#installation.registrations(),
      ]);
      this.#known = { secret, bundles: registrations.flatMap((object) => objectsAt(object, "webhooks").map(bundleIn)) };
    }
    const { secret, bundles } = this.#known;
    const running = await Promise.all(
      this.#installation.replicas.filter(({ alive }) => alive).map((replica) => observed(replica, bundles, this.#host)),
    );
    return {
      running: running.flatMap((one) => (isReplica(one.name) ? [{ ...one, name: one.name }] : [])),
      stored: this.#stored(secret),
      bundles: bundles.map((bundle) => certificatesIn(bundle).map(fingerprint)),
      silent: this.#away ? [] : await this.#silent(),
    };
  }

  async moment(): Promise<void> {
    await pause(MOMENT);
  }

  async pass(what: "until renewal" | "until expiry" | "until the silent are gone"): Promise<void> {
    if (what === "until the silent are gone") {
      await eventually(
        "only those that are alive are in the Lease",
        async () => ((await this.#silent()).length === 0 ? true : undefined),
        15 * TIMES.heartbeat,
      );
      return;
    }
    const [certificate] = certificatesIn(decoded(this.#known.secret, "tls.crt"));
    if (certificate === undefined) throw new Error("nothing is stored that could come of age");
    const [from, until] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
    const then = what === "until expiry" ? until : renewalOf({ from, until }, TIMES.renewAt);
    await pause(Math.max(0, then.getTime() - Date.now()) + 1_000);
  }

  startTraffic(): Promise<void> {
    return this.#traffic.start();
  }

  endTraffic(): Promise<{ readonly calls: number; readonly failures: readonly string[] }> {
    return this.#traffic.end();
  }

  async damage(what: Damage): Promise<void> {
    const secret = await this.#installation.secret();
    const data = what === "an older copy" ? this.#copy : await spoilt(objectOf(secret?.data), what, this.#host);
    await this.#installation.cluster.api.replace(this.#secret, { ...secret, data });
  }

  /** The service account must not create Secrets: whoever deletes it creates an empty one, as `helm upgrade` does. */
  async secret(what: "delete" | "keep a copy"): Promise<void> {
    if (what === "keep a copy") {
      this.#copy = objectOf((await this.#installation.secret())?.data);
      return;
    }
    const secret = await this.#installation.secret();
    await this.#kubectl(["-n", this.#installation.name, "delete", "secret", `${this.#installation.name}-tls`]);
    const isInstalled = (await this.#installation.registrations()).length > 0;
    if (isInstalled) await this.#makeSecret(secret);
    else this.#gone = secret;
  }
  #gone: JsonObject | undefined;

  async registration(what: "create" | "delete" | "wipe the caBundle" | "trust a stranger too"): Promise<void> {
    const { api } = this.#installation.cluster;
    if (what === "delete") {
      for (const { kind } of this.#pristine)
        await this.#kubectl(["delete", String(kind).toLowerCase(), this.#installation.name]);
      return;
    }
    if (what === "create") {
      if (this.#gone !== undefined) await this.#makeSecret(this.#gone);
      this.#gone = undefined;
      for (const object of this.#pristine) await api.create(collectionOf(object), object);
      return;
    }
    const span = { from: new Date(Date.now() - 60_000), until: new Date(Date.now() + 3_600_000) };
    const stranger = what === "wipe the caBundle" ? undefined : (await issue({ hosts: [this.#host], ...span })).ca;
    for (const found of await this.#installation.registrations()) {
      const webhooks = objectsAt(found, "webhooks").map((webhook) => {
        const caBundle = stranger === undefined ? undefined : base64(bundleIn(webhook) + stranger);
        return { ...webhook, clientConfig: { ...objectOf(webhook.clientConfig), caBundle } };
      });
      await api.replace(`${collectionOf(found)}/${this.#installation.name}`, { ...found, webhooks });
    }
  }

  async api(what: "away" | "back"): Promise<void> {
    if (this.#outage === undefined) throw new Error("no command was given that pauses the API server");
    if (what === "away") {
      await this.#traffic.hold();
      this.#away = true;
      await this.#outage.pause();
      return;
    }
    await this.#outage.resume();
    this.#away = false;
    this.#traffic.release();
  }

  /** Stops the replicas; the installation stays. */
  async close(): Promise<void> {
    if (this.#away) await this.api("back");
    await this.#traffic.end();
    for (const { proxy } of this.#installation.replicas) proxy.stops = () => false;
    await Promise.all(this.#installation.replicas.map((replica) => replica.kill()));
    if ((await this.#installation.registrations()).length === 0) await this.registration("create");
  }

  async #reset(registered: boolean): Promise<void> {
    const { api } = this.#installation.cluster;
    await this.registration("delete");
    await api.replace(this.#secret, { ...(await this.#installation.secret()), data: {} });
    const { metadata, ...lease } = await api.get(this.#lease);
    await api.replace(this.#lease, { ...lease, metadata: { ...objectOf(metadata), annotations: {} }, spec: {} });
    if (registered) await this.registration("create");
  }

  /** The replicas in the Lease that are not alive. */
  async #silent(): Promise<string[]> {
    const alive = this.#installation.replicas.filter((replica) => replica.alive).map(({ name }) => PREFIX + name);
    const listed = Object.keys(entriesOf(await this.#installation.cluster.api.get(this.#lease)));
    return listed.filter((name) => !alive.includes(name));
  }

  async #makeSecret(like: JsonObject | undefined): Promise<void> {
    const { name, namespace, labels, annotations } = objectOf(like?.metadata);
    const empty = {
      apiVersion: "v1",
      kind: "Secret",
      type: "Opaque",
      metadata: { name, namespace, labels, annotations },
    };
    await this.#installation.cluster.api.create(`/api/v1/namespaces/${this.#installation.name}/secrets`, empty);
  }

  #stored(secret: JsonObject | undefined): Observation["stored"] {
    const [certificate, ca] = [decoded(secret, "tls.crt"), decoded(secret, "ca.crt")];
    const inspection = inspectPair(
      { certificate, key: decoded(secret, "tls.key") },
      { hosts: [this.#host], trusted: ca, now: new Date() },
    );
    return {
      certificate: fingerprintOf(certificate),
      ca: fingerprintOf(ca),
      valid: "valid" in inspection,
      previous: certificatesIn(decoded(secret, "previous-ca.crt")).length,
    };
  }

  async #kubectl(args: readonly string[]): Promise<void> {
    const { code, stderr } = await this.#installation.cluster.kubectl(args);
    if (code !== 0) throw new Error(stderr);
  }

  get #host(): string {
    return this.#installation.host;
  }

  get #secret(): string {
    return `/api/v1/namespaces/${this.#installation.name}/secrets/${this.#installation.name}-tls`;
  }

  get #lease(): string {
    return `/apis/coordination.k8s.io/v1/namespaces/${this.#installation.name}/leases/${this.#installation.name}`;
  }

  #named(names: readonly Replica[]): ReplicaProcess[] {
    return this.#installation.replicas.filter(({ name }) => names.some((wanted) => wanted === name));
  }
}

function isReplica(name: string): name is Replica {
  return name === "a" || name === "b" || name === "c";
}

async function observed(replica: ReplicaProcess, bundles: readonly string[], host: string) {
  const calls = await Promise.allSettled(bundles.map((bundle) => handshake(replica.port, bundle, host)));
  const seen = await handshake(replica.port, undefined, host).catch(() => undefined);
  return {
    name: replica.name,
    ready: (await replica.notReady()) === undefined,
    certificate: seen,
    trusted: calls.length > 0 && calls.every((call) => call.status === "fulfilled"),
  };
}

/**
 * The fingerprint of the certificate served.
 * @throws if a client that trusts only `bundle` would not accept it for `host`.
 */
async function handshake(port: number, bundle: string | undefined, host: string): Promise<string> {
  const trust = bundle === undefined ? { rejectUnauthorized: false } : { ca: bundle, rejectUnauthorized: true };
  const name = bundle === undefined ? {} : { checkServerIdentity: () => undefined };
  const socket = connectTls({ host: "127.0.0.1", port, ...trust, ...name });
  try {
    await once(socket, "secureConnect", { signal: AbortSignal.timeout(3_000) });
    const leaf = new X509Certificate(socket.getPeerCertificate().raw);
    const isForHost = leaf.checkIP(host) ?? leaf.checkHost(host, { subject: "never" });
    if (bundle !== undefined && isForHost === undefined) throw new Error(`the certificate is not for ${host}`);
    return fingerprint(leaf);
  } finally {
    socket.destroy();
  }
}

/** A webhook configuration as Helm created it, without later changes by the server and Fairlead. */
function withoutBundles(object: JsonObject): JsonObject {
  const { name, labels, annotations } = objectOf(object.metadata);
  const webhooks = objectsAt(object, "webhooks").map((webhook) => {
    return { ...webhook, clientConfig: { ...objectOf(webhook.clientConfig), caBundle: undefined } };
  });
  return { apiVersion: object.apiVersion, kind: object.kind, metadata: { name, labels, annotations }, webhooks };
}

function collectionOf({ apiVersion, kind }: JsonObject): string {
  return `/apis/${String(apiVersion)}/${String(kind).toLowerCase()}s`;
}

function bundleIn(webhook: JsonObject): string {
  return Buffer.from(textAt(webhook, "clientConfig", "caBundle") ?? "", "base64").toString();
}

function decoded(secret: JsonObject | undefined, key: string): string {
  return Buffer.from(textAt(secret, "data", key) ?? "", "base64").toString();
}
