import { Agent, request as httpsRequest, type RequestOptions } from "node:https";
import { request as httpRequest } from "node:http";
import { pino } from "pino";
import type { PolicyReviewer } from "#src/admission/policy-review.ts";
import type { KnownInventory } from "#src/admission/settings.ts";
import { NO_POLICIES, type PolicySet } from "#src/policy/model/types.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { type ClusterFacts, type ClusterState, fixedFacts } from "#src/sources/cluster-facts.ts";
import type { InventorySource } from "#src/sources/inventory-source.ts";
import { type Credentials, fixedCredentials, type ReadinessCheck } from "#src/sources/credentials.ts";
import { makeSelfSigned, type SelfSignedPair } from "#src/webhook/certificates/self-signed.ts";
import { createMetrics, type Metrics } from "#src/webhook/metrics/metrics.ts";
import { type RunningServer, type ServerOptions, startServer } from "#src/webhook/server.ts";
import type { WorkerProcessOptions } from "#src/webhook/worker/worker-process.ts";
import { cleanUpAfterTest } from "../cleanup.ts";
import { PATIENCE } from "../patience.ts";

/** Options that have defaults. */
export interface TestServerOptions {
  readonly config?: Partial<ServerOptions["config"]>;
  /** The policies; a function if they change during the test. */
  readonly policies?: PolicySet | (() => PolicySet);
  readonly policyReviewer?: PolicyReviewer;
  readonly credentials?: Credentials;
  readonly readiness?: readonly ReadinessCheck[];
  readonly ca?: string;
  readonly cluster?: Partial<ClusterState>;
  /** Replaces `cluster`, for facts that change during the test or include namespace labels. */
  readonly facts?: ClusterFacts;
  /** What is around the Services: what is known of it at each review, or the whole source. */
  readonly inventory?: InventorySource | (() => KnownInventory | undefined);
  /** The log level; default: `info`. */
  readonly level?: "info" | "debug";
  readonly worker?: WorkerProcessOptions;
}

/** An HTTP reply. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A real server on free ports of 127.0.0.1, and a client that verifies its certificate. */
export interface TestServer {
  readonly server: RunningServer;
  readonly metrics: Metrics;
  /** The log lines so far. */
  readonly logged: readonly string[];
  /** Sends a POST to the webhook: strings and bytes unchanged, other values as JSON. */
  post(path: string, body: unknown, options?: RequestOptions): Promise<Reply>;
  /** The CA of its certificate. */
  readonly ca: string;
  /** Sends a GET to the health port. */
  get(path: string): Promise<Reply>;
  stop(): Promise<void>;
}

let cachedPair: Promise<SelfSignedPair> | undefined;

/** One self-signed pair for all tests of a file: creating one takes a while. */
export function sharedPair(): Promise<SelfSignedPair> {
  cachedPair ??= makeSelfSigned(new Date());
  return cachedPair;
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const pair = await sharedPair();
  const metrics = createMetrics("0.0.0-test");
  const logged: string[] = [];
  const server = await startServer({
    config: {
      host: "127.0.0.1",
      port: 0,
      healthPort: 0,
      log: { unchanged: "all" },
      validity: "deny",
      defaults: { ipFamilyPolicy: "server" },
      exempt: { ownNamespace: "fairlead", namespaces: ["kube-system"], services: ["default/kubernetes"] },
      tls: {},
      shutdown: { drainSeconds: 0, graceSeconds: 5 },
      limits: {
        connections: 512,
        handshakes: 256,
        handshakeSeconds: 5,
        headSeconds: 10,
        replySeconds: 5,
        bodies: 28,
        judgeMemory: 0,
      },
      ...options.config,
    },
    log: pino({ level: options.level ?? "info" }, { write: (line: string) => void logged.push(line) }),
    metrics,
    credentials: options.credentials ?? fixedCredentials(pair),
    policies: {
      current: () => (typeof options.policies === "function" ? options.policies() : (options.policies ?? NO_POLICIES)),
      close: () => Promise.resolve(),
    },
    cluster: options.facts ?? fixedFacts({ profile: PROFILES.dual, version: { minor: 36 }, ...options.cluster }),
    inventory:
      typeof options.inventory === "function"
        ? { current: options.inventory, close: () => Promise.resolve() }
        : options.inventory,
    policyReviewer: options.policyReviewer,
    readiness: options.readiness ?? [],
    clock: () => new Date(),
    ...(options.worker === undefined ? {} : { worker: options.worker }),
  });
  const agent = new Agent({ keepAlive: true, ca: options.ca ?? pair.ca, servername: "localhost" });
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    agent.destroy();
    return (stopped ??= server.stop());
  };
  cleanUpAfterTest(stop);
  return {
    server,
    metrics,
    logged,
    ca: pair.ca,
    post: (path, body, options = {}) =>
      send(httpsRequest, body, {
        host: "127.0.0.1",
        port: server.port,
        path,
        agent,
        method: "POST",
        headers: { "Content-Type": "application/json" },
        ...options,
      }),
    get: (path) => send(httpRequest, undefined, { host: "127.0.0.1", port: server.healthPort, path, agent: false }),
    stop,
  };
}

/** Sends one request; rejects if the connection fails. */
export function send(
  request: typeof httpsRequest | typeof httpRequest,
  body: unknown,
  options: RequestOptions,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const client = request(options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
      response.on("error", reject);
    });
    client.on("error", reject);
    if (body === undefined) client.end();
    else client.end(typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body));
  });
}

/** Waits until the condition is true. @throws if it is not true within {@link PATIENCE} */
export async function until(condition: () => boolean | Promise<boolean>, description: string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`never came true: ${description}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
