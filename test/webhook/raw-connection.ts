import { connect, type TLSSocket } from "node:tls";
import { PATIENCE } from "../patience.ts";

/** A TLS connection to which a test writes arbitrary text. */
export interface RawConnection {
  readonly socket: TLSSocket;
  write(text: string): void;
  /** Waits until the received text matches. @returns the text. @throws if it does not match in time, or the connection is closed */
  received(pattern: RegExp): Promise<string>;
  /** Waits until the server has closed the connection. @returns the received text */
  closed(): Promise<string>;
}

/** Connects to the server and verifies its certificate. */
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
    write: (data) => void socket.write(data),
    received: (pattern) =>
      poll(
        () => (pattern.test(text) ? text : undefined),
        () => ended,
        () => text,
      ),
    closed: () =>
      poll(
        () => (ended ? text : undefined),
        () => false,
        () => text,
      ),
  };
}

async function poll(
  attempt: () => string | undefined,
  isHopeless: () => boolean,
  received: () => string,
): Promise<string> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const result = attempt();
    if (result !== undefined) return result;
    if (isHopeless() || Date.now() > deadline) throw new Error(`never came; there was: ${received()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The text of a POST request with these header lines. */
export function postOf(path: string, body: string, head: readonly string[]): string {
  return [`POST ${path} HTTP/1.1`, "Host: localhost", "Content-Type: application/json", ...head, "", body].join("\r\n");
}

/** The text of a POST request with the correct `Content-Length`. */
export function plainPost(path: string, body: string): string {
  return postOf(path, body, [`Content-Length: ${Buffer.byteLength(body)}`]);
}
