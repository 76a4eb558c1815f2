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

/** The server under test, on a free port of 127.0.0.1, with its log read. */
export interface TestedServer {
  readonly port: number;
  /** Its CA. */
  readonly trust: SecureContext;
  /** @throws Broken if the log holds what it must not */
  readonly checkLog: () => void;
  readonly stop: () => Promise<void>;
}

/** A line for people and programs: longer ones are cut or counted. */
const LONGEST_LINE = 64 * 1024;

/** Starts the server as `serve` does, judging by the settings. */
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

/** Where log lines go: each must be one line of JSON, and none may speak of a bug. */
class LogReader {
  #problem: string | undefined;

  write(line: string): void {
    // Parsing each line would cost as much as the review: what makes it two lines, or none of JSON, shows at its ends.
    const isLine = line.startsWith("{") && line.indexOf("\n") === line.length - 1 && line.length <= LONGEST_LINE;
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
