import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { afterEach, describe, expect, it } from "@jest/globals";
import { Connections } from "#src/webhook/connections/connections.ts";
import { cleanUpAfterTest } from "#test/cleanup.ts";
import { startTestServer, type TestServer, until } from "../harness.ts";
import { reviewOf } from "../large-reviews.ts";
import { plainPost, postOf, rawConnection } from "../raw-connection.ts";

/** Limits that a test reaches; the others are far off. */
const FAR = {
  connections: 512,
  handshakes: 128,
  handshakeSeconds: 30,
  headSeconds: 30,
  replySeconds: 30,
  bodies: 28,
  judgeMemory: 0,
};
const REVIEW = JSON.stringify(reviewOf("1"));

let server: TestServer;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.stop();
});

async function start(limits: Partial<typeof FAR> = {}): Promise<void> {
  server = await startTestServer({
    config: { limits: { ...FAR, ...limits }, shutdown: { drainSeconds: 0, graceSeconds: 60 } },
  });
}

/** Whose connections are not those of 127.0.0.1, from where the good requests come. */
const ANOTHER = "127.0.0.2";
/** Elsewhere a machine has one loopback address. */
const withTwoAddresses = process.platform === "linux" ? it : it.skip;

/** A plain connection, and whether it was cut. */
async function plain(port = server.server.port, localAddress = "127.0.0.1"): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port, localAddress });
  sockets.push(socket);
  socket.on("error", () => undefined).resume();
  await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
  return socket;
}

async function many<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, make));
}

async function tls(localAddress = "127.0.0.1"): Promise<TLSSocket> {
  const below = connect({ host: "127.0.0.1", port: server.server.port, localAddress });
  const socket = connectTls({ socket: below, ca: server.ca, servername: "localhost" });
  sockets.push(socket);
  socket.on("error", () => undefined).resume();
  await new Promise((resolve) => socket.once("secureConnect", resolve).once("close", resolve));
  return socket;
}

function held(): { readonly open: number; readonly fresh: number } {
  return server.server.connections.webhook.count;
}

async function expectGoodRequestToWork(): Promise<void> {
  expect((await server.post("/mutate", REVIEW)).status).toBe(200);
}

/** The start of a ClientHello: its record is announced to be longer. */
const HALF_A_HELLO = Buffer.from("16030102000100", "hex");

describe("connections without a finished handshake", () => {
  it.each([
    { name: "say nothing", what: undefined },
    { name: "send half a ClientHello", what: HALF_A_HELLO },
    { name: "speak no TLS", what: "GET / HTTP/1.1\r\n\r\n" },
  ])("that $name and hang up leave nothing behind", async ({ what }) => {
    await start({ handshakes: 1000 });
    const opened = await many(500, () => plain());
    for (const socket of opened) {
      if (what !== undefined) socket.write(what);
      socket.end();
    }
    await until(() => held().fresh === 0, "no connection left");
    await until(() => opened.every(({ destroyed }) => destroyed), "closed at the other end too");
    await expectGoodRequestToWork();
  });

  it("are cut after their time", async () => {
    await start({ handshakeSeconds: 0.2 });
    const opened = await many(20, () => plain());
    opened[0]?.write(HALF_A_HELLO);
    await until(() => opened.every(({ destroyed }) => destroyed), "all are cut");
    expect(held().fresh).toBe(0);
  });

  it("make room for the next when there are too many", async () => {
    await start({ handshakes: 8 });
    const opened = await many(8, () => plain());
    await until(() => held().fresh === 8, "all have come");
    await new Promise((resolve) => setTimeout(resolve, 150));
    await expectGoodRequestToWork();
    expect(opened.filter(({ destroyed }) => destroyed)).toHaveLength(1);
  });

  withTwoAddresses("of one address leave room for another's, however new they are", async () => {
    await start({ handshakes: 8 });
    const flood = setInterval(() => void many(8, () => plain(undefined, ANOTHER)), 5);
    try {
      await until(() => held().fresh === 8, "no room");
      for (let asked = 0; asked < 5; asked++) await expectGoodRequestToWork();
    } finally {
      clearInterval(flood);
    }
  });

  it("do not hold up the end", async () => {
    await start();
    const opened = await many(20, () => plain());
    opened[0]?.write(HALF_A_HELLO);
    await until(() => held().fresh === 20, "all have come");
    // The grace is a minute: a test that waits for it fails.
    await server.stop();
    await until(() => opened.every(({ destroyed }) => destroyed), "all are cut");
  });
});

describe("connections", () => {
  it("beyond the limit: the one that is idle longest ends, and whoever asks is served", async () => {
    await start({ connections: 16 });
    await expectGoodRequestToWork();
    const idle = await many(100, () => tls());
    await until(() => idle.filter(({ destroyed }) => !destroyed).length <= 16, "the limit");
    await expectGoodRequestToWork();
    expect(held().open).toBeLessThanOrEqual(16);
  });

  withTwoAddresses("of one address, busy all of them, leave room for another's", async () => {
    await start({ connections: 16 });
    const slow = await many(16, () => tls(ANOTHER));
    for (const socket of slow) socket.write(postOf("/mutate", "{", ["Content-Length: 10"]));
    await until(() => held().open === 16, "all have come");
    await expectGoodRequestToWork();
    await until(() => slow.filter(({ destroyed }) => destroyed).length === 1, "one of them is cut");
    for (const socket of slow) socket.destroy();
  });

  it("beyond the limit of the plain port, too", async () => {
    await start({ connections: 16 });
    const idle = await many(100, () => plain(server.server.healthPort));
    await until(() => idle.filter(({ destroyed }) => !destroyed).length <= 16, "the limit");
    expect((await server.get("/healthz")).status).toBe(200);
  });

  it.each([
    { name: "no byte of a request", text: "" },
    { name: "half a head", text: "POST /mutate HTTP/1.1\r\nHost: " },
  ])("that send $name are cut after their time, on both ports", async ({ text }) => {
    await start({ headSeconds: 0.2 });
    const opened = [await tls(), await plain(server.server.healthPort)];
    for (const socket of opened) socket.write(text);
    await until(() => opened.every(({ destroyed }) => destroyed), "both are cut");
  });

  it("that send half a head, or wait for nothing, do not hold up the end", async () => {
    await start();
    const opened = [await tls(), await tls(), await plain(server.server.healthPort)];
    opened[0]?.write("POST /mutate HTTP/1.1\r\nHost: ");
    opened[2]?.write("GET /healthz");
    await until(() => held().open === 2, "all have come");
    await server.stop();
    await until(() => opened.every(({ destroyed }) => destroyed), "all are cut");
  });

  it("that ask without waiting for answers are cut, however many there are", async () => {
    await start();
    const connection = await rawConnection(server.server.port, server.ca);
    sockets.push(connection.socket);
    connection.write(postOf("/mutate", "", ["Content-Length: 10"]) + "x".repeat(9));
    connection.write(`x${plainPost("/mutate", REVIEW).repeat(100)}`);
    await connection.closed();
    await expectGoodRequestToWork();
  });
});

describe("answers that nobody reads", () => {
  const LONG = "x".repeat(12 * 1024 * 1024);

  /** A server whose every answer is longer than what the system's buffers take. */
  async function withLongAnswers(replySeconds: number) {
    const plainServer = createServer();
    const connections = new Connections(plainServer, false, { ...FAR, replySeconds });
    plainServer.on(
      "request",
      connections.counted((request, response) => {
        response.end(LONG);
        connections.answer(request.socket, response, LONG.length);
      }),
    );
    const port = await new Promise<number>((resolve) => {
      plainServer.listen(0, "127.0.0.1", () => {
        const address = plainServer.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    const deaf = async (): Promise<Socket> => {
      const socket = await plain(port);
      socket.pause().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      return socket;
    };
    cleanUpAfterTest(() => {
      connections.cutAll();
      connections.close();
      plainServer.close();
    });
    return { connections, deaf };
  }

  it("end their connections after a while", async () => {
    await start();
    const { connections, deaf } = await withLongAnswers(0.5);
    await deaf();
    await until(() => connections.count.open === 1, "the connection");
    await until(() => connections.count.open === 0, "its end");
  });

  it("are told from those of a client that always has another to read", async () => {
    await start();
    const { connections, deaf } = await withLongAnswers(0.5);
    const socket = await deaf();
    let received = 0;
    let answers = 0;
    socket.resume().on("data", (chunk: Buffer) => {
      received += chunk.length;
      // The next is asked for before the last has come whole.
      if (received < (answers + 0.5) * LONG.length) return;
      answers++;
      socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    });
    const began = performance.now();
    await until(() => socket.destroyed || performance.now() - began > 3000, "six looks");
    expect([socket.destroyed, connections.count.open]).toEqual([false, 1]);
  });

  it("are not kept by the dozen: the first make room for the next", async () => {
    await start();
    const { connections, deaf } = await withLongAnswers(30);
    await many(20, deaf);
    await until(() => connections.count.open === 1, "the end of all but one");
  });
});
