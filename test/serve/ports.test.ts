import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Reply, send, startTestServer, type TestServer } from "../webhook/harness.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

/** Sends a request to the webhook's port, which anybody can reach through the Service. */
function overTls(method: string, path: string): Promise<Reply> {
  const { port } = server.server;
  const trust = { ca: server.ca, servername: "localhost", agent: false } as const;
  return send(httpsRequest, undefined, { host: "127.0.0.1", port, path, method, ...trust });
}

function plain(method: string, path: string): Promise<Reply> {
  return send(httpRequest, undefined, {
    host: "127.0.0.1",
    port: server.server.healthPort,
    path,
    method,
    agent: false,
  });
}

interface Case {
  readonly path: string;
  readonly webhook: number;
  readonly health: number;
}

/**
 * The routes of each port. Metrics show requests, denials and exemptions: they are for a scraper, not for every Pod.
 */
const PATHS: readonly Case[] = [
  { path: "/healthz", webhook: 200, health: 200 },
  { path: "/readyz", webhook: 200, health: 200 },
  { path: "/metrics", webhook: 404, health: 200 },
  { path: "/metrics?name=process", webhook: 404, health: 200 },
  { path: "/metrics/", webhook: 404, health: 200 },
  { path: "/METRICS", webhook: 404, health: 200 },
  { path: "//metrics", webhook: 404, health: 404 },
  { path: "/healthz/../metrics", webhook: 404, health: 404 },
];

describe.each(["GET", "HEAD"])("%s", (method) => {
  it.each(PATHS)("$path: $webhook on the webhook's port, $health on that of health", async (row) => {
    const [webhook, health] = [await overTls(method, row.path), await plain(method, row.path)];
    expect([webhook.status, health.status]).toEqual([row.webhook, row.health]);
    if (row.webhook === 404) expect(webhook.text).not.toMatch(/fairlead_|process_|nodejs_/);
  });
});

it("reviews are no business of the plain port", async () => {
  expect([(await plain("POST", "/validate")).status, (await plain("POST", "/mutate")).status]).toEqual([404, 404]);
});
