import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { Agent, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { killAfterTest, cleanUpAfterTest } from "#test/cleanup.ts";
import { readReviewFile } from "#test/reviews/reviews.ts";
import { send, until } from "../harness.ts";
import { linesIn, startServe } from "../serve-command.ts";
import { CLI } from "#test/paths.ts";

const { review } = readReviewFile("create-main-kubectl-create-np-validating.json");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-output-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Two ports that were free a moment ago: without a log, the server cannot tell which ports it chose. */
async function freePorts(): Promise<readonly [number, number]> {
  const servers = [createServer().listen(0, "127.0.0.1"), createServer().listen(0, "127.0.0.1")];
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return [ports[0] ?? 0, ports[1] ?? 0];
}

/** Starts a server whose output a shell redirects; with `exec`, signals reach the server. */
async function startRedirected(script: string) {
  const [port, healthPort] = await freePorts();
  const child = killAfterTest(
    spawn("sh", ["-c", script], {
      stdio: ["ignore", "ignore", "ignore"],
      env: {
        ...process.env,
        SERVE: [process.execPath, CLI, "serve --drain 0 --grace 5 --host 127.0.0.1 --port", port].join(" "),
        HEALTH: String(healthPort),
        PID: join(folder, "pid"),
        OUT: join(folder, "out"),
      },
    }),
  );
  const health = (path: string): Promise<string> =>
    fetch(`http://127.0.0.1:${healthPort}${path}`).then(
      (response) => response.text(),
      () => "",
    );
  await until(async () => (await health("/readyz")).startsWith("ready"), "readiness");
  const pid = Number(readFileSync(join(folder, "pid"), "utf8"));
  cleanUpAfterTest(() => {
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
  });
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  cleanUpAfterTest(() => {
    agent.destroy();
  });
  /** Sends reviews; each of them writes a log line. */
  const sendReviews = async (count: number): Promise<void> => {
    const options = { host: "127.0.0.1", port, path: "/validate", method: "POST", agent };
    for (let left = count; left > 0; left -= 20) {
      const replies = await Promise.all(
        Array.from({ length: Math.min(20, left) }, () =>
          send(request, review, { ...options, headers: { "Content-Type": "application/json" } }),
        ),
      );
      for (const { status } of replies) expect(status).toBe(200);
    }
  };
  const dropped = async (): Promise<number> =>
    Number(/^fairlead_log_lines_dropped_total (\d+)$/m.exec(await health("/metrics"))?.[1]);
  return { child, pid, health, healthPort, sendReviews, dropped };
}

function isAlive(pid: number): boolean {
  try {
    // A process that has exited but was not waited for is in state Z.
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

const SERVE = "$SERVE --health-port $HEALTH --log-level debug";

describe.each([
  { name: "a device that is always full", script: `echo $$ > $PID; exec ${SERVE} > /dev/full 2>&1` },
  {
    name: "a pipe that nobody reads",
    script: `sh -c 'echo $$ > $PID; exec ${SERVE} 2>&1' | sleep 1000`,
  },
  { name: "a pipe whose reader is gone", script: `sh -c 'echo $$ > $PID; exec ${SERVE} 2>&1' | true; sleep 1000` },
])("a log into $name", ({ script }) => {
  it("drops lines, keeps answering with limited memory, and shuts down on SIGTERM", async () => {
    const { pid, health, sendReviews, dropped } = await startRedirected(script);
    const resident = async (): Promise<number> =>
      Number(/^process_resident_memory_bytes (\S+)$/m.exec(await health("/metrics"))?.[1]);
    await sendReviews(400);
    const before = await resident();
    // Each writes some 3 KB: in total more than the buffer holds.
    for (let posted = 0; posted < 40_000 && (await dropped()) === 0; posted += 200) await sendReviews(200);
    expect(await dropped()).toBeGreaterThan(0);
    expect((await resident()) - before).toBeLessThan(150e6);
    expect(await health("/readyz")).toBe("ready\n");
    const startedAt = performance.now();
    process.kill(pid, "SIGTERM");
    await until(() => !isAlive(pid), "the end of the server");
    // Drain time 0 s, grace period 5 s; the rest is for other limits and a busy machine.
    expect(performance.now() - startedAt).toBeLessThan(25_000);
  });
});

describe("a log into a disk that fills", () => {
  const isRoot = process.getuid?.() === 0;
  it("continues when there is space again, and logs how many lines were dropped", async () => {
    const disk = join(folder, "disk");
    try {
      execFileSync("mkdir", [disk]);
      if (!isRoot) return;
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], { stdio: "ignore" });
    } catch {
      // The user may not mount file systems.
      return;
    }
    cleanUpAfterTest(() => {
      execFileSync("umount", ["-l", disk]);
    });
    const { pid, sendReviews, dropped } = await startRedirected(`echo $$ > $PID; exec ${SERVE} >> ${disk}/log 2>&1`);
    for (let posted = 0; posted < 40_000 && (await dropped()) === 0; posted += 200) await sendReviews(200);
    execFileSync("mount", ["-o", "remount,size=64m", disk]);
    const lines = () => linesIn(readFileSync(join(disk, "log"), "utf8"));
    await until(() => lines().some(({ dropped: count }) => Number(count) > 0), "the line that says how many");
    process.kill(pid, "SIGTERM");
    await until(() => !isAlive(pid), "the end of the server");
    expect(lines().at(-1)).toMatchObject({ msg: "stopped" });
  });
});

describe("signals", () => {
  it.each(["SIGHUP", "SIGUSR2", "SIGUSR1", "SIGPIPE"] as const)(
    "%s neither ends the server nor prints anything",
    async (signal) => {
      const server = startServe(["--port", "0", "--health-port", "0", "--drain", "0"], {
        node: ["--inspect-port=127.0.0.1:0"],
      });
      const { healthPort } = await server.ready();
      server.stop(signal);
      server.stop(signal);
      // The effect of a signal would be immediate.
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect((await fetch(`http://127.0.0.1:${healthPort}/readyz`)).status).toBe(200);
      expect(server.errors()).toBe("");
      server.stop();
      expect(await server.ended).toBe(0);
    },
  );

  it("SIGUSR1 opens no port", async () => {
    const [port] = await freePorts();
    const server = startServe(["--port", "0", "--health-port", "0", "--drain", "0"], {
      node: [`--inspect-port=127.0.0.1:${port}`],
    });
    await server.ready();
    server.stop("SIGUSR1");
    await new Promise((resolve) => setTimeout(resolve, 500));
    const socket = connect({ host: "127.0.0.1", port });
    expect(await once(socket, "error")).toMatchObject([{ code: "ECONNREFUSED" }]);
    server.stop();
    expect(await server.ended).toBe(0);
  });

  it("a demo ends with its terminal", async () => {
    const server = startServe(["--port", "0", "--health-port", "0", "--demo"]);
    await until(() => server.output().includes("Ctrl-C ends it"), "the demo text");
    server.stop("SIGHUP");
    expect(await server.ended).toBe(0);
  });
});
