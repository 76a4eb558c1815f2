import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";

/** An answer that is an error, under its own HTTP status. */
export interface Failure {
  readonly status: 400 | 401 | 405 | 413 | 415 | 429 | 500 | 503 | 504;
  readonly message: string;
  readonly uid?: string;
  /** What went wrong inside, for the log alone. */
  readonly error?: unknown;
}

/** What can be told before the body is there. */
export function problemOfHead(request: IncomingMessage, clientsMustShow: boolean): Failure | undefined {
  const { method, headers, socket } = request;
  if (clientsMustShow && !(socket instanceof TLSSocket && socket.authorized)) {
    return { status: 401, message: "a review is sent with a client certificate of the CA that --client-ca names" };
  }
  if (method !== "POST") return { status: 405, message: `a review is sent by POST, found ${method ?? "nothing"}` };
  const type = headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    return { status: 415, message: `the content type must be application/json, found ${type ?? "none"}` };
  }
  const encoding = headers["content-encoding"] ?? "identity";
  return encoding === "identity"
    ? undefined
    : { status: 415, message: `the body must not be encoded, found ${encoding}` };
}
