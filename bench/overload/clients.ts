/**
 * `clients.ts KIND PORT CA FILE MILLISECONDS`: runs clients of one kind for this long. Prints the counts of their requests
 * and the quantiles of the response times in milliseconds: `{ answered, shed, cut, p50, p99 }`.
 */
import { readFileSync } from "node:fs";
import { request, Agent } from "node:https";
import { constants, setPriority } from "node:os";
import { connect as connectTcp, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { connect } from "node:tls";

const [kind = "", port = "0", caFile = "", file = "", milliseconds = "0"] = process.argv.slice(2);
const ca = readFileSync(caFile, "utf8");
const small = Buffer.from(JSON.stringify(JSON.parse(readFileSync(file, "utf8"))));
const end = performance.now() + Number(milliseconds);
/** The source address of misbehaving clients: the server distinguishes clients by address. */
const FLOODER = "127.0.0.2";
const counts = { answered: 0, shed: 0, cut: 0 };
const times: number[] = [];

/** Sends one review; the agent keeps the connection alive. */
function review(agent: Agent, body: Buffer): Promise<void> {
  const began = performance.now();
  return new Promise((resolve) => {
    const cut = (): void => {
      counts.cut++;
      resolve();
    };
    const headers = { "Content-Type": "application/json", "Content-Length": body.length };
    const options = { host: "127.0.0.1", port, path: "/validate/deny?timeout=10s", method: "POST", agent, headers };
    const sent = request(options, (response) => {
      response.resume().once("end", () => {
        if (response.statusCode === 200) {
          counts.answered++;
          times.push(performance.now() - began);
        } else counts.shed++;
        resolve();
      });
      response.once("error", cut);
    });
    sent.once("error", cut);
    sent.end(body);
  });
}

/** Sends reviews over this many connections, each with a pause after every answer, in milliseconds. */
async function sendReviews(
  connections: number,
  interval: number,
  body: Buffer = small,
  localAddress?: string,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, ca, servername: "localhost", ...(localAddress && { localAddress }) });
  await Promise.all(
    Array.from({ length: connections }, async (_, index) => {
      // Handshakes are spread out: all at once would be another kind of load.
      await pause(index * 5);
      while (performance.now() < end) {
        await review(agent, body);
        if (interval > 0) await pause(interval);
      }
    }),
  );
  agent.destroy();
}

/** Keeps this many connections open, and opens new ones when the server closes some. */
async function holdConnections(connections: number, open: () => Socket): Promise<void> {
  const held = new Set<Socket>();
  while (performance.now() < end) {
    for (let missing = Math.min(50, connections - held.size); missing > 0; missing--) {
      const socket = open();
      held.add(socket);
      socket
        .on("error", () => undefined)
        .once("close", () => {
          counts.cut++;
          held.delete(socket);
        });
    }
    await pause(10);
  }
  for (const socket of held) socket.destroy();
}

function secure(first: string): Socket {
  const where = { host: "127.0.0.1", port: Number(port), localAddress: FLOODER };
  const socket = connect({ ...where, ca, servername: "localhost" }, () => {
    socket.write(first);
  });
  return socket;
}

const HEAD = "POST /validate/deny?timeout=10s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
/** The review with other ports. */
function withPorts(length: number, port: (index: number) => unknown = named): Buffer {
  const ports = Array.from({ length }, (_, i) => JSON.stringify(port(i)));
  return Buffer.from(small.toString().replace(/"ports":\[.*?\]/, `"ports":[${ports.join()}]`));
}

function named(index: number): unknown {
  return { name: `port-${index}`, protocol: "TCP", port: 80 };
}

function withLabels(labels: readonly string[]): Buffer {
  return Buffer.from(small.toString().replace(/"labels":\{/, `"labels":{${labels.join()},`));
}

const KINDS: Readonly<Record<string, () => Promise<void>>> = {
  others: () => sendReviews(8, 40),
  "a client that floods, 300 connections": () => sendReviews(300, 0, small, FLOODER),
  "the same with reviews of 30 KB": () => sendReviews(300, 0, withPorts(560), FLOODER),
  "the same with reviews of 60 KB": () => sendReviews(300, 0, withPorts(1200), FLOODER),
  // Just below the size limit of a request body.
  "eight large bodies at a time": () => sendReviews(8, 0, withPorts(141_000), FLOODER),
  "eight large bodies of empty ports": () =>
    sendReviews(
      8,
      0,
      withPorts(2_300_000, () => ({})),
      FLOODER,
    ),
  "eight large bodies of one text": () => sendReviews(8, 0, withLabels([`"a":"${"x".repeat(6_900_000)}"`]), FLOODER),
  "eight large bodies of labels": () =>
    sendReviews(8, 0, withLabels(Array.from({ length: 460_000 }, (_, i) => `"l${i}":"x"`)), FLOODER),
  "500 half-open connections": () =>
    holdConnections(500, () => connectTcp({ host: "127.0.0.1", port: Number(port), localAddress: FLOODER })),
  "300 slow heads": () => holdConnections(300, () => secure(HEAD)),
  "300 slow bodies": () => holdConnections(300, () => secure(`${HEAD}Content-Length: 60000\r\n\r\n{`)),
  "300 that never read": () =>
    holdConnections(300, () => {
      const body = small.toString();
      return secure(`${HEAD}Content-Length: ${small.length}\r\n\r\n${body}`.repeat(8)).pause();
    }),
  "5,000 idle connections": () => holdConnections(5000, () => secure("")),
};

// Misbehaving clients would run on other machines: here they must not take processor time from the server.
if (kind !== "others") setPriority(constants.priority.PRIORITY_LOW);
await KINDS[kind]?.();
times.sort((one, other) => one - other);
const quantile = (share: number): number => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
console.log(JSON.stringify({ ...counts, p50: quantile(0.5), p99: quantile(0.99) }));
process.exit();
