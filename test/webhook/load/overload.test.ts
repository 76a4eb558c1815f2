import { spawn } from "node:child_process";
import { afterEach, describe, expect, it } from "@jest/globals";
import { Agent, request } from "node:https";
import { isObject } from "#src/field/json.ts";
import type { PolicySet } from "#src/policy/model/types.ts";
import { ReviewBatches } from "#src/webhook/load/review-batches.ts";
import { BytesInFlight } from "#src/webhook/load/bytes-in-flight.ts";
import { ClientQueues } from "#src/webhook/load/client-queues.ts";
import { checkedReply } from "#test/admission/response-schema.ts";
import { send, startTestServer, type TestServer, until } from "../harness.ts";
import { largeReview, reviewOf, POLICIES } from "../large-reviews.ts";
import { postOf, rawConnection } from "../raw-connection.ts";
import { CLI } from "#test/paths.ts";

const LIMITS = { connections: 512, handshakes: 128, handshakeSeconds: 30, headSeconds: 30, replySeconds: 30 };
let server: TestServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

describe("batches", () => {
  /** Adds reviews of these clients at once. @returns the clients of each batch */
  async function batchesOf(clients: readonly string[]): Promise<string[][]> {
    const batches = new ReviewBatches();
    const started: string[][] = [];
    let current: string[] | undefined;
    const record = (client: string): void => {
      if (current === undefined) {
        const batch: string[] = (current = []);
        started.push(batch);
        process.nextTick(() => (current = undefined));
      }
      current.push(client);
    };
    await Promise.all(
      clients.map((client) =>
        batches.wait(client).then(() => {
          record(client);
        }),
      ),
    );
    return started;
  }

  it("take all waiting reviews if there are few", async () => {
    expect(await batchesOf(["a", "b", "a"])).toEqual([["a", "b", "a"]]);
  });

  it("take a limited number of reviews, in rotation between the clients", async () => {
    const flood = Array.from({ length: 200 }, () => "flood");
    const batches = await batchesOf([...flood, "a", "b"]);
    expect(batches.map((batch) => batch.length)).toEqual([32, 32, 32, 32, 32, 32, 10]);
    // The first batch was full before they came; they are in the next one.
    expect(batches[1]?.slice(0, 6)).toEqual(["flood", "a", "b", "flood", "flood", "flood"]);
  });

  it("estimate a long wait for a client that floods, and a short one for others", async () => {
    const batches = new ReviewBatches();
    for (let i = 0; i < 100; i++) batches.recordTime("flood", 20);
    const waiting = Array.from({ length: 500 }, () => batches.wait("flood"));
    const [flood, other] = [batches.expectedWait("flood"), batches.expectedWait("other")];
    await Promise.all(waiting);
    expect(flood).toBeGreaterThan(5000);
    expect(other).toBeLessThan(200);
    // When all are served, the expected wait is zero.
    expect(batches.expectedWait("flood")).toBe(0);
  });
});

describe("client queues", () => {
  /** Takes all waiting items; each costs its client this time in milliseconds. @returns the clients in order */
  function order(queues: ClientQueues<string>, costs: Readonly<Record<string, number>>): string {
    const clients: string[] = [];
    for (let next = queues.dequeue(); next !== undefined; next = queues.dequeue()) {
      clients.push(next);
      queues.recordTime(next, costs[next] ?? 0);
    }
    return clients.join("");
  }

  function queuesOf(clients: string): ClientQueues<string> {
    const queues = new ClientQueues<string>();
    for (const client of clients) queues.enqueue(client, client);
    return queues;
  }

  const orders: readonly [what: string, clients: string, costs: Record<string, number>, expected: string][] = [
    ["clients in rotation, if all use the same time", "aaabbb", { a: 1, b: 1 }, "ababab"],
    ["a client that floods last, if nobody uses any time", "aaaaab", {}, "abaaaa"],
    ["a client with slow reviews after a client with fast ones", "LLLssss", { L: 10, s: 1 }, "LssssLL"],
    ["the same time for each client", "LLLssssssss", { L: 4, s: 1 }, "LssssLssssL"],
  ];
  it.each(orders)("serve %s", (_, clients, costs, expected) => {
    expect(order(queuesOf(clients), costs)).toBe(expected);
  });

  it("give no credit to a client that was idle", () => {
    const queues = queuesOf("aaaaaaaa");
    for (let i = 0; i < 4; i++) queues.recordTime(queues.dequeue() ?? "", 10);
    for (const client of "bbbbbb") queues.enqueue(client, client);
    expect(order(queues, { a: 10, b: 10 })).toBe("bababababb");
  });

  it("forget used time once nothing waits", () => {
    const queues = queuesOf("a");
    queues.dequeue();
    queues.recordTime("a", 1000);
    for (const client of "ab") queues.enqueue(client, client);
    expect(order(queues, {})).toBe("ab");
  });
});

describe("bytes in flight", () => {
  it("are limited in total, and for one client to half of that", () => {
    const bytes = new BytesInFlight(100);
    const taken = [
      bytes.reserve("a", 30),
      bytes.reserve("a", 30),
      bytes.reserve("b", 50),
      bytes.reserve("c", 30),
      bytes.reserve("c", 20),
    ];
    expect(taken).toEqual([true, false, true, false, true]);
    bytes.release("a", 30);
    expect([bytes.reserved, bytes.reserve("a", 30), bytes.reserved]).toEqual([70, true, 100]);
  });
});

describe("more reviews than can be answered in time", () => {
  /** Policies that take this time for every review. */
  function slowPolicies(milliseconds: number): PolicySet {
    return {
      ...POLICIES,
      judge: (service, request) => {
        const end = performance.now() + milliseconds;
        while (performance.now() < end);
        return POLICIES.judge(service, request);
      },
    };
  }

  it("are refused early with Retry-After; after the overload, all are answered at once", async () => {
    server = await startTestServer({ policies: slowPolicies(5) });
    const testServer = server;
    const agent = new Agent({ keepAlive: true, ca: testServer.ca, servername: "localhost", maxSockets: 200 });
    const ask = (uid: string) => testServer.post("/validate/deny?timeout=1s", reviewOf(uid), { agent });
    try {
      const replies = await Promise.all(Array.from({ length: 400 }, (_, index) => ask(String(index))));
      const refused = replies.filter(({ status }) => status !== 200);
      expect(refused.length).toBeGreaterThan(0);
      expect(refused.length).toBeLessThan(replies.length);
      expect(new Set(refused.map(({ status, headers }) => `${status} ${String(headers["retry-after"])}`))).toEqual(
        new Set(["503 1"]),
      );
      for (const { text } of refused) expect(checkedReply(JSON.parse(text)).allowed).toBe(false);
      // The averages from the overload must not delay later reviews.
      const after = await Promise.all(Array.from({ length: 8 }, (_, index) => ask(`after ${index}`)));
      expect(after.map(({ status }) => status)).toEqual(after.map(() => 200));
    } finally {
      agent.destroy();
    }
  });
});

describe("too many large bodies at once", () => {
  it("are refused by their head with Retry-After; small reviews are answered, and large ones once there is memory", async () => {
    server = await startTestServer({ config: { limits: { ...LIMITS, bodies: 14, judgeMemory: 0 } } });
    const slow = await rawConnection(server.server.port, server.ca);
    slow.write(postOf("/mutate?timeout=30s", "{", [`Content-Length: ${7 * 1024 * 1024}`]));
    const large = largeReview("1", 200);
    const testServer = server;
    await until(async () => (await testServer.post("/mutate", large)).status === 429, "the first body is being read");
    const refused = await server.post("/mutate", large);
    expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "1"]);
    expect(checkedReply(JSON.parse(refused.text))).toMatchObject({
      allowed: false,
      status: { code: 429, reason: "TooManyRequests" },
    });
    expect((await server.post("/mutate", reviewOf("small"))).status).toBe(200);
    slow.socket.destroy();
    await until(async () => (await testServer.post("/mutate", large)).status === 200, "there is memory again");
    const { text } = await server.get("/metrics");
    expect(text).toMatch(/fairlead_failures_total\{status="429"\} \d/);
  });

  it("are not read once they are refused: an impatient client costs no more than its first bytes", async () => {
    server = await startTestServer({ config: { limits: { ...LIMITS, bodies: 14, judgeMemory: 0 } } });
    const length = 7 * 1024 * 1024;
    const slow = await rawConnection(server.server.port, server.ca);
    slow.write(postOf("/mutate?timeout=30s", "{", [`Content-Length: ${length}`]));
    const testServer = server;
    await until(
      async () => (await testServer.post("/mutate", largeReview("1", 200))).status === 429,
      "the first body is being read",
    );
    const { socket } = await rawConnection(server.server.port, server.ca);
    const startedAt = performance.now();
    let answeredAfter = Infinity;
    socket.once("data", () => {
      answeredAfter = performance.now() - startedAt;
    });
    socket.write(postOf("/mutate?timeout=30s", "", [`Content-Length: ${length}`]));
    // More than the socket buffers of the system hold.
    const written = new Promise<void>((resolve) => {
      socket.write(Buffer.alloc(length, " "), () => {
        resolve();
      });
    });
    await until(() => Number.isFinite(answeredAfter), "the refusal");
    const isWaiting = socket.writableLength > 0;
    await written;
    expect(answeredAfter).toBeLessThan(performance.now() - startedAt);
    slow.socket.destroy();
    socket.destroy();
    // If the system's buffers hold a whole body, there is nothing more to test.
    if (!isWaiting) return;
    // Even on a busy machine: the body was read only after the pause, and the answer had not waited for that.
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(950);
  });

  it("without Content-Length are counted as they arrive: small ones are accepted, large ones refused", async () => {
    server = await startTestServer({ config: { limits: { ...LIMITS, bodies: 14, judgeMemory: 0 } } });
    const testServer = server;
    const slow = await rawConnection(server.server.port, server.ca);
    slow.write(postOf("/mutate?timeout=30s", "{", [`Content-Length: ${7 * 1024 * 1024}`]));
    const headers = { "Content-Type": "application/json", "Transfer-Encoding": "chunked" };
    const large = largeReview("1", 200);
    await until(async () => (await testServer.post("/mutate", large)).status === 429, "the first body is being read");
    expect((await server.post("/mutate", reviewOf("small"), { headers })).status).toBe(200);
    const refused = await server.post("/mutate", large, { headers });
    expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "1"]);
    slow.socket.destroy();
    await until(
      async () => (await testServer.post("/mutate", large, { headers })).status === 200,
      "there is memory again",
    );
  });

  it("do not end a server with the heap of a small container", async () => {
    const child = spawn(
      process.execPath,
      [
        "--max-old-space-size=100",
        CLI,
        "serve",
        "--port",
        "0",
        "--health-port",
        "0",
        "--drain",
        "0",
        "--policy",
        "baseline",
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    try {
      let output = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
      await until(() => output.includes('"msg":"ready"'), "the ready line");
      const ready: unknown = JSON.parse(output.split("\n").find((line) => line.includes('"msg":"ready"')) ?? "");
      const port = isObject(ready) ? Number(ready["port"]) : 0;
      const ports = Array.from({ length: 80_000 }, (_, i) => ({
        name: `port-${i}`,
        protocol: "TCP",
        port: 80,
        targetPort: 8080,
      }));
      const body = JSON.stringify(reviewOf("big", { spec: { ports } }));
      const agent = new Agent({ keepAlive: false, rejectUnauthorized: false });
      const options = {
        host: "127.0.0.1",
        port,
        agent,
        method: "POST",
        headers: { "Content-Type": "application/json" },
      };
      const replies = await Promise.all(
        Array.from({ length: 8 }, () => send(request, body, { ...options, path: "/validate/deny?timeout=30s" })),
      );
      expect(replies.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
      expect(replies.filter(({ status }) => status !== 200 && status !== 429)).toEqual([]);
      const small = await send(request, reviewOf("small"), { ...options, path: "/validate/deny" });
      expect([small.status, child.exitCode, child.signalCode]).toEqual([200, null, null]);
    } finally {
      child.kill("SIGKILL");
    }
  });
});
