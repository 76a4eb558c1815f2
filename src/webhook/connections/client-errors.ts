import type { Duplex } from "node:stream";

/** The answers of Node's own HTTP server to what is no HTTP, or too much or too slow. */
const ANSWERS: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Payload Too Large",
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
};

/** How long, in milliseconds, the client may take to read that. */
const READ_TIME = 2000;

/**
 * Ends a connection on which something went wrong, as Node does by itself, but only once the reviews that came before
 * it in the same turn are answered. One whose TLS handshake is not done ends at once: an answer would wait for the
 * handshake for ever.
 * @param isOpen whether the handshake is done
 */
export function endAfterAnswers(isOpen: (socket: Duplex) => boolean) {
  return ({ code = "" }: NodeJS.ErrnoException, socket: Duplex): void => {
    if (!isOpen(socket)) {
      socket.destroy();
      return;
    }
    setImmediate(() => {
      if (!socket.writable) {
        socket.destroy();
        return;
      }
      const answer = ANSWERS[code] ?? "400 Bad Request";
      const timer = setTimeout(() => socket.destroy(), READ_TIME).unref();
      socket.once("close", () => {
        clearTimeout(timer);
      });
      socket.end(`HTTP/1.1 ${answer}\r\nConnection: close\r\n\r\n`, () => {
        socket.destroy();
      });
    });
  };
}
