import { connect as connectTcp } from "node:net";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { valueAt } from "#src/field/json.ts";
import { checkedReply } from "#test/admission/response-schema.ts";
import { readReviewFile } from "#test/reviews/reviews.ts";
import { startTestServer, type TestServer, until } from "../harness.ts";
import { plainPost, postOf, type RawConnection, rawConnection } from "../raw-connection.ts";

const REVIEW = JSON.stringify(readReviewFile("create-main-kubectl-create-np-mutating.json").review);
/** The review with another uid, so that two answers can be distinguished. */
const withUid = (uid: string): string => REVIEW.replace(/"uid":"[^"]+"/, `"uid":"${uid}"`);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

function open(): Promise<RawConnection> {
  return rawConnection(server.server.port, server.ca);
}

/** The bodies of the received answers, in order. */
function bodiesIn(text: string): unknown[] {
  return [...text.matchAll(/\r\n\r\n(\{.*?\})(?=HTTP\/1\.1|$)/gs)].map(([, body = ""]): unknown => JSON.parse(body));
}

async function expectGoodRequestToWork(): Promise<void> {
  const reply = await server.post("/mutate", REVIEW);
  expect([reply.status, checkedReply(JSON.parse(reply.text)).allowed]).toEqual([200, true]);
}

describe("reviews on the wire", () => {
  it("answers two pipelined reviews in order", async () => {
    const connection = await open();
    connection.write(plainPost("/mutate", withUid("one")) + plainPost("/validate", withUid("two")));
    const text = await connection.received(/HTTP\/1\.1.*HTTP\/1\.1 .*\}\}/s);
    expect(bodiesIn(text).map((body) => valueAt(body, ["response", "uid"]))).toEqual(["one", "two"]);
    connection.socket.destroy();
  });

  it("sends 100 Continue if the client expects it", async () => {
    const connection = await open();
    connection.write(postOf("/mutate", "", [`Content-Length: ${REVIEW.length}`, "Expect: 100-continue"]));
    await connection.received(/^HTTP\/1\.1 100 Continue/);
    connection.write(REVIEW);
    expect(await connection.received(/\}\}/)).toMatch(/HTTP\/1\.1 200 OK/);
    connection.socket.destroy();
  });

  it.each(["Expect:", "Expect: something-else"])("answers as usual with %s", async (expectation) => {
    const connection = await open();
    connection.write(postOf("/mutate", REVIEW, [`Content-Length: ${REVIEW.length}`, expectation]));
    expect(await connection.received(/\}\}/)).toMatch(/^HTTP\/1\.1 200 OK/);
    connection.socket.destroy();
  });

  it("reads a chunked body", async () => {
    const connection = await open();
    const half = Math.floor(REVIEW.length / 2);
    const chunks = [REVIEW.slice(0, half), REVIEW.slice(half)];
    connection.write(postOf("/mutate", "", ["Transfer-Encoding: chunked"]));
    for (const chunk of chunks) {
      connection.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    connection.write("0\r\n\r\n");
    expect(await connection.received(/\}\}/)).toMatch(/^HTTP\/1\.1 200 OK/);
    connection.socket.destroy();
  });

  it("reads a body that arrives in small pieces", async () => {
    const connection = await open();
    const [head = ""] = plainPost("/mutate", REVIEW).split("\r\n\r\n");
    connection.write(`${head}\r\n\r\n`);
    for (const part of REVIEW.match(/.{1,97}/gs) ?? []) {
      connection.write(part);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await connection.received(/\}\}/)).toMatch(/^HTTP\/1\.1 200 OK/);
    connection.socket.destroy();
  });

  it("keeps an idle connection longer than the 90 seconds of an API server", async () => {
    const { headers } = await server.post("/mutate", REVIEW);
    expect([headers["connection"], headers["keep-alive"]]).toEqual(["keep-alive", "timeout=120"]);
  });
});

describe("errors on the wire", () => {
  it("a body shorter than Content-Length: refused after the timeout of the API server, and the connection is closed", async () => {
    const connection = await open();
    connection.write(postOf("/mutate?timeout=1s", REVIEW, [`Content-Length: ${REVIEW.length + 10}`]));
    const text = await connection.received(/\}\}/);
    expect(text).toMatch(/^HTTP\/1\.1 504 .*Connection: close/s);
    expect(valueAt(bodiesIn(text)[0], ["response", "status", "message"])).toBe(
      "Fairlead: the body was not complete after 950 ms",
    );
    connection.socket.destroy();
    await expectGoodRequestToWork();
  });

  it("a body longer than Content-Length: the review is answered, and the connection is closed", async () => {
    const connection = await open();
    connection.write(postOf("/mutate", `${REVIEW}}}}`, [`Content-Length: ${REVIEW.length}`]));
    const text = await connection.closed();
    expect([text.startsWith("HTTP/1.1 200 OK"), bodiesIn(text).length]).toEqual([true, 1]);
    await expectGoodRequestToWork();
  });

  it.each([
    { name: "no HTTP at all", text: "hello\r\n\r\n", says: /^HTTP\/1\.1 400 Bad Request/ },
    {
      name: "two lengths",
      text: postOf("/mutate", REVIEW, ["Content-Length: 10", "Content-Length: 20"]),
      says: /^HTTP\/1\.1 400 Bad Request/,
    },
    {
      name: "a head of 64 KiB",
      text: postOf("/mutate", "", [`X-Long: ${"x".repeat(65_536)}`]),
      says: /^HTTP\/1\.1 431 /,
    },
  ])("$name", async ({ text, says }) => {
    const connection = await open();
    connection.write(text);
    expect(await connection.closed()).toMatch(says);
    await expectGoodRequestToWork();
  });

  it("a client that hangs up in the middle of the body causes no log line", async () => {
    const before = server.logged.length;
    const connection = await open();
    connection.write(postOf("/mutate", REVIEW.slice(0, 100), [`Content-Length: ${REVIEW.length}`]));
    await new Promise((resolve) => setTimeout(resolve, 50));
    connection.socket.destroy();
    await expectGoodRequestToWork();
    expect(server.logged.slice(before).filter((line) => !line.includes('"msg":"review"'))).toEqual([]);
  });

  it("speaks TLS 1.2 and no older", async () => {
    const version = (maxVersion: "TLSv1.1" | "TLSv1.2"): Promise<string> =>
      new Promise((resolve) => {
        const options = { host: "127.0.0.1", port: server.server.port, ca: server.ca, servername: "localhost" };
        const socket = connect({ ...options, minVersion: "TLSv1", maxVersion, ciphers: "DEFAULT:@SECLEVEL=0" }, () => {
          resolve(socket.getProtocol() ?? "none");
          socket.destroy();
        });
        socket.on("error", () => {
          resolve("refused");
        });
      });
    expect([await version("TLSv1.1"), await version("TLSv1.2")]).toEqual(["refused", "TLSv1.2"]);
  });
});

describe("shutdown", () => {
  it("makes the server not ready, answers requests in flight, and accepts no new connections", async () => {
    const ending = await startTestServer({ config: { shutdown: { drainSeconds: 0, graceSeconds: 5 } } });
    const connection = await rawConnection(ending.server.port, ending.ca);
    connection.write(postOf("/mutate", REVIEW.slice(0, 100), [`Content-Length: ${REVIEW.length}`]));
    await new Promise((resolve) => setTimeout(resolve, 50));
    let stopped = false;
    const stopping = ending.stop().then(() => (stopped = true));
    await until(async () => (await connectionAttempt(ending.server.port)) === "refused", "no new connections");
    expect([ending.server.readiness.reasons(), stopped]).toEqual([["shutting down"], false]);
    connection.write(REVIEW.slice(100));
    const text = await connection.closed();
    expect(text).toMatch(/^HTTP\/1\.1 200 OK.*Connection: close/s);
    expect(valueAt(bodiesIn(text)[0], ["response", "allowed"])).toBe(true);
    await stopping;
  });

  it("keeps serving while it drains, is not ready, and closes connections after their answer", async () => {
    const ending = await startTestServer({ config: { shutdown: { drainSeconds: 1, graceSeconds: 5 } } });
    const stopping = ending.server.stop();
    expect(await ending.get("/readyz")).toMatchObject({ status: 503, text: "not ready: shutting down\n" });
    const { status, headers } = await ending.post("/mutate", REVIEW);
    expect([status, headers["connection"]]).toEqual([200, "close"]);
    await stopping;
  });

  it("does not wait for a connection without a finished handshake", async () => {
    const ending = await startTestServer({ config: { shutdown: { drainSeconds: 0, graceSeconds: 0.1 } } });
    const silent = connectTcp(ending.server.port, "127.0.0.1");
    const cut = new Promise((resolve) => silent.on("error", () => undefined).once("close", resolve));
    await new Promise((resolve) => silent.once("connect", resolve));
    await ending.stop();
    await cut;
  });
});

/** Whether the port accepts a connection. */
function connectionAttempt(port: number): Promise<"accepted" | "refused"> {
  return new Promise((resolve) => {
    const socket = connectTcp(port, "127.0.0.1", () => {
      socket.destroy();
      resolve("accepted");
    });
    socket.on("error", () => {
      resolve("refused");
    });
  });
}
