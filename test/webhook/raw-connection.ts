import { connect, type TLSSocket } from "node:tls";
import { PATIENCE } from "../patience.ts";

/** A TLS connection on which a test writes what it likes. */
export interface RawConnection {
  readonly socket: TLSSocket;
  write(text: string): void;
  /** Waits until all that came so far matches. @returns what came; fails when the tests' patience, or the connection, ends. */
  received(pattern: RegExp): Promise<string>;
  /** Waits until the server has closed it. @returns all that came. */
  closed(): Promise<string>;
}

/** Connects to the server with its certificate verified. */
export async function rawConnection(port: number, ca: string): Promise<RawConnection> {
  const socket = connect({ host: "127.0.0.1", port, ca, servername: "localhost" });
  await new Promise<void>((resolve, reject) => {
    socket.once("secureConnect", resolve).once("error", reject);
  });
  let text = "";
  let ended = false;
  socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  socket.on("error", () => undefined).on("close", () => (ended = true));
  return {
    socket,
    write: (what) => void socket.write(what),
    received: (pattern) =>
      poll(
        () => (pattern.test(text) ? text : undefined),
        () => ended,
        text,
      ),
    closed: () =>
      poll(
        () => (ended ? text : undefined),
        () => false,
        text,
      ),
  };
}

async function poll(ask: () => string | undefined, hopeless: () => boolean, said: string): Promise<string> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const answer = ask();
    if (answer !== undefined) return answer;
    if (hopeless() || Date.now() > deadline) throw new Error(`never came; there was: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A POST as it goes over the line, with the head's lines as given. */
export function postOf(path: string, body: string, head: readonly string[]): string {
  return [`POST ${path} HTTP/1.1`, "Host: localhost", "Content-Type: application/json", ...head, "", body].join("\r\n");
}

/** The same with a `Content-Length` that is right. */
export function plainPost(path: string, body: string): string {
  return postOf(path, body, [`Content-Length: ${Buffer.byteLength(body)}`]);
}
