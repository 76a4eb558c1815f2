import type { IncomingMessage } from "node:http";

/**
 * The maximum size of a body, in bytes. A review contains two objects of up to 3 MiB each (the API server's limit), and
 * its own fields.
 */
export const BODY_LIMIT = 7 * 1024 * 1024;

/** Why a body could not be read. */
export type BodyProblem =
  /** The HTTP status and the message of the reply. */
  | { readonly status: 413 | 504; readonly message: string }
  /** There is not enough memory for it at the moment. */
  | { readonly status: "overloaded" }
  /** The client closed the connection. */
  | { readonly status: "closed" };

const TOO_LARGE: BodyProblem = { status: 413, message: `the body is larger than ${BODY_LIMIT} bytes` };

/** The `Content-Length`; undefined if there is none. */
export function announcedLength({ headers }: IncomingMessage): number | undefined {
  return headers["content-length"] === undefined ? undefined : Number(headers["content-length"]);
}

/** The limits on reading a body. */
export interface BodyLimits {
  /** How long the body may take to arrive, in milliseconds. */
  readonly deadline: number;
  /** Reserves memory for a body without `Content-Length` while it grows: returns whether it may have this size. */
  readonly reserve: (bytes: number) => boolean;
}

/**
 * Reads the body of a request, up to {@link BODY_LIMIT} bytes and within the limits. Most bodies arrive in one piece with
 * their head: after one iteration of the event loop they are complete, and the result is no promise.
 */
export function readBody(request: IncomingMessage, limits: BodyLimits): MaybePromise<Buffer | BodyProblem> {
  const announced = announcedLength(request) ?? 0;
  if (announced > BODY_LIMIT) return TOO_LARGE;
  if (announced === 0 || request.readableLength !== announced) return collect(request, limits);
  const body: unknown = request.read();
  return body instanceof Buffer ? body : collect(request, limits);
}

type MaybePromise<T> = T | Promise<T>;

function collect(request: IncomingMessage, { deadline, reserve }: BodyLimits): MaybePromise<Buffer | BodyProblem> {
  if (request.destroyed) return { status: "closed" };
  const isAnnounced = announcedLength(request) !== undefined;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => {
      settle({ status: 504, message: `the body was not complete after ${deadline} ms` });
    }, deadline);
    const settle = (result: Buffer | BodyProblem): void => {
      clearTimeout(timer);
      request.removeListener("data", onData);
      resolve(result);
    };
    const onData = (chunk: Buffer): void => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > BODY_LIMIT) settle(TOO_LARGE);
      else if (!isAnnounced && !reserve(length)) settle({ status: "overloaded" });
    };
    request.on("data", onData);
    request.once("end", () => {
      settle(Buffer.concat(chunks));
    });
    request.once("error", () => {
      settle({ status: "closed" });
    });
    request.once("close", () => {
      settle({ status: "closed" });
    });
  });
}
