import { createSecureContext, type SecureContext } from "node:tls";
import { pino } from "pino";
import type { AdmissionSettings } from "#src/admission/settings.ts";
import { loadConfig } from "#src/serve/config/load.ts";
import { fixedFacts } from "#src/sources/cluster-facts.ts";
import { fixedCredentials } from "#src/sources/credentials.ts";
import { makeSelfSigned } from "#src/webhook/certificates/self-signed.ts";
import { createMetrics } from "#src/webhook/metrics/metrics.ts";
import { startServer } from "#src/webhook/server.ts";
import { Broken } from "../target.ts";

/** The server under test, on a free port of 127.0.0.1. */
export interface TestedServer {
  readonly port: number;
  /** A context that trusts its CA. */
  readonly trust: SecureContext;
  /** @throws Broken if the log has an invalid line or reports a bug */
  readonly checkLog: () => void;
  readonly stop: () => Promise<void>;
}

/** The maximum length of a log line, in characters. */
const MAX_LINE_LENGTH = 64 * 1024;

/** Starts the server as `serve` does, with these settings. */
export async function startTested(settings: AdmissionSettings): Promise<TestedServer> {
  const pair = await makeSelfSigned(new Date());
  const log = new LogReader();
  const config = loadConfig({
    environment: {},
    flags: { host: "127.0.0.1", port: "0", "health-port": "0", drain: "0", grace: "5" },
  });
  const server = await startServer({
    config,
    log: pino({ level: "info" }, log),
    metrics: createMetrics("0.0.0-fuzz"),
    credentials: fixedCredentials(pair),
    policies: { current: () => settings.policies, close: () => Promise.resolve() },
    cluster: fixedFacts({ profile: settings.cluster, version: settings.version }),
    readiness: [],
    clock: () => new Date(`${settings.today}T12:00:00Z`),
  });
  return {
    port: server.port,
    trust: createSecureContext({ ca: pair.ca }),
    checkLog: () => {
      log.check();
    },
    stop: () => server.stop(),
  };
}

/** The destination of log lines: each must be one line of JSON, and none may have the level `error`. */
class LogReader {
  #problem: string | undefined;

  write(line: string): void {
    // Parsing each line would cost as much as the review; a broken line is recognised by its start and end.
    const isLine = line.startsWith("{") && line.indexOf("\n") === line.length - 1 && line.length <= MAX_LINE_LENGTH;
    if (!isLine) this.#problem = `a log line of ${line.length} characters: ${line.slice(0, 500)}`;
    else if (line.startsWith('{"level":50')) this.#problem = line.slice(0, 2000);
  }

  check(): void {
    if (this.#problem === undefined) return;
    const problem = this.#problem;
    this.#problem = undefined;
    throw new Broken("a sound log", problem);
  }
}
