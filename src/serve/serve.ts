import { writeFileSync } from "node:fs";
import {
  type Credentials,
  EMPTY_POLICY_SOURCE,
  fixedCredentials,
  fixedFacts,
  mergePolicySources,
  NO_CREDENTIALS,
  type PolicySource,
  type ReadinessCheck,
} from "../sources/index.ts";
import { EXIT_CODES } from "../usage/index.ts";
import { FileCredentials } from "../webhook/certificates/index.ts";
import { type RunningServer, startServer, watchUncaughtErrors } from "../webhook/index.ts";
import { createLog, type Logger } from "../webhook/logging/index.ts";
import { createMetrics, type Metrics } from "../webhook/metrics/index.ts";
import { clusterStateOf, type Config } from "./config/index.ts";
import { tryItText, writeTemporaryCA } from "./demo.ts";
import type { ClusterParts } from "./open-cluster.ts";
import { stopSignal } from "./signals.ts";

/** How often, in milliseconds, a server that is not ready yet looks whether it is. */
const READY_POLL = 100;

/** The exit code of a server that ended by a bug of its own. */
const BROKEN = EXIT_CODES.unusable;

/** The certificate in use, with what comes with its source. */
interface Serving {
  readonly credentials: Credentials;
  readonly readiness: readonly ReadinessCheck[];
  /** The CA of a certificate made on the spot. */
  readonly ca?: string;
}

/** How long, in milliseconds, what was opened may take to be closed, and then what is left over to come to its end. */
const CLOSING_TIME = 5000;
const LAST_TIME = 1000;

/**
 * Runs the webhook until SIGTERM or SIGINT, and then ends it in order.
 * @param demo whether to say on standard output what to try.
 * @returns the exit code.
 * @throws ConfigError for policies that cannot be used, or a port that cannot be had.
 */
export async function serve(config: Config, version: string, demo: boolean): Promise<number> {
  const signal = stopSignal(demo);
  const metrics = createMetrics(version);
  const { log, print, flush } = createLog(config.log.level, () => {
    metrics.countDroppedLine();
  });
  const exception = watchUncaughtErrors(log, metrics);
  const stop = Promise.race([signal, exception]);
  /** What to end, the last one first, however this ends: a watch left open would keep the process alive. */
  const endings: (() => Promise<void> | undefined)[] = [];
  let code = 0;
  void exception.then(() => (code = BROKEN));
  try {
    const opened = await Promise.race([open(config, metrics, log, endings), stop.then(() => undefined)]);
    if (opened === undefined) {
      log.info({ signal: await stop }, "stopped before it was ready");
      return code;
    }
    const { server, ca } = opened;
    await announce(server, log, stop);
    const caFile = demo && ca !== undefined ? writeTemporaryCA(ca) : undefined;
    await flush();
    if (caFile !== undefined) print(tryItText(server.port, server.healthPort, caFile.path));
    else if (ca !== undefined) log.warn("the certificate was made on the spot; give one with --tls-cert and --tls-key");
    log.info({ signal: await stop }, "stopping");
    await server.stop();
    caFile?.remove();
    log.info("stopped");
    return code;
  } finally {
    await closeAll(endings, log);
    await flush();
    // What is opening still, or a line that nobody reads, must not hold up an end that was asked for.
    setTimeout(() => process.exit(), LAST_TIME).unref();
  }
}

/** Ends what was opened, the last one first. What waits for somebody who does not answer is left behind. */
async function closeAll(endings: (() => Promise<void> | undefined)[], log: Logger): Promise<void> {
  const ended = (async () => {
    for (const end of endings.reverse()) await end();
  })();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not within ${CLOSING_TIME} ms`));
    }, CLOSING_TIME);
  });
  await Promise.race([ended, late]).catch((error: unknown) => {
    log.warn({ err: error }, "not everything could be closed");
  });
  clearTimeout(timer);
}

async function open(
  config: Config,
  metrics: Metrics,
  log: Logger,
  endings: (() => Promise<void> | undefined)[],
): Promise<{ readonly server: RunningServer; readonly ca: string | undefined }> {
  const files = await openPolicies(config, log, metrics);
  endings.push(() => files.close());
  const own = config.certificates.mode === "self" ? undefined : await openCredentials(config, log, metrics);
  endings.push(() => own?.credentials.close());
  const cluster = await openClusterIfAsked(config, log, metrics, own?.credentials);
  endings.push(() => cluster?.close());
  const server = await startServer({
    config,
    log,
    metrics,
    credentials: cluster?.credentials ?? own?.credentials ?? NO_CREDENTIALS,
    policies: mergePolicySources(files, cluster?.policies ?? EMPTY_POLICY_SOURCE),
    policyReviewer: cluster?.policyReviewer,
    cluster: cluster?.facts ?? fixedFacts(clusterStateOf(config)),
    readiness: [...(own?.readiness ?? []), ...(cluster?.readiness ?? [])],
    clock: () => new Date(),
  });
  return { server, ca: own?.ca };
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
  const { openCluster } = await import("./open-cluster.ts");
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
  const { makeSelfSigned } = await import("../webhook/certificates/index.ts");
  const pair = await makeSelfSigned(new Date());
  if (caFile !== undefined) writeFileSync(caFile, pair.ca);
  return { credentials: fixedCredentials(pair), readiness: [], ca: pair.ca };
}

/** The policy room is large: a server without policies starts without it. */
async function openPolicies(config: Config, log: Logger, metrics: Metrics): Promise<PolicySource> {
  if (config.policies.length === 0) return EMPTY_POLICY_SOURCE;
  const { openPolicyFiles } = await import("./policy-files.ts");
  return openPolicyFiles(config.policies, {
    success: ({ size }) => {
      metrics.countReload("policies", "success");
      log.info({ policies: size }, "the policies changed");
    },
    error: (problems) => {
      metrics.countReload("policies", "error");
      log.error({ problems }, "the changed policies cannot be used; the old ones stay in use");
    },
  });
}

function reloadListener(log: Logger, metrics: Metrics) {
  return {
    success: (): void => {
      metrics.countReload("certificate", "success");
      log.info("the certificate changed; new connections get the new one");
    },
    error: (problem: string): void => {
      metrics.countReload("certificate", "error");
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
