import type { Duplex } from "node:stream";

/** The status lines with which Node's HTTP server replies to malformed, too large and too slow requests, by error code. */
const STATUS_LINES: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Payload Too Large",
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
};

/** How long the client may take to read the reply, in milliseconds. */
const READ_TIMEOUT = 2000;

/**
 * Returns a listener for `clientError` that replies with an error and closes the connection, as Node does by default, but
 * only after the reviews that arrived before it in the same iteration of the event loop are answered. A connection whose
 * TLS handshake is not complete is closed at once: a reply would wait for the handshake indefinitely.
 * @param isOpen whether the handshake of a socket is complete
 */
export function clientErrorHandler(isOpen: (socket: Duplex) => boolean) {
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
      const statusLine = STATUS_LINES[code] ?? "400 Bad Request";
      const timer = setTimeout(() => socket.destroy(), READ_TIMEOUT).unref();
      socket.once("close", () => {
        clearTimeout(timer);
      });
      socket.end(`HTTP/1.1 ${statusLine}\r\nConnection: close\r\n\r\n`, () => {
        socket.destroy();
      });
    });
  };
}
