import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { afterEach, describe, expect, it } from "@jest/globals";
import { Connections } from "#src/webhook/connections/connections.ts";
import { cleanUpAfterTest } from "#test/cleanup.ts";
import { startTestServer, type TestServer, until } from "../harness.ts";
import { reviewOf } from "../large-reviews.ts";
import { plainPost, postOf, rawConnection } from "../raw-connection.ts";

/** Limits that no test reaches; each test lowers the one that it tests. */
const HIGH_LIMITS = {
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

async function start(limits: Partial<typeof HIGH_LIMITS> = {}): Promise<void> {
  server = await startTestServer({
    config: { limits: { ...HIGH_LIMITS, ...limits }, shutdown: { drainSeconds: 0, graceSeconds: 60 } },
  });
}

/** The address of a second client; the valid requests come from 127.0.0.1. */
const OTHER_ADDRESS = "127.0.0.2";
/** Other systems have only one loopback address. */
const withTwoAddresses = process.platform === "linux" ? it : it.skip;

/** Opens a TCP connection without TLS. */
async function connectPlain(port = server.server.port, localAddress = "127.0.0.1"): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port, localAddress });
  sockets.push(socket);
  socket.on("error", () => undefined).resume();
  await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
  return socket;
}

async function many<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, make));
}

/** Opens a TLS connection. */
async function connectWithTls(localAddress = "127.0.0.1"): Promise<TLSSocket> {
  const tcpSocket = connect({ host: "127.0.0.1", port: server.server.port, localAddress });
  const socket = connectTls({ socket: tcpSocket, ca: server.ca, servername: "localhost" });
  sockets.push(socket);
  socket.on("error", () => undefined).resume();
  await new Promise((resolve) => socket.once("secureConnect", resolve).once("close", resolve));
  return socket;
}

function connectionCount(): { readonly open: number; readonly handshakes: number } {
  return server.server.connections.webhook.count;
}

async function expectGoodRequestToWork(): Promise<void> {
  expect((await server.post("/mutate", REVIEW)).status).toBe(200);
}

/** The start of a ClientHello: its record is longer than this. */
const HALF_A_HELLO = Buffer.from("16030102000100", "hex");

describe("connections without a finished handshake", () => {
  it.each([
    { name: "say nothing", what: undefined },
    { name: "send half a ClientHello", what: HALF_A_HELLO },
    { name: "speak no TLS", what: "GET / HTTP/1.1\r\n\r\n" },
  ])("that $name and hang up leave nothing behind", async ({ what }) => {
    await start({ handshakes: 1000 });
    const opened = await many(500, () => connectPlain());
    for (const socket of opened) {
      if (what !== undefined) socket.write(what);
      socket.end();
    }
    await until(() => connectionCount().handshakes === 0, "no connection left");
    await until(() => opened.every(({ destroyed }) => destroyed), "closed at the other end too");
    await expectGoodRequestToWork();
  });

  it("are closed after the timeout", async () => {
    await start({ handshakeSeconds: 0.2 });
    const opened = await many(20, () => connectPlain());
    opened[0]?.write(HALF_A_HELLO);
    await until(() => opened.every(({ destroyed }) => destroyed), "all are closed");
    expect(connectionCount().handshakes).toBe(0);
  });

  it("are closed to make room for the next when there are too many", async () => {
    await start({ handshakes: 8 });
    const opened = await many(8, () => connectPlain());
    await until(() => connectionCount().handshakes === 8, "all are connected");
    await new Promise((resolve) => setTimeout(resolve, 150));
    await expectGoodRequestToWork();
    expect(opened.filter(({ destroyed }) => destroyed)).toHaveLength(1);
  });

  withTwoAddresses("of one address make room for those of another, however new they are", async () => {
    await start({ handshakes: 8 });
    const flood = setInterval(() => void many(8, () => connectPlain(undefined, OTHER_ADDRESS)), 5);
    try {
      await until(() => connectionCount().handshakes === 8, "the limit");
      for (let count = 0; count < 5; count++) await expectGoodRequestToWork();
    } finally {
      clearInterval(flood);
    }
  });

  it("do not delay the shutdown", async () => {
    await start();
    const opened = await many(20, () => connectPlain());
    opened[0]?.write(HALF_A_HELLO);
    await until(() => connectionCount().handshakes === 20, "all are connected");
    // The grace period is a minute: a test that waits for it times out.
    await server.stop();
    await until(() => opened.every(({ destroyed }) => destroyed), "all are closed");
  });
});

describe("connections", () => {
  it("beyond the limit: the one that is idle longest is closed, and active clients are served", async () => {
    await start({ connections: 16 });
    await expectGoodRequestToWork();
    const idle = await many(100, () => connectWithTls());
    await until(() => idle.filter(({ destroyed }) => !destroyed).length <= 16, "the limit");
    await expectGoodRequestToWork();
    expect(connectionCount().open).toBeLessThanOrEqual(16);
  });

  withTwoAddresses("of one address, although all busy, make room for those of another", async () => {
    await start({ connections: 16 });
    const slow = await many(16, () => connectWithTls(OTHER_ADDRESS));
    for (const socket of slow) socket.write(postOf("/mutate", "{", ["Content-Length: 10"]));
    await until(() => connectionCount().open === 16, "all are connected");
    await expectGoodRequestToWork();
    await until(() => slow.filter(({ destroyed }) => destroyed).length === 1, "one of them is closed");
    for (const socket of slow) socket.destroy();
  });

  it("beyond the limit of the health port are closed too", async () => {
    await start({ connections: 16 });
    const idle = await many(100, () => connectPlain(server.server.healthPort));
    await until(() => idle.filter(({ destroyed }) => !destroyed).length <= 16, "the limit");
    expect((await server.get("/healthz")).status).toBe(200);
  });

  it.each([
    { name: "no byte of a request", text: "" },
    { name: "half a head", text: "POST /mutate HTTP/1.1\r\nHost: " },
  ])("that send $name are closed after the timeout, on both ports", async ({ text }) => {
    await start({ headSeconds: 0.2 });
    const opened = [await connectWithTls(), await connectPlain(server.server.healthPort)];
    for (const socket of opened) socket.write(text);
    await until(() => opened.every(({ destroyed }) => destroyed), "both are closed");
  });

  it("that send half a head, or are idle, do not delay the shutdown", async () => {
    await start();
    const opened = [await connectWithTls(), await connectWithTls(), await connectPlain(server.server.healthPort)];
    opened[0]?.write("POST /mutate HTTP/1.1\r\nHost: ");
    opened[2]?.write("GET /healthz");
    await until(() => connectionCount().open === 2, "all are connected");
    await server.stop();
    await until(() => opened.every(({ destroyed }) => destroyed), "all are closed");
  });

  it("with too many pipelined requests are closed", async () => {
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

  /** Starts a server whose answers are longer than the buffers of the system. */
  async function startWithLongAnswers(replySeconds: number) {
    const plainServer = createServer();
    const connections = new Connections(plainServer, false, { ...HIGH_LIMITS, replySeconds });
    plainServer.on(
      "request",
      connections.countRequests((request, response) => {
        response.end(LONG);
        connections.trackReply(request.socket, response, LONG.length);
      }),
    );
    const port = await new Promise<number>((resolve) => {
      plainServer.listen(0, "127.0.0.1", () => {
        const address = plainServer.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    const connectWithoutReading = async (): Promise<Socket> => {
      const socket = await connectPlain(port);
      socket.pause().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      return socket;
    };
    cleanUpAfterTest(() => {
      connections.destroyAll();
      connections.stopMonitoring();
      plainServer.close();
    });
    return { connections, connectWithoutReading };
  }

  it("close their connections after the timeout", async () => {
    await start();
    const { connections, connectWithoutReading } = await startWithLongAnswers(0.5);
    await connectWithoutReading();
    await until(() => connections.count.open === 1, "the connection");
    await until(() => connections.count.open === 0, "its end");
  });

  it("are distinguished from those of a client that always has another to read", async () => {
    await start();
    // Four checks without progress: one may come before this process has read anything, on a busy machine.
    const { connections, connectWithoutReading } = await startWithLongAnswers(2);
    const socket = await connectWithoutReading();
    let received = 0;
    let answers = 0;
    socket.resume().on("data", (chunk: Buffer) => {
      received += chunk.length;
      // The next request is sent before the last answer is complete.
      if (received < (answers + 0.5) * LONG.length) return;
      answers++;
      socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    });
    const startedAt = performance.now();
    await until(() => socket.destroyed || performance.now() - startedAt > 3000, "six checks");
    expect([socket.destroyed, connections.count.open]).toEqual([false, 1]);
  });

  it("are limited in total: the first connections are closed to make room", async () => {
    await start();
    const { connections, connectWithoutReading } = await startWithLongAnswers(30);
    await many(20, connectWithoutReading);
    await until(() => connections.count.open === 1, "the end of all but one");
  });
});
