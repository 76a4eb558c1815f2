import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { AdmissionSettings } from "../admission/settings.ts";
import { healthApp } from "./app.ts";
import { endAfterAnswers } from "./client-error.ts";
import type { ClusterFacts } from "./cluster-facts.ts";
import type { Config } from "./config/settings.ts";
import type { Credentials, ReadinessCheck, ServingPair } from "./credentials.ts";
import { close, listen, socketsOf } from "./listen.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { PolicyReviewer, PolicySource } from "./policies.ts";
import { certificateCheck, Readiness } from "./readiness.ts";
import { reviewHandler } from "./review-handler.ts";
import { reviewersOf } from "./reviewers.ts";
import { warmUp } from "./warm-up.ts";

/** All that a server is made of. What changes while it runs is asked for with each review. */
export interface ServerParts {
  readonly config: Pick<Config, "host" | "port" | "healthPort" | "validity" | "defaults" | "exempt" | "shutdown">;
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
}

export interface RunningServer {
  /** The port of the webhook, and that of health and metrics: the picked ones, where 0 was asked for. */
  readonly port: number;
  readonly healthPort: number;
  readonly readiness: Readiness;
  /** Ends it: not ready at once, then a while of serving on, then what is in flight is finished. */
  stop(): Promise<void>;
}

/** An API server keeps an idle connection for 90 seconds; it must not be us who closes it under a request. */
const KEEP_ALIVE = 120_000;
const HANDSHAKE_TIMEOUT = 10_000;
const HEADERS_TIMEOUT = 15_000;
/** Longer than the longest timeout of a webhook. */
const REQUEST_TIMEOUT = 35_000;

/**
 * Starts to listen on both ports.
 * @throws ConfigError if one of them cannot be had.
 */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { config, credentials, log, metrics, clock } = parts;
  metrics.watchState(parts.cluster, parts.policies);
  const readiness = new Readiness([certificateCheck(credentials, clock), ...parts.readiness]);
  const app = healthApp(readiness, metrics);
  const health = createServer(app);
  const webhook = createTlsServer(tlsOptions(credentials.current()), withReviews(parts, readiness, app));
  const unsubscribe = credentials.subscribe((pair) => {
    // Connections that are open stay so; new ones get the new certificate.
    webhook.setSecureContext(tlsOptions(pair));
    metrics.serving(pair);
  });
  const first = credentials.current();
  if (first !== undefined) metrics.serving(first);
  webhook.on("clientError", endAfterAnswers);
  webhook.on("tlsClientError", (error) => {
    log.debug({ err: error }, "TLS handshake failed");
  });
  const sockets = { webhook: socketsOf(webhook), health: socketsOf(health) };
  for (const server of [webhook, health]) {
    server.keepAliveTimeout = KEEP_ALIVE;
    server.headersTimeout = HEADERS_TIMEOUT;
    server.requestTimeout = REQUEST_TIMEOUT;
  }
  const healthPort = await listen(health, "healthPort", config);
  const port = await listen(webhook, "port", config).catch(async (error: unknown) => {
    await close(health, sockets.health, 0);
    throw error;
  });
  return {
    port,
    healthPort,
    readiness,
    async stop() {
      readiness.stop();
      await sleep(config.shutdown.drainSeconds * 1000);
      await close(webhook, sockets.webhook, config.shutdown.graceSeconds * 1000);
      await close(health, sockets.health, 0);
      unsubscribe();
    },
  };
}

/**
 * Reviews are taken before Express sees them. Its router, and the request and response that it dresses up, cost as
 * much time as the judgement itself (`npm run bench` shows both), and a review uses none of it.
 */
function withReviews(parts: ServerParts, readiness: Readiness, app: RequestListener): RequestListener {
  const { log, metrics, policyReviewer } = parts;
  const settings = settingsOf(parts);
  warmUp(settings());
  const reviewers = reviewersOf({ settings, policyReviewer, log, metrics });
  const handle = reviewHandler({ log, metrics, stopping: () => readiness.stopping });
  return (request, response) => {
    const url = request.url ?? "/";
    const mark = url.indexOf("?");
    const reviewer = reviewers.get(mark === -1 ? url : url.slice(0, mark));
    if (reviewer === undefined) {
      app(request, response);
      return;
    }
    handle(request, response, reviewer, mark === -1 ? "" : url.slice(mark + 1)).catch((error: unknown) => {
      log.error({ err: error, url }, "a review could not be answered");
      response.destroy();
    });
  };
}

function settingsOf({ config, policies, cluster, clock }: ServerParts): () => AdmissionSettings {
  const { validity, defaults, exempt } = config;
  const exemptions = { namespaces: [...exempt.namespaces, exempt.ownNamespace], services: exempt.services };
  const namespaceLabels = cluster.namespaceLabels?.bind(cluster);
  return () => {
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
    };
  };
}

function tlsOptions(pair: ServingPair | undefined) {
  return {
    minVersion: "TLSv1.2",
    handshakeTimeout: HANDSHAKE_TIMEOUT,
    ...(pair === undefined ? {} : { cert: pair.certificate, key: pair.key }),
  } as const;
}
