import { once } from "node:events";
import { createServer, type Server } from "node:https";
import { X509Certificate } from "node:crypto";
import { connect as connectTls, createSecureContext } from "node:tls";
import { connect } from "#src/cluster/api/connect.ts";
import { ApiError, type KubernetesApi } from "#src/cluster/api/kubernetes-api.ts";
import { certificatesIn, fingerprint } from "#src/cluster/certificates/pem.ts";
import { SelfIssuedCredentials, type SelfIssuedSettings } from "#src/cluster/certificates/self-issued.ts";
import type { Clock } from "#src/cluster/loop/clock.ts";
import { ReplicaRegistry } from "#src/cluster/replicas/replica-registry.ts";
import { valueAt } from "#src/field/json.ts";
import type { Replica } from "./scenarios.ts";

export const HOST = "fairlead.fairlead.svc";
export const HEARTBEAT = 10_000;

/** A client of the API server that stops working when its replica dies. */
class MortalApi implements KubernetesApi {
  dead = false;
  doomed = false;
  blind = false;
  onDeath: () => void = () => undefined;
  readonly #api: KubernetesApi;

  constructor(api: KubernetesApi) {
    this.#api = api;
  }

  get: KubernetesApi["get"] = (path) =>
    this.blind && path.includes("/secrets/")
      ? Promise.reject(new ApiError(0, "no answer"))
      : this.#alive(() => this.#api.get(path));
  create: KubernetesApi["create"] = (path, body) => this.#alive(() => this.#api.create(path, body));
  replace: KubernetesApi["replace"] = (path, body) => this.#alive(() => this.#api.replace(path, body));
  delete: KubernetesApi["delete"] = (path) => this.#alive(() => this.#api.delete(path));
  watch: KubernetesApi["watch"] = (path, onEvent, signal) => this.#alive(() => this.#api.watch(path, onEvent, signal));
  patch: KubernetesApi["patch"] = (path, kind, body) => {
    if (this.doomed && path.includes("webhookconfigurations")) {
      this.dead = true;
      this.onDeath();
    }
    return this.#alive(() => this.#api.patch(path, kind, body));
  };

  #alive<T>(call: () => Promise<T>): Promise<T> {
    return this.dead ? Promise.reject(new ApiError(0, "this replica is dead")) : call();
  }
}

/** One replica in this process: its credentials, its registry, and a TLS server with its certificate. */
export class TestReplica {
  readonly name: Replica;
  readonly credentials: SelfIssuedCredentials;
  readonly registry: ReplicaRegistry;
  readonly log: string[] = [];
  readonly #api: MortalApi;
  readonly #clock: Clock;
  readonly #server: Server;

  constructor(name: Replica, kubeconfig: string, clock: Clock, settings: SelfIssuedSettings) {
    this.name = name;
    this.#clock = clock;
    this.#api = new MortalApi(connect(kubeconfig));
    const write = (facts: Record<string, unknown>, message: string): void => {
      this.log.push(`${message} ${JSON.stringify(facts)}`);
    };
    const log = { info: write, warn: write };
    this.registry = new ReplicaRegistry(
      { api: this.#api, clock, log },
      {
        namespace: "fairlead",
        lease: "fairlead",
        replica: name,
        heartbeat: HEARTBEAT,
      },
    );
    this.credentials = new SelfIssuedCredentials({ api: this.#api, clock, log }, this.registry, settings);
    this.#server = createServer((_request, response) => response.end("{}"));
    this.credentials.subscribe(({ certificate, key }) => {
      this.#server.setSecureContext({ cert: certificate, key });
    });
  }

  async start(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    await this.registry.publish();
    this.credentials.start();
  }

  get dead(): boolean {
    return this.#api.dead;
  }

  doom(): void {
    this.#api.doomed = true;
    this.#api.onDeath = () => void this.kill();
  }

  blind(): void {
    this.#api.blind = true;
  }

  async stop(): Promise<void> {
    await this.credentials.close();
    await this.registry.close();
    await this.kill();
  }

  async kill(): Promise<void> {
    this.#api.dead = true;
    this.#server.closeAllConnections();
    this.#server.close();
    await Promise.resolve();
    void this.credentials.close();
    void this.registry.close();
  }

  /**
   * Calls the replica as the API server does for webhooks with these caBundles, each of which is to be all that is
   * trusted; returns the fingerprint of the certificate served, and for each caBundle whether the call was answered. The
   * dates are checked against the injected clock, which the TLS library does not use, and so one handshake does for all.
   */
  async call(caBundles: readonly string[]): Promise<{ readonly served: string; readonly trusted: readonly boolean[] }> {
    const port = valueAt(this.#server.address(), ["port"]);
    if (typeof port !== "number") throw new Error(`replica ${this.name} does not listen`);
    const options = { host: "127.0.0.1", port, servername: HOST, rejectUnauthorized: false };
    const socket = connectTls({ ...options, secureContext: CLIENT });
    try {
      await once(socket, "secureConnect");
      const leaf = new X509Certificate(socket.getPeerCertificate().raw);
      const now = this.#clock.now();
      return { served: fingerprint(leaf), trusted: caBundles.map((caBundle) => isTrusted(leaf, caBundle, now)) };
    } finally {
      socket.destroy();
    }
  }
}

/** Nothing in it: to make one for each call takes longer than the call. */
const CLIENT = createSecureContext();

function isTrusted(leaf: X509Certificate, caBundle: string, now: Date): boolean {
  const valid = ({ validFrom, validTo }: X509Certificate): boolean =>
    Date.parse(validFrom) <= now.getTime() && now.getTime() < Date.parse(validTo);
  const issuer = certificatesIn(caBundle).find((ca) => ca.ca && leaf.checkIssued(ca) && leaf.verify(ca.publicKey));
  return issuer !== undefined && valid(issuer) && valid(leaf) && leaf.checkHost(HOST) !== undefined;
}
