import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { PolicyReviewer } from "../admission/index.ts";
import {
  type ClusterFacts,
  type Credentials,
  type InventorySource,
  NO_INVENTORY,
  type PolicySource,
  type ReadinessCheck,
  secureContextOptions,
  type ServingPair,
} from "../sources/index.ts";
import { ConfigError } from "../usage/index.ts";
import { certificateCheck } from "./certificates/index.ts";
import { clientErrorHandler, closeServer, Connections, listen } from "./connections/index.ts";
import { lazyListener } from "./lazy-listener.ts";
import { BytesInFlight, LoadShedder, ReviewBatches } from "./load/index.ts";
import { type Logger, UnchangedReviews } from "./logging/index.ts";
import { type Metrics, type RecordOptions, recordOptionsOf } from "./metrics/index.ts";
import { Readiness } from "./readiness.ts";
import { reviewHandler } from "./review-handler.ts";
import { settingsOf } from "./review-settings.ts";
import { reviewersByPath } from "./reviewers.ts";
import type { ServerConfig } from "./server-config.ts";
import { warmUp } from "./warm-up.ts";
import { WorkerProcess, type WorkerProcessOptions } from "./worker/index.ts";

/** The configuration and the dependencies of a server. Sources are queried for each review, since they may change. */
export interface ServerOptions {
  readonly config: ServerConfig;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly credentials: Credentials;
  readonly policies: PolicySource;
  /** Reviews policies that are written to the cluster; default: no such reviews are answered. */
  readonly policyReviewer?: PolicyReviewer | undefined;
  readonly cluster: ClusterFacts;
  /** What is around the Services of the cluster; default: nothing is known of it. */
  readonly inventory?: InventorySource | undefined;
  /** Further readiness checks. */
  readonly readiness: readonly ReadinessCheck[];
  readonly clock: () => Date;
  readonly worker?: WorkerProcessOptions;
}

export interface RunningServer {
  /** The port of the webhook: the one that the system chose if the setting is 0. */
  readonly port: number;
  /** The port of health checks and metrics, likewise. */
  readonly healthPort: number;
  readonly readiness: Readiness;
  readonly connections: { readonly webhook: Connections; readonly health: Connections };
  /** Shuts the server down: it is not ready at once, serves for the drain time, then finishes the requests in flight. */
  stop(): Promise<void>;
}

/** In milliseconds. Longer than the 90 s of an API server: a connection must not be closed while a request is on its way. */
const KEEP_ALIVE = 120_000;
/** In milliseconds. Longer than the maximum timeout of a webhook, 30 s. */
const REQUEST_TIMEOUT = 35_000;
/** The interval at which Node checks for requests that exceed their timeouts, in milliseconds. */
const CHECK_INTERVAL = 500;
const MEBIBYTE = 1024 * 1024;

/**
 * Starts the server on both ports.
 * @throws ConfigError if it cannot listen on one of them, or the client CA cannot be read
 */
export async function startServer(given: ServerOptions): Promise<RunningServer> {
  const options = { ...given, inventory: given.inventory ?? NO_INVENTORY };
  const { config, credentials, log, metrics, clock } = options;
  const { limits } = config;
  metrics.observeState(options.cluster, options.policies);
  metrics.observeInventory(options.inventory);
  const readiness = new Readiness([certificateCheck(credentials, clock), ...options.readiness]);
  // On the webhook's port without metrics: not everybody who may call the webhook should see them.
  const app = lazyHealthApp(readiness);
  const tls = tlsOptions(config, clientCAOf(config));
  const timeouts = {
    keepAliveTimeout: KEEP_ALIVE,
    headersTimeout: limits.headSeconds * 1000,
    requestTimeout: REQUEST_TIMEOUT,
    connectionsCheckingInterval: CHECK_INTERVAL,
  };
  const health = createServer(timeouts);
  const webhook = createTlsServer({ ...timeouts, ...tls(credentials.current()) });
  const connections = {
    webhook: new Connections(webhook, true, limits),
    health: new Connections(health, false, limits),
  };
  const unchanged = new UnchangedReviews(log);
  const recordOptions = recordOptionsOf(log, config.log.unchanged);
  const worker = new WorkerProcess(
    settingsOf(options),
    { log, recordOptions },
    {
      ...(limits.judgeMemory === 0 ? {} : { heap: limits.judgeMemory }),
      ...options.worker,
    },
  );
  handleRequests(health, connections.health.countRequests(lazyHealthApp(readiness, metrics)));
  handleRequests(
    webhook,
    withReviews(options, readiness, app, { connections: connections.webhook, worker, unchanged, recordOptions }),
  );
  const unsubscribe = credentials.subscribe((pair) => {
    // Open connections stay open; new ones get the new certificate.
    webhook.setSecureContext(tls(pair));
    metrics.setCertificate(pair);
  });
  const pair = credentials.current();
  if (pair !== undefined) metrics.setCertificate(pair);
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
      worker.close();
      await closeServer(health, connections.health, 0);
      unsubscribe();
      unchanged.flush();
    },
  };
}

/** To load Express takes a seventh of the processor time of a start: the first probe does it. */
function lazyHealthApp(readiness: Readiness, metrics?: Metrics): RequestListener {
  return lazyListener(async () => (await import("./health-app.ts")).healthApp(readiness, metrics));
}

/** What the handler of reviews needs besides the options. */
interface ReviewInfrastructure {
  readonly connections: Connections;
  readonly worker: WorkerProcess;
  readonly unchanged: UnchangedReviews;
  readonly recordOptions: RecordOptions;
}

/**
 * Handles all requests, also those with an unknown `Expect` header: Node would refuse them by itself, without log and
 * metrics.
 */
function handleRequests(server: Server, listener: RequestListener): void {
  server.on("request", listener);
  server.on("checkExpectation", listener);
}

/**
 * Returns a listener that handles reviews itself and passes other requests to Express. Express's router and its wrappers
 * of request and response cost as much time as the judgement (`npm run bench` shows both), and reviews need neither.
 */
function withReviews(
  options: ServerOptions & { readonly inventory: InventorySource },
  readiness: Readiness,
  app: RequestListener,
  shared: ReviewInfrastructure,
): RequestListener {
  const { config, log, metrics, policyReviewer } = options;
  const settings = settingsOf(options);
  warmUp(settings());
  const reviewers = reviewersByPath({ ...shared, settings, policyReviewer, log, metrics });
  const batches = new ReviewBatches();
  const bytes = new BytesInFlight(config.limits.bodies * MEBIBYTE);
  const handle = reviewHandler({
    ...shared,
    log,
    metrics,
    batches,
    bytes,
    shedder: new LoadShedder(batches, bytes, log),
    isStopping: () => readiness.isStopping,
    requiresClientCertificate: config.tls.clientCA !== undefined,
  });
  const handleOther = shared.connections.countRequests(app);
  return (request, response) => {
    const url = request.url ?? "/";
    const queryStart = url.indexOf("?");
    const reviewer = reviewers.get(queryStart === -1 ? url : url.slice(0, queryStart));
    if (reviewer === undefined) {
      handleOther(request, response);
      return;
    }
    handle(request, response, reviewer, queryStart === -1 ? "" : url.slice(queryStart + 1)).catch((error: unknown) => {
      log.error({ err: error, url }, "a review could not be answered");
      response.destroy();
    });
  };
}

/** Reads the CA of client certificates. @throws ConfigError if the file cannot be read or contains an invalid certificate */
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

/**
 * Returns the TLS options for a pair. Clients without a certificate can connect even if there is a client CA: probes need
 * no certificate, and a review gets an answer that says what is missing.
 */
function tlsOptions({ limits }: ServerConfig, clientCA: string | undefined) {
  return (pair: ServingPair | undefined) =>
    ({
      ...(pair === undefined ? {} : secureContextOptions(pair)),
      handshakeTimeout: limits.handshakeSeconds * 1000,
      ...(clientCA === undefined ? {} : { ca: clientCA, requestCert: true, rejectUnauthorized: false }),
    }) as const;
}
