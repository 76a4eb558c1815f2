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
import { inventoryOff } from "./inventory-off.ts";
import type { ClusterParts } from "./open-cluster.ts";
import { stopSignal } from "./signals.ts";

/** Milliseconds between two readiness checks while the server is not ready. */
const READY_POLL = 100;

/** The exit code after an unexpected error. */
const CRASHED = EXIT_CODES.unusable;

/** The server's own certificate, with its readiness checks. */
interface OwnCredentials {
  readonly credentials: Credentials;
  readonly readiness: readonly ReadinessCheck[];
  /** The CA, if the certificate was generated at the start. */
  readonly ca?: string;
}

/** Milliseconds that closing may take, and then, that the process may take to exit by itself. */
const CLOSE_TIMEOUT = 5000;
const EXIT_GRACE = 1000;

/**
 * Runs the webhook until SIGTERM or SIGINT, then shuts it down.
 * @param demo whether to print on standard output what to try.
 * @param onReady called once the server is ready.
 * @returns the exit code.
 * @throws ConfigError if the policies cannot be used, or a port is not available.
 */
export async function serve(
  config: Config,
  version: string,
  { demo, onReady }: { readonly demo: boolean; readonly onReady: () => void },
): Promise<number> {
  const signal = stopSignal(demo);
  const metrics = createMetrics(version);
  const { log, print, flush } = createLog(config.log.level, () => {
    metrics.countDroppedLine();
  });
  const exception = watchUncaughtErrors(log, metrics);
  const stop = Promise.race([signal, exception]);
  /** What to close in the end, the last one first: a watch left open would keep the process alive. */
  const closers: (() => Promise<void> | undefined)[] = [];
  let code = 0;
  void exception.then(() => (code = CRASHED));
  try {
    const opened = await Promise.race([open(config, metrics, log, closers), stop.then(() => undefined)]);
    if (opened === undefined) {
      log.info({ signal: await stop }, "stopped before it was ready");
      return code;
    }
    const { server, ca } = opened;
    await announce(server, log, stop);
    const caFile = demo && ca !== undefined ? writeTemporaryCA(ca) : undefined;
    await flush();
    if (caFile !== undefined) print(tryItText(server.port, server.healthPort, caFile.path));
    else if (ca !== undefined)
      log.warn("the certificate is self-signed and temporary; set one with --tls-cert and --tls-key");
    onReady();
    log.info({ signal: await stop }, "stopping");
    await server.stop();
    caFile?.remove();
    log.info("stopped");
    return code;
  } finally {
    await closeAll(closers, log);
    await flush();
    // Neither an unfinished start nor an unread log line may delay the exit.
    setTimeout(() => process.exit(), EXIT_GRACE).unref();
  }
}

/** Closes what was opened, the last one first. What does not close in time is abandoned. */
async function closeAll(closers: (() => Promise<void> | undefined)[], log: Logger): Promise<void> {
  const ended = (async () => {
    for (const end of closers.reverse()) await end();
  })();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not within ${CLOSE_TIMEOUT} ms`));
    }, CLOSE_TIMEOUT);
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
  closers: (() => Promise<void> | undefined)[],
): Promise<{ readonly server: RunningServer; readonly ca: string | undefined }> {
  const files = await openPolicies(config, log, metrics);
  closers.push(() => files.close());
  const own = config.certificates.mode === "self" ? undefined : await openCredentials(config, log, metrics);
  closers.push(() => own?.credentials.close());
  const cluster = await openClusterIfConfigured(config, log, metrics, own?.credentials);
  closers.push(() => cluster?.close());
  const policies = mergePolicySources(files, cluster?.policies ?? EMPTY_POLICY_SOURCE);
  cluster?.inventory?.start(() => policies.current().needs);
  cluster?.startAudit(policies);
  const server = await startServer({
    config,
    log,
    metrics,
    credentials: cluster?.credentials ?? own?.credentials ?? NO_CREDENTIALS,
    policies,
    policyReviewer: cluster?.policyReviewer,
    cluster: cluster?.facts ?? fixedFacts(clusterStateOf(config)),
    inventory: cluster?.inventory ?? inventoryOff(policies, log),
    readiness: [...(own?.readiness ?? []), ...(cluster?.readiness ?? [])],
    clock: () => new Date(),
  });
  return { server, ca: own?.ca };
}

/** The client of the Kubernetes API is large: it is loaded only if something of a cluster is needed. */
async function openClusterIfConfigured(
  config: Config,
  log: Logger,
  metrics: Metrics,
  mounted: Credentials | undefined,
): Promise<ClusterParts | undefined> {
  const { certificates, kubernetes, cluster, audit } = config;
  const needsNothing = kubernetes.policies === "ignore" && kubernetes.inventory === "ignore" && audit.mode === "off";
  if (certificates.mode === "local" && needsNothing && cluster.discover.length === 0) return undefined;
  const { openCluster } = await import("./open-cluster.ts");
  return openCluster({ config, log, metrics, mounted });
}

async function openCredentials(config: Config, log: Logger, metrics: Metrics): Promise<OwnCredentials> {
  const { certificate, key, caFile } = config.tls;
  if (certificate !== undefined && key !== undefined) {
    const credentials = await FileCredentials.open({ certificate, key }, reloadListener(log, metrics));
    // While an older pair is in use, a problem with a newer one is only logged and counted.
    const readiness = () => (credentials.current() === undefined ? credentials.problem() : undefined);
    return { credentials, readiness: [readiness] };
  }
  // Loaded only here: a server with a certificate of its own does not need it.
  const { makeSelfSigned } = await import("../webhook/certificates/index.ts");
  const pair = await makeSelfSigned(new Date());
  if (caFile !== undefined) writeFileSync(caFile, pair.ca);
  return { credentials: fixedCredentials(pair), readiness: [], ca: pair.ca };
}

/** The policy code is large: it is loaded only if there are policies. */
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
    notes: (notes) => {
      if (notes.length > 0) log.warn({ notes }, "some of the policies are passed over");
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

/** Logs that the server is ready as soon as it is, and the reasons while it is not. */
async function announce(server: RunningServer, log: Logger, stop: Promise<string>): Promise<void> {
  let logged = "";
  for (;;) {
    const reasons = server.readiness.reasons().join("; ");
    if (reasons === "") break;
    if (reasons !== logged) log.warn({ reasons }, "not ready");
    logged = reasons;
    if (await Promise.race([stop.then(() => true), delay(READY_POLL)])) return;
  }
  // At every log level: scripts wait for this line.
  log
    .child({}, { level: "info" })
    .info({ port: server.port, healthPort: server.healthPort, pid: process.pid }, "ready");
}

function delay(milliseconds: number): Promise<false> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(false);
    }, milliseconds);
  });
}
