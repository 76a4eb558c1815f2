/**
 * The load generator: posts one file repeatedly over several keep-alive TLS connections for a number of milliseconds.
 * Prints `{ requests, p50, p99 }`, times in milliseconds.
 * It writes raw requests: a client library would take more time than the measured servers.
 */
import { readFileSync } from "node:fs";
import { connect, type TLSSocket } from "node:tls";

const [file = "", ca = "", port = "0", path = "/", connections = "8", milliseconds = "1000"] = process.argv.slice(2);
const body = Buffer.from(JSON.stringify(JSON.parse(readFileSync(file, "utf8"))));
const head =
  `POST ${path}?timeout=10s HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\nAccept: application/json\r\n` +
  `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
const request = Buffer.concat([Buffer.from(head), body]);
const times: number[] = [];
const end = performance.now() + Number(milliseconds);

await Promise.all(Array.from({ length: Number(connections) }, runConnection));
times.sort((one, other) => one - other);
console.log(JSON.stringify({ requests: times.length, p50: quantile(0.5), p99: quantile(0.99) }));

async function runConnection(): Promise<void> {
  const socket = connect({ port: Number(port), host: "127.0.0.1", servername: "localhost", ca: readFileSync(ca) });
  await new Promise<void>((resolve, reject) => {
    socket.once("secureConnect", resolve).once("error", reject);
  });
  await new Promise<void>((resolve, reject) => {
    exchange(socket, resolve, reject);
  });
}

function exchange(socket: TLSSocket, done: () => void, failed: (error: Error) => void): void {
  let received = "";
  let start = performance.now();
  socket.on("data", (chunk: Buffer) => {
    received += chunk.toString("latin1");
    const length = lengthOf(received);
    if (length === undefined || received.length < length) return;
    if (!received.startsWith("HTTP/1.1 200")) failed(new Error(received));
    received = "";
    const now = performance.now();
    times.push(now - start);
    if (now >= end) {
      socket.end();
      done();
      return;
    }
    start = now;
    socket.write(request);
  });
  socket.write(request);
}

/** The length of the whole response; undefined until its head is complete. */
function lengthOf(received: string): number | undefined {
  const headEnd = received.indexOf("\r\n\r\n");
  const length = /content-length: (\d+)/i.exec(received)?.[1];
  return headEnd === -1 || length === undefined ? undefined : headEnd + 4 + Number(length);
}

function quantile(share: number): number {
  return Math.round((times[Math.floor(times.length * share)] ?? 0) * 1000) / 1000;
}
