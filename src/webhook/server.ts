import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { AdmissionSettings, PolicyReviewer } from "../admission/index.ts";
import type { Checkpoint } from "../field/index.ts";
import {
  type ClusterFacts,
  secureContextOptions,
  type Credentials,
  type PolicySource,
  type ReadinessCheck,
  type ServingPair,
} from "../sources/index.ts";
import { ConfigError } from "../usage/index.ts";
import { certificateCheck } from "./certificates/index.ts";
import { closeServer, Connections, clientErrorHandler, listen } from "./connections/index.ts";
import { healthApp } from "./health-app.ts";
import { BytesInFlight, LoadShedder, ReviewBatches } from "./load/index.ts";
import type { Logger } from "./logging/index.ts";
import type { Metrics } from "./metrics/index.ts";
import { Readiness } from "./readiness.ts";
import { reviewHandler } from "./review-handler.ts";
import { reviewersByPath } from "./reviewers.ts";
import type { ServerConfig } from "./server-config.ts";
import { warmUp } from "./warm-up.ts";
import { WorkerProcess, type WorkerProcessOptions } from "./worker/index.ts";

/** All that a server is made of. What changes while it runs is asked for with each review. */
export interface ServerOptions {
  readonly config: ServerConfig;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly credentials: Credentials;
  readonly policies: PolicySource;
  /** Who answers for policies that are to be written to the cluster; nobody unless said. */
  readonly policyReviewer?: PolicyReviewer | undefined;
  readonly cluster: ClusterFacts;
  /** What else must hold before it is ready. */
  readonly readiness: readonly ReadinessCheck[];
  readonly clock: () => Date;
  readonly worker?: WorkerProcessOptions;
}

export interface RunningServer {
  /** The port of the webhook, and that of health and metrics: the picked ones, where 0 was asked for. */
  readonly port: number;
  readonly healthPort: number;
  readonly readiness: Readiness;
  readonly connections: { readonly webhook: Connections; readonly health: Connections };
  /** Ends it: not ready at once, then a while of serving on, then what is in flight is finished. */
  stop(): Promise<void>;
}

/** An API server keeps an idle connection for 90 seconds; it must not be us who closes it under a request. */
const KEEP_ALIVE = 120_000;
/** Longer than the longest timeout of a webhook. */
const REQUEST_TIMEOUT = 35_000;
/** How often, in milliseconds, Node looks for requests that are late. */
const CHECK_INTERVAL = 500;
const MEBIBYTE = 1024 * 1024;

/**
 * Starts to listen on both ports.
 * @throws ConfigError if one of them cannot be had.
 */
export async function startServer(parts: ServerOptions): Promise<RunningServer> {
  const { config, credentials, log, metrics, clock } = parts;
  const { limits } = config;
  metrics.showState(parts.cluster, parts.policies);
  const readiness = new Readiness([certificateCheck(credentials, clock), ...parts.readiness]);
  // Whoever may call the webhook need not know what it counts.
  const app = healthApp(readiness);
  const tls = tlsOptions(config, clientCAOf(config));
  const times = {
    keepAliveTimeout: KEEP_ALIVE,
    headersTimeout: limits.headSeconds * 1000,
    requestTimeout: REQUEST_TIMEOUT,
    connectionsCheckingInterval: CHECK_INTERVAL,
  };
  const health = createServer(times);
  const webhook = createTlsServer({ ...times, ...tls(credentials.current()) });
  const connections = {
    webhook: new Connections(webhook, true, limits),
    health: new Connections(health, false, limits),
  };
  const judge = new WorkerProcess(settingsOf(parts), log, {
    ...(limits.judgeMemory === 0 ? {} : { heap: limits.judgeMemory }),
    ...parts.worker,
  });
  answerAll(health, connections.health.countRequests(healthApp(readiness, metrics)));
  answerAll(webhook, withReviews(parts, readiness, app, { connections: connections.webhook, worker: judge }));
  const unsubscribe = credentials.subscribe((pair) => {
    // Connections that are open stay so; new ones get the new certificate.
    webhook.setSecureContext(tls(pair));
    metrics.showCertificate(pair);
  });
  const first = credentials.current();
  if (first !== undefined) metrics.showCertificate(first);
  webhook.on(
    "clientError",
    clientErrorHandler((socket) => connections.webhook.isOpen(socket)),
  );
  webhook.on("tlsClientError", (error) => {
    log.debug({ err: error }, "TLS handshake failed");
  });
  const healthPort = await listen(health, "healthPort", config);
  const port = await listen(webhook, "port", config).catch(async (error: unknown) => {
    await closeServer(health, connections.health, 0);
    throw error;
  });
  return {
    port,
    healthPort,
    readiness,
    connections,
    async stop() {
      readiness.stop();
      await sleep(config.shutdown.drainSeconds * 1000);
      await closeServer(webhook, connections.webhook, config.shutdown.graceSeconds * 1000);
      judge.close();
      await closeServer(health, connections.health, 0);
      unsubscribe();
    },
  };
}

/** What reviews are handed to. */
interface ReviewInfrastructure {
  readonly connections: Connections;
  readonly worker: WorkerProcess;
}

/** Also what expects something that nobody knows (`Expect: ...`), which Node would refuse unseen by log and metrics. */
function answerAll(server: Server, listener: RequestListener): void {
  server.on("request", listener);
  server.on("checkExpectation", listener);
}

/**
 * Reviews are taken before Express sees them. Its router, and the request and response that it dresses up, cost as
 * much time as the judgement itself (`npm run bench` shows both), and a review uses none of it.
 */
function withReviews(parts: ServerOptions, readiness: Readiness, app: RequestListener, shared: ReviewInfrastructure): RequestListener {
  const { config, log, metrics, policyReviewer } = parts;
  const settings = settingsOf(parts);
  warmUp(settings());
  const reviewers = reviewersByPath({ settings, policyReviewer, log, metrics });
  const turns = new ReviewBatches();
  const bytes = new BytesInFlight(config.limits.bodies * MEBIBYTE);
  const handle = reviewHandler({
    ...shared,
    log,
    metrics,
    batches: turns,
    bytes,
    shedder: new LoadShedder(turns, bytes, log),
    isStopping: () => readiness.isStopping,
    requiresClientCertificate: config.tls.clientCA !== undefined,
  });
  const other = shared.connections.countRequests(app);
  return (request, response) => {
    const url = request.url ?? "/";
    const mark = url.indexOf("?");
    const reviewer = reviewers.get(mark === -1 ? url : url.slice(0, mark));
    if (reviewer === undefined) {
      other(request, response);
      return;
    }
    handle(request, response, reviewer, mark === -1 ? "" : url.slice(mark + 1)).catch((error: unknown) => {
      log.error({ err: error, url }, "a review could not be answered");
      response.destroy();
    });
  };
}

function settingsOf({ config, policies, cluster, clock }: ServerOptions): (checkpoint?: Checkpoint) => AdmissionSettings {
  const { validity, defaults, exempt } = config;
  const exemptions = { namespaces: [...exempt.namespaces, exempt.ownNamespace], services: exempt.services };
  const namespaceLabels = cluster.namespaceLabels?.bind(cluster);
  return (checkpoint) => {
    const { profile, version } = cluster.current();
    return {
      cluster: profile,
      version,
      policies: policies.current(),
      ipFamilyPolicy: defaults.ipFamilyPolicy,
      validity,
      exempt: exemptions,
      today: clock().toISOString().slice(0, "YYYY-MM-DD".length),
      ...(namespaceLabels === undefined ? {} : { namespaceLabels }),
      ...(checkpoint === undefined ? {} : { checkpoint }),
    };
  };
}

/** @throws ConfigError if the file cannot be read. */
function clientCAOf({ tls: { clientCA } }: ServerConfig): string | undefined {
  if (clientCA === undefined) return undefined;
  try {
    const text = readFileSync(clientCA, "utf8");
    for (const pem of text.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [""])
      new X509Certificate(pem);
    return text;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`tls.clientCA must be a file of certificates in PEM, found ${clientCA}: ${reason}`]);
  }
}

/** What TLS is to be with a pair. Who shows no certificate is told so by the answer: probes need none. */
function tlsOptions({ limits }: ServerConfig, clientCA: string | undefined) {
  return (pair: ServingPair | undefined) =>
    ({
      ...(pair === undefined ? {} : secureContextOptions(pair)),
      handshakeTimeout: limits.handshakeSeconds * 1000,
      ...(clientCA === undefined ? {} : { ca: clientCA, requestCert: true, rejectUnauthorized: false }),
    }) as const;
}
