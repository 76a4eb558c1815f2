import { spawn } from "node:child_process";
import { request as httpsRequest } from "node:https";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { isObject, type JsonObject } from "../../src/field/json.ts";
import { checkedReply } from "../admission/response-schema.ts";
import { readReviewFile } from "../reviews/reviews.ts";
import { send, startTestServer, until } from "./harness.ts";

const CLI = join(import.meta.dirname, "..", "..", "dist", "cli.js");
const REVIEW = readReviewFile("create-main-kubectl-create-np-mutating.json").review;

/** The real command, with what it prints. */
function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): {
  stop: () => void;
  lines: () => JsonObject[];
  errors: () => string;
  ended: Promise<number | null>;
} {
  const child = spawn(process.execPath, [CLI, "serve", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let [output, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
  const lines = (): JsonObject[] =>
    output.split("\n").flatMap((line) => {
      const value: unknown = line.startsWith("{") && line.endsWith("}") ? JSON.parse(line) : undefined;
      return isObject(value) ? [value] : [];
    });
  return {
    stop: () => void child.kill("SIGTERM"),
    lines,
    errors: () => errors,
    ended: new Promise((resolve) => child.on("close", resolve)),
  };
}

describe("fairlead serve", () => {
  it("says ready first, serves with a certificate made on the spot, and ends with exit code 0", async () => {
    const folder = mkdtempSync(join(tmpdir(), "fairlead-"));
    const caFile = join(folder, "ca.crt");
    const server = start(["--port", "0", "--health-port", "0", "--ca-file", caFile, "--drain", "0"]);
    await until(() => server.lines().length > 0, "the ready line");
    const [ready] = server.lines();
    expect(ready).toMatchObject({ msg: "ready", port: expect.any(Number), pid: expect.any(Number) });
    const ca = readFileSync(caFile, "utf8");
    for (const host of ["127.0.0.1", "localhost"]) {
      const reply = await send(httpsRequest, REVIEW, {
        host,
        port: Number(ready?.["port"]),
        path: "/mutate",
        ca,
        agent: false,
        method: "POST",
        headers: { "Content-Type": "application/json" },
      });
      expect(checkedReply(JSON.parse(reply.text)).allowed).toBe(true);
    }
    server.stop();
    expect(await server.ended).toBe(0);
    const review = server.lines().find((line) => line["msg"] === "review");
    expect(review).toMatchObject({
      operation: "CREATE",
      decision: "patched",
      user: expect.any(String),
      service: expect.stringContaining("/"),
    });
    expect(JSON.stringify(server.lines())).not.toContain("managedFields");
  });

  it.each([
    { name: "an unknown setting", config: "prot: 8443\n", says: /config\.yaml:1: .*prot.*port/ },
    { name: "a value out of range", config: "log:\n  level: info\nport: 99999\n", says: /config\.yaml:3: .*port/ },
    { name: "no YAML", config: "port: [\n", says: /config\.yaml:\d+: / },
  ])("refuses a configuration with $name, naming file and line", async ({ config, says }) => {
    const file = join(mkdtempSync(join(tmpdir(), "fairlead-")), "config.yaml");
    writeFileSync(file, config);
    const server = start(["--config", file]);
    expect(await server.ended).toBe(2);
    expect(server.errors()).toMatch(says);
  });

  it.each([
    { name: "the environment before the file", env: { FAIRLEAD_HEALTH_PORT: "0" }, args: [] },
    { name: "the flag before the environment", env: { FAIRLEAD_HEALTH_PORT: "1" }, args: ["--health-port", "0"] },
  ])("takes $name", async ({ env, args }) => {
    const file = join(mkdtempSync(join(tmpdir(), "fairlead-")), "config.yaml");
    writeFileSync(file, "healthPort: 2\nport: 0\nshutdown: { drainSeconds: 0 }\n");
    const server = start(["--config", file, ...args], env);
    await until(() => server.lines().length > 0, "the ready line");
    expect(server.lines()[0]?.["healthPort"]).toBeGreaterThan(1024);
    server.stop();
    expect(await server.ended).toBe(0);
  });
});

describe("health and shutdown", () => {
  it("is alive, ready, and counts its reviews", async () => {
    const server = await startTestServer();
    try {
      expect((await server.get("/healthz")).status).toBe(200);
      expect((await server.get("/readyz")).status).toBe(200);
      await server.post("/mutate", REVIEW);
      const { text } = await server.get("/metrics");
      expect(text).toMatch(/fairlead_reviews_total\{[^}]*phase="mutate"[^}]*\} 1/);
      expect(text).toMatch(/fairlead_review_duration_seconds_bucket/);
    } finally {
      await server.stop();
    }
  });

  it("is not ready while a check says why", async () => {
    const server = await startTestServer({ readiness: [() => "the CA bundle does not trust it yet"] });
    try {
      const { status, text } = await server.get("/readyz");
      expect([status, text]).toEqual([503, expect.stringContaining("the CA bundle does not trust it yet")]);
      expect((await server.get("/healthz")).status).toBe(200);
    } finally {
      await server.stop();
    }
  });

  it("turns unready first, and answers what is in flight", async () => {
    const server = await startTestServer({ config: { shutdown: { drainSeconds: 1, graceSeconds: 5 } } });
    const stopped = server.stop();
    expect((await server.get("/readyz")).status).toBe(503);
    await stopped;
  });
});
