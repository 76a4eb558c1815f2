import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { until } from "./harness.ts";
import { startServe } from "./serve-command.ts";

const ARGS = ["--port", "0", "--health-port", "0", "--drain", "0"];
const NODE_OPTIONS = ["--import", join(import.meta.dirname, "programs", "uncaught-errors.mjs")];

async function metricsOf(healthPort: number): Promise<string> {
  return (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text();
}

it("an unhandled rejection is logged and counted, and the server continues", async () => {
  const server = startServe(ARGS, { node: NODE_OPTIONS });
  const { healthPort } = await server.ready();
  const errorLines = (): number => server.lines().filter(({ level }) => level === "error").length;
  for (const times of [1, 2]) {
    server.stop("SIGWINCH");
    await until(() => errorLines() === times, "the line of the failure");
  }
  expect(server.lines().find(({ level }) => level === "error")).toMatchObject({
    msg: "something failed unseen, and the server goes on: this is a bug in fairlead",
    err: { message: "nobody looks at this", stack: expect.any(String) },
  });
  expect(await metricsOf(healthPort)).toContain('fairlead_unexpected_errors_total{kind="rejection"} 2');
  expect((await fetch(`http://127.0.0.1:${healthPort}/readyz`)).status).toBe(200);
  server.stop();
  expect(await server.ended).toBe(0);
});

it("an uncaught exception is logged, and the server shuts down in order, with its own exit code", async () => {
  const server = startServe(ARGS, { node: NODE_OPTIONS });
  await server.ready();
  server.stop("SIGCONT");
  expect(await server.ended).toBe(2);
  expect(server.lines().slice(-3)).toMatchObject([
    { level: "fatal", err: { message: "nobody catches this" } },
    { level: "info", signal: "uncaughtException", msg: "stopping" },
    { level: "info", msg: "stopped" },
  ]);
  expect(server.errors()).toBe("");
});
