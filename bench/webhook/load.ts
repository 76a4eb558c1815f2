/**
 * `load.ts CONFIG` (JSON, see `load-plan.ts`): sends reviews over persistent connections, and prints `{ milliseconds, cpu,
 * times, ends }`: how long it took, its own processor time in microseconds, the time of each review in microseconds, and when it
 * was answered, in milliseconds since the epoch. It writes raw requests: a client library would take more time than the measured servers.
 */
import { readFileSync } from "node:fs";
import { connect, type TLSSocket } from "node:tls";
import { readPlan } from "./load-plan.ts";

const plan = readPlan(process.argv[2] ?? "");
const ca = readFileSync(plan.ca);
const requests = plan.targets.map(({ file, path }) => requestOf(file, path));
const times: number[] = [];
const ends: number[] = [];
let sent = 0;

const connections = await Promise.all(Array.from({ length: plan.connections }, openConnection));
const begun = performance.now();
const cpuBefore = process.cpuUsage();
const end = begun + plan.milliseconds;
await (plan.rate === undefined ? Promise.all(connections.map(withoutPauses)) : atRate(plan.rate));
const { user, system } = process.cpuUsage(cpuBefore);
const milliseconds = performance.now() - begun;
for (const connection of connections) connection.socket.end();
console.log(JSON.stringify({ milliseconds, cpu: user + system, times, ends }));

/** A connection, on which one review at a time is sent. */
interface Connection {
  readonly socket: TLSSocket;
  /** Sends a review. Its time counts from `since`, when it should have been sent. */
  readonly send: (request: Buffer, since: number) => Promise<void>;
}

function requestOf(file: string, path: string): Buffer {
  const body = Buffer.from(JSON.stringify(JSON.parse(readFileSync(file, "utf8"))));
  const head =
    `POST ${path}?timeout=10s HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\nAccept: application/json\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/** The reviews take turns. */
function next(): Buffer {
  const request = requests[sent++ % requests.length];
  if (request === undefined) throw new Error("there is no review to send");
  return request;
}

async function openConnection(): Promise<Connection> {
  const socket = connect({ port: plan.port, host: "127.0.0.1", servername: "localhost", ca });
  await new Promise<void>((resolve, reject) => {
    socket.once("secureConnect", resolve).once("error", reject);
  });
  socket.setNoDelay(true);
  let received = "";
  let waiting:
    { readonly since: number; readonly done: () => void; readonly failed: (error: Error) => void } | undefined;
  socket.on("data", (chunk: Buffer) => {
    received += chunk.toString("latin1");
    const length = lengthOf(received);
    if (length === undefined || received.length < length) return;
    if (received.startsWith("HTTP/1.1 200") || (plan.isShedAllowed && received.startsWith("HTTP/1.1 503"))) {
      const now = performance.now();
      times.push(Math.round((now - (waiting?.since ?? 0)) * 1000));
      ends.push(Math.round(performance.timeOrigin + now));
      waiting?.done();
    } else waiting?.failed(new Error(received));
    received = "";
  });
  socket.once("close", () => waiting?.failed(new Error("the server closed a connection")));
  return {
    socket,
    send: (request, since) =>
      new Promise((done, failed) => {
        waiting = { since, done, failed };
        socket.write(request);
      }),
  };
}

async function withoutPauses({ send }: Connection): Promise<void> {
  do await send(next(), performance.now());
  while (performance.now() < end);
}

/**
 * An open loop: every review has its time to be sent, whether or not the ones before it were answered, and is measured from
 * then on. A server that stalls is charged for all that came meanwhile.
 */
async function atRate(perSecond: number): Promise<void> {
  const idle = [...connections];
  const late: number[] = [];
  const total = Math.max(1, Math.round((plan.milliseconds / 1000) * perSecond));
  const reply = (connection: Connection, since: number): Promise<void> =>
    connection.send(next(), since).then(() => {
      const other = late.shift();
      if (other !== undefined) return reply(connection, other);
      idle.push(connection);
      return undefined;
    });
  const replies: Promise<void>[] = [];
  for (let index = 0; index < total; index++) {
    const due = begun + (index * 1000) / perSecond;
    // Timers are good for a millisecond only; this process has a core of its own.
    while (performance.now() < due) await new Promise(setImmediate);
    // All take turns: the server closes those that are idle.
    const connection = idle.shift();
    if (connection === undefined) late.push(due);
    else replies.push(reply(connection, due));
  }
  await Promise.all(replies);
}

/** The length of the whole response; undefined until its head is complete. */
function lengthOf(received: string): number | undefined {
  const headEnd = received.indexOf("\r\n\r\n");
  const length = /content-length: (\d+)/i.exec(received)?.[1];
  return headEnd === -1 || length === undefined ? undefined : headEnd + 4 + Number(length);
}
