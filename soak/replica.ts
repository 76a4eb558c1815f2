import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, truncateSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "node:tls";
import { IMAGE_FLAGS } from "#bench/webhook/image-flags.ts";

const CLI = join(import.meta.dirname, "..", "dist", "cli.js");

/** How long a replica may take to become ready, to load a change, and to exit, in milliseconds each. */
export const PATIENCE = 60_000;
const POLL = 100;

/**
 * The heap limits of the main and the worker process in MiB, as in the chart's container of 512Mi: without a limit, a
 * heap grows to what a large machine has.
 */
const [HEAP, WORKER_HEAP] = [154, 179];

/** How long a replica goes on serving after SIGTERM, and how long requests in flight may then take, in seconds. */
const DRAIN = 2;
const GRACE = 10;

/** `up`: must answer. `leaving`: shutting down, answers while it drains. `down`: not running. */
export type State = "up" | "leaving" | "down";

export interface ReplicaOptions {
  readonly name: string;
  readonly certificate: string;
  readonly key: string;
  readonly policies: string;
  /** The log file; if absent, the log goes to a pipe that this process reads. */
  readonly logFile?: string;
}

/** One server process, which uses the same ports each time it starts. */
export class Replica {
  readonly #options: ReplicaOptions;
  #child: ChildProcess | undefined;
  #exited: Promise<number | undefined> = Promise.resolve(undefined);
  state: State = "down";
  port = 0;
  healthPort = 0;

  constructor(options: ReplicaOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  /** Starts the server and waits until it is ready. @throws Error if it exits or does not become ready */
  async start(): Promise<void> {
    const { certificate, key, policies, logFile } = this.#options;
    if (this.port === 0) [this.port, this.healthPort] = [await freePort(), await freePort()];
    const log = logFile === undefined ? "pipe" : openSync(logFile, "a");
    const args = {
      host: "127.0.0.1",
      port: this.port,
      "health-port": this.healthPort,
      "tls-cert": certificate,
      "tls-key": key,
      policy: policies,
      drain: DRAIN,
      grace: GRACE,
      "judge-memory": WORKER_HEAP,
      // So that the log fills pipes and disks.
      "log-unchanged": "all",
    };
    const flags = Object.entries(args).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const program = [`--max-old-space-size=${HEAP}`, ...IMAGE_FLAGS, CLI, "serve"];
    const child = spawn(process.execPath, [...program, ...flags], { stdio: ["ignore", log, "inherit"] });
    if (typeof log === "number") closeSync(log);
    child.stdout?.resume();
    this.#child = child;
    this.#exited = new Promise((resolve) => {
      child.once("exit", (code) => {
        this.state = "down";
        resolve(code ?? undefined);
      });
    });
    const ready = (): Promise<boolean> =>
      this.get("/readyz").then(
        ({ ok }) => ok,
        () => false,
      );
    await until(async () => child.exitCode !== null || (await ready()), `${this.name} is ready`);
    if (child.exitCode !== null) throw new Error(`${this.name} ended with exit code ${child.exitCode}`);
    this.state = "up";
  }

  /** Sends SIGTERM and waits for the exit. Returns a description of what went wrong; undefined if it ended in time with exit code 0. */
  async stop(): Promise<string | undefined> {
    const begun = performance.now();
    this.state = "leaving";
    this.#child?.kill("SIGTERM");
    const limit = (DRAIN + GRACE) * 1000 + PATIENCE;
    const code = await Promise.race([this.#exited, sleep(limit, "late" as const, { ref: false })]);
    if (code === 0) return undefined;
    this.kill();
    const seconds = Math.round((performance.now() - begun) / 1000);
    return `${this.name} ${code === "late" ? "did not end" : `ended with exit code ${code}`} ${seconds} s after SIGTERM`;
  }

  kill(): void {
    this.#child?.kill("SIGKILL");
  }

  /** Stops reading the log until {@link resumeLog}. */
  pauseLog(): void {
    this.#child?.stdout?.pause();
  }

  resumeLog(): void {
    this.#child?.stdout?.resume();
  }

  /** Truncates the log file, which frees its disk. */
  emptyLog(): void {
    if (this.#options.logFile?.startsWith("/dev/") === false) truncateSync(this.#options.logFile);
  }

  /** Sends a GET request to the health port. */
  async get(path: string): Promise<{ ok: boolean; text: string }> {
    const response = await fetch(`http://127.0.0.1:${this.healthPort}${path}`);
    return { ok: response.ok, text: await response.text() };
  }

  /** The value of one time series of the metrics; 0 if it is absent. */
  async metric(series: string): Promise<number> {
    const { text } = await this.get("/metrics");
    const line = text.split("\n").find((one) => one.startsWith(`${series} `));
    return Number(line?.slice(series.length) ?? 0);
  }

  /** The SHA-256 fingerprint of the certificate that a new connection gets. */
  async shownCertificate(): Promise<string> {
    const socket = connect({ port: this.port, host: "127.0.0.1", rejectUnauthorized: false });
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once("secureConnect", resolve).once("error", reject);
      });
      return socket.getPeerCertificate().fingerprint256;
    } finally {
      socket.destroy();
    }
  }
}

/** Waits until the condition holds. @param what its description. @throws Error after `patience` milliseconds */
export async function until(holds: () => Promise<boolean>, what: string, patience = PATIENCE): Promise<void> {
  const end = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`never came true within ${patience / 1000} s: ${what}`);
    await sleep(POLL);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  });
}
