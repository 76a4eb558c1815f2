import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { eventually } from "./process.ts";
import { CLI } from "../paths.ts";

/** A webhook as a local process, with a self-signed certificate. */
export interface Server {
  readonly port: number;
  readonly healthPort: number;
  readonly pid: number;
  /** The CA that signed its certificate, in PEM. */
  readonly ca: string;
  /** Its log so far, by line. */
  log(): readonly JsonObject[];
  /** Stops it with SIGTERM. Returns its exit code. */
  stop(): Promise<number | null>;
}

/**
 * Starts `fairlead serve` with the configuration, on free ports.
 * @throws if it does not become ready.
 */
export async function startServer(config: JsonObject, env: Readonly<Record<string, string>> = {}): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), "fairlead-e2e-"));
  const configFile = join(folder, "config.yaml");
  const caFile = join(folder, "ca.crt");
  await writeFile(configFile, stringify(config));
  const args = [
    CLI,
    "serve",
    "--config",
    configFile,
    "--port",
    "0",
    "--health-port",
    "0",
    "--drain",
    "0",
    "--log-unchanged",
    "all",
    "--ca-file",
    caFile,
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const log = (): JsonObject[] => output.split("\n").flatMap(parseLine);
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));

  const ready = await eventually("the server's ready line", () => {
    if (child.exitCode !== null) throw new Error(`the server ended: ${output}`);
    return log().find((line) => line["msg"] === "ready");
  }).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  return {
    port: Number(ready["port"]),
    healthPort: Number(ready["healthPort"]),
    pid: Number(ready["pid"]),
    ca: await readFile(caFile, "utf8").catch(() => ""),
    log,
    stop: async () => {
      child.kill("SIGTERM");
      const code = await ended;
      await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}

function parseLine(line: string): JsonObject[] {
  if (!line.startsWith("{")) return [];
  const value: unknown = JSON.parse(line);
  return isObject(value) ? [value] : [];
}
