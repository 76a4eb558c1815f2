import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";

/** An error reply: its HTTP status and its message. */
export interface Failure {
  readonly status: 400 | 401 | 405 | 413 | 415 | 429 | 500 | 503 | 504;
  readonly message: string;
  readonly uid?: string;
  /** An internal error, for the log only. */
  readonly error?: unknown;
}

/** Returns why a request is refused before its body is read; undefined if it is not. */
export function problemOfHead(request: IncomingMessage, requiresClientCertificate: boolean): Failure | undefined {
  const { method, headers, socket } = request;
  if (requiresClientCertificate && !(socket instanceof TLSSocket && socket.authorized)) {
    return { status: 401, message: "a review is sent with a client certificate of the CA that --client-ca names" };
  }
  if (method !== "POST") return { status: 405, message: `a review is sent by POST, found ${method ?? "nothing"}` };
  const contentType = headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (contentType !== "application/json") {
    return { status: 415, message: `the content type must be application/json, found ${contentType ?? "none"}` };
  }
  const encoding = headers["content-encoding"] ?? "identity";
  return encoding === "identity"
    ? undefined
    : { status: 415, message: `the body must not be encoded, found ${encoding}` };
}
