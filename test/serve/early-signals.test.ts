import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { until } from "../webhook/harness.ts";
import { CLI } from "../paths.ts";

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-signals-"));
});
afterEach(() => {
  child?.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** The command during its start: its configuration is a pipe, on which it blocks until `configure` is called. */
async function startHalf() {
  const config = join(folder, "config.yaml");
  execFileSync("mkfifo", [config]);
  const server = (child = spawn(process.execPath, [CLI, "serve", "--config", config], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_OPTIONS: "" },
  }));
  let text = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  }
  const hasEnded = (): boolean => server.exitCode !== null || server.signalCode !== null;
  let writer: number | undefined;
  await until(() => {
    writer ??= openForWriting(config);
    return writer !== undefined || hasEnded();
  }, "the server reads its configuration");
  return {
    server,
    output: () => text,
    hasEnded,
    ended: once(server, "close"),
    configure: () => {
      if (writer === undefined) throw new Error(`the server ended: ${text}`);
      writeSync(writer, "port: 0\nhealthPort: 0\nshutdown: { drainSeconds: 0 }\n");
      closeSync(writer);
    },
  };
}

/** Opens the pipe as soon as the server reads it. */
function openForWriting(path: string): number | undefined {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

describe.each(["SIGHUP", "SIGUSR1", "SIGUSR2"] as const)("%s", (signal) => {
  it("neither ends the server nor opens a debugger, while it starts and afterwards", async () => {
    const { server, output, configure, ended, hasEnded } = await startHalf();
    server.kill(signal);
    configure();
    await until(() => output().includes('"msg":"ready"') || hasEnded(), "the ready line");
    server.kill(signal);
    // A pending signal is handled by the time the next one is: this one ends the server.
    server.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(output()).not.toMatch(/debugger/i);
    expect(output()).toContain('"msg":"stopped"');
  });
});
