import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { isObject, type JsonObject } from "#src/field/json.ts";
import type { ApiProxy } from "./api-proxy.ts";
import { kubeconfigFor } from "./kubeconfig.ts";
import { CLI } from "../paths.ts";

/** What all replicas of an installation have in common. */
export interface ReplicaSettings {
  /** A folder for their files. */
  readonly folder: string;
  /** The configuration from the chart. */
  readonly config: string;
  /** The token of the chart's service account. */
  readonly token: string;
  /** Further flags. */
  readonly flags: readonly string[];
}

/** A process that acts as a replica of the chart, always on the same ports. */
export class ReplicaProcess {
  readonly name: string;
  readonly port: number;
  readonly healthPort: number;
  readonly proxy: ApiProxy;
  readonly #settings: ReplicaSettings;
  #child: ChildProcess | undefined;
  #ended: Promise<number | null> = Promise.resolve(0);
  #output = "";
  #isToEnd = false;
  #failure: string | undefined;

  private constructor(name: string, ports: readonly [number, number], proxy: ApiProxy, settings: ReplicaSettings) {
    this.name = name;
    [this.port, this.healthPort] = ports;
    this.proxy = proxy;
    this.#settings = settings;
  }

  static async make(name: string, proxy: ApiProxy, settings: ReplicaSettings): Promise<ReplicaProcess> {
    const replica = new ReplicaProcess(name, [await freePort(), await freePort()], proxy, settings);
    const { folder, token, config } = settings;
    await writeFile(join(folder, `${name}.kubeconfig`), kubeconfigFor({ server: proxy.url, token }), { mode: 0o600 });
    await writeFile(join(folder, "config.yaml"), config);
    return replica;
  }

  /** Why it ended unexpectedly; undefined if it did not. */
  get failure(): string | undefined {
    return this.#failure;
  }

  get alive(): boolean {
    return this.#child !== undefined;
  }

  start(): void {
    const { folder, flags } = this.#settings;
    const given = {
      config: join(folder, "config.yaml"),
      kubeconfig: join(folder, `${this.name}.kubeconfig`),
      replica: this.name,
      port: String(this.port),
      "health-port": String(this.healthPort),
      "log-unchanged": "all",
    };
    const args = Object.entries(given).flatMap(([flag, value]) => [`--${flag}`, value]);
    const child = spawn(process.execPath, [CLI, "serve", ...args, ...flags], { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (chunk: string) => (this.#output += chunk));
    // Ends the process if the suite is aborted.
    const orphaned = (): void => void child.kill("SIGKILL");
    process.once("exit", orphaned);
    this.#child = child;
    this.#isToEnd = false;
    this.#failure = undefined;
    this.#ended = once(child, "close").then(() => {
      process.removeListener("exit", orphaned);
      if (this.#child === child) this.#child = undefined;
      if (!this.#isToEnd)
        this.#failure = `${this.name} ended by itself, with ${String(child.exitCode)}: ${this.#output.slice(-500)}`;
      return child.exitCode;
    });
  }

  /** Stops it in order. Returns its exit code. */
  async stop(): Promise<number | null> {
    this.#isToEnd = true;
    this.#child?.kill("SIGTERM");
    return this.#ended;
  }

  /** Kills it. */
  async kill(): Promise<void> {
    this.#isToEnd = true;
    this.#child?.kill("SIGKILL");
    await this.#ended;
  }

  /** Its log so far, over all its runs. */
  log(): readonly JsonObject[] {
    return this.#output.split("\n").flatMap((line) => {
      if (!line.startsWith("{") || !line.endsWith("}")) return [];
      const value: unknown = JSON.parse(line);
      return isObject(value) ? [value] : [];
    });
  }

  /** All its output, for failures that nothing else explains. */
  printed(): string {
    return this.#output;
  }

  /** The reasons from `/readyz`; undefined if it is ready. */
  async notReady(): Promise<string | undefined> {
    try {
      const answer = await fetch(`http://127.0.0.1:${this.healthPort}/readyz`, { signal: AbortSignal.timeout(2_000) });
      return answer.status === 200 ? undefined : (await answer.text()).trim();
    } catch (error) {
      return this.#failure ?? `no answer: ${String(error)}`;
    }
  }
}

/** A free port that stays free while its replica is down: below the range for outgoing connections. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    const server = createServer().listen(port, "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}
