import { writeFileSync } from "node:fs";
import type { ClusterParts } from "../cluster/open.ts";
import { fixedFacts } from "./cluster-facts.ts";
import { clusterStateOf } from "./config/load.ts";
import type { Config } from "./config/settings.ts";
import { type Credentials, fixedCredentials, type ReadinessCheck, WITHOUT_CREDENTIALS } from "./credentials.ts";
import { tryItText, writeTemporaryCA } from "./demo.ts";
import { FileCredentials } from "./file-credentials.ts";
import { createLog, type Logger } from "./log.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { WITHOUT_POLICIES } from "./policies.ts";
import { type RunningServer, startServer } from "./server.ts";

/** How often, in milliseconds, a server that is not ready yet looks whether it is. */
const READY_POLL = 100;

/** The certificate in use, with what comes with its source. */
interface Serving {
  readonly credentials: Credentials;
  readonly readiness: readonly ReadinessCheck[];
  /** The CA of a certificate made on the spot. */
  readonly ca?: string;
}

/**
 * Runs the webhook until SIGTERM or SIGINT, and then ends it in order.
 * @param demo whether to say on standard output what to try.
 */
export async function serve(config: Config, version: string, demo: boolean): Promise<void> {
  const { log, flush } = createLog(config.log.level);
  const metrics = createMetrics(version);
  const own = config.certificates.mode === "self" ? undefined : await openCredentials(config, log, metrics);
  const cluster = await openClusterIfAsked(config, log, metrics, own?.credentials);
  const credentials = cluster?.credentials ?? own?.credentials ?? WITHOUT_CREDENTIALS;
  const policies = cluster?.policies ?? WITHOUT_POLICIES;
  const ca = own?.ca;
  const server = await startServer({
    config,
    log,
    metrics,
    credentials,
    policies,
    cluster: cluster?.facts ?? fixedFacts(clusterStateOf(config)),
    readiness: [...(own?.readiness ?? []), ...(cluster?.readiness ?? [])],
    clock: () => new Date(),
  });
  const stop = stopSignal();
  await announce(server, log, stop);
  const caFile = demo && ca !== undefined ? writeTemporaryCA(ca) : undefined;
  flush();
  if (caFile !== undefined) process.stdout.write(tryItText(server.port, server.healthPort, caFile.path));
  if (ca !== undefined && !demo)
    log.warn("the certificate was made on the spot; give one with --tls-cert and --tls-key");

  log.info({ signal: await stop }, "stopping");
  await server.stop();
  await Promise.all([credentials.close(), policies.close(), cluster?.close()]);
  caFile?.remove();
  log.info("stopped");
  flush();
}

/** The client of the Kubernetes API is large: it is loaded only where there is something to ask a cluster for. */
async function openClusterIfAsked(
  config: Config,
  log: Logger,
  metrics: Metrics,
  mounted: Credentials | undefined,
): Promise<ClusterParts | undefined> {
  const { certificates, kubernetes, cluster } = config;
  if (certificates.mode === "local" && kubernetes.policies === "ignore" && cluster.discover.length === 0)
    return undefined;
  const { openCluster } = await import("../cluster/open.ts");
  return openCluster({ config, log, metrics, mounted });
}

async function openCredentials(config: Config, log: Logger, metrics: Metrics): Promise<Serving> {
  const { certificate, key, caFile } = config.tls;
  if (certificate !== undefined && key !== undefined) {
    const credentials = await FileCredentials.open({ certificate, key }, reloadListener(log, metrics));
    // While an older pair serves on, trouble with a newer one is for the log and the metrics.
    const readiness = () => (credentials.current() === undefined ? credentials.problem() : undefined);
    return { credentials, readiness: [readiness] };
  }
  // Loaded where it is needed alone: a server with a certificate of its own starts without it.
  const { makeSelfSigned } = await import("./self-signed.ts");
  const pair = await makeSelfSigned(new Date());
  if (caFile !== undefined) writeFileSync(caFile, pair.ca);
  return { credentials: fixedCredentials(pair), readiness: [], ca: pair.ca };
}

function reloadListener(log: Logger, metrics: Metrics) {
  return {
    success: (): void => {
      metrics.reload("certificate", "success");
      log.info("the certificate changed; new connections get the new one");
    },
    error: (problem: string): void => {
      metrics.reload("certificate", "error");
      log.error({ problem }, "the certificate cannot be used");
    },
  };
}

/** Says that the server is ready, as soon as it is, and until then what keeps it. */
async function announce(server: RunningServer, log: Logger, stop: Promise<string>): Promise<void> {
  let said = "";
  for (;;) {
    const reasons = server.readiness.reasons().join("; ");
    if (reasons === "") break;
    if (reasons !== said) log.warn({ reasons }, "not ready");
    said = reasons;
    if (await Promise.race([stop.then(() => true), pause(READY_POLL)])) return;
  }
  // Whatever level is asked for: scripts wait for this line.
  log
    .child({}, { level: "info" })
    .info({ port: server.port, healthPort: server.healthPort, pid: process.pid }, "ready");
}

function pause(milliseconds: number): Promise<false> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(false);
    }, milliseconds);
  });
}

/** The signal that asks the server to end. A second one ends the process at once. */
function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, resolve);
  });
}
