import { Agent, request as httpsRequest, type RequestOptions } from "node:https";
import { request as httpRequest } from "node:http";
import { pino } from "pino";
import type { PolicyReviewer } from "#src/admission/policy-review.ts";
import { NO_POLICIES, type PolicySet } from "#src/policy/model/types.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { type ClusterFacts, type ClusterState, fixedFacts } from "#src/sources/cluster-facts.ts";
import { type Credentials, fixedCredentials, type ReadinessCheck } from "#src/sources/credentials.ts";
import { makeSelfSigned, type SelfSignedPair } from "#src/webhook/certificates/self-signed.ts";
import { createMetrics, type Metrics } from "#src/webhook/metrics/metrics.ts";
import { type RunningServer, type ServerParts, startServer } from "#src/webhook/server.ts";
import type { WorkerProcessOptions } from "#src/webhook/worker/worker-process.ts";
import { cleanUpAfterTest } from "../cleanup.ts";
import { PATIENCE } from "../patience.ts";

/** What a test may want otherwise. */
export interface Wishes {
  readonly config?: Partial<ServerParts["config"]>;
  /** The policies; a function for those that change. */
  readonly policies?: PolicySet | (() => PolicySet);
  readonly policyReviewer?: PolicyReviewer;
  readonly credentials?: Credentials;
  readonly readiness?: readonly ReadinessCheck[];
  readonly ca?: string;
  readonly cluster?: Partial<ClusterState>;
  /** Facts that change while the server runs, or that go beyond `cluster`. */
  readonly facts?: ClusterFacts;
  /** The level of the log; `info` unless said. */
  readonly level?: "info" | "debug";
  readonly judge?: WorkerProcessOptions;
}

/** A reply over the socket. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A real server on free ports of 127.0.0.1, and a client that verifies its certificate. */
export interface TestServer {
  readonly server: RunningServer;
  readonly metrics: Metrics;
  /** The lines that it has logged. */
  readonly logged: readonly string[];
  /** Posts JSON, or text as it is, to the webhook. */
  post(path: string, body: unknown, options?: RequestOptions): Promise<Reply>;
  /** The CA of its certificate. */
  readonly ca: string;
  /** Asks the plain port. */
  get(path: string): Promise<Reply>;
  stop(): Promise<void>;
}

let shared: Promise<SelfSignedPair> | undefined;

/** One self-signed pair for all tests of a file: making one takes a while. */
export function sharedPair(): Promise<SelfSignedPair> {
  shared ??= makeSelfSigned(new Date());
  return shared;
}

export async function startTestServer(wishes: Wishes = {}): Promise<TestServer> {
  const pair = await sharedPair();
  const metrics = createMetrics("0.0.0-test");
  const logged: string[] = [];
  const server = await startServer({
    config: {
      host: "127.0.0.1",
      port: 0,
      healthPort: 0,
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
      ...wishes.config,
    },
    log: pino({ level: wishes.level ?? "info" }, { write: (line: string) => void logged.push(line) }),
    metrics,
    credentials: wishes.credentials ?? fixedCredentials(pair),
    policies: {
      current: () => (typeof wishes.policies === "function" ? wishes.policies() : (wishes.policies ?? NO_POLICIES)),
      close: () => Promise.resolve(),
    },
    cluster: wishes.facts ?? fixedFacts({ profile: PROFILES.dual, version: { minor: 36 }, ...wishes.cluster }),
    policyReviewer: wishes.policyReviewer,
    readiness: wishes.readiness ?? [],
    clock: () => new Date(),
    ...(wishes.judge === undefined ? {} : { judge: wishes.judge }),
  });
  const agent = new Agent({ keepAlive: true, ca: wishes.ca ?? pair.ca, servername: "localhost" });
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

/** One exchange; fails where the connection does. */
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

/** Waits until the condition holds, looking again and again; fails when the tests' patience is at its end. */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`never came true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
