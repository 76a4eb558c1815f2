import type { IncomingMessage } from "node:http";

/**
 * Most bytes of a body. A review carries two objects of up to 3 MiB each (what an API server takes of one), and what
 * surrounds them.
 */
export const BODY_LIMIT = 7 * 1024 * 1024;

/** A body that cannot be used: the HTTP status, and the sentence. `gone`: the client hung up, nobody reads an answer. */
export type BodyProblem =
  | { readonly status: 413 | 504; readonly message: string }
  /** There is no room for it now. */
  | { readonly status: "shed" }
  | { readonly status: "gone" };

const TOO_LARGE: BodyProblem = { status: 413, message: `the body is larger than ${BODY_LIMIT} bytes` };

/** How many bytes the body comes to; undefined where nothing is announced. */
export function announcedLength({ headers }: IncomingMessage): number | undefined {
  return headers["content-length"] === undefined ? undefined : Number(headers["content-length"]);
}

/** How long a body may take, and who may have how many bytes of it. */
export interface BodyLimits {
  /** In milliseconds. */
  readonly deadline: number;
  /** Asked of a body of which nothing is announced, as it grows: whether so many bytes of it may be held. */
  readonly reserve: (bytes: number) => boolean;
}

/**
 * Collects the body of a request, at most {@link BODY_LIMIT} bytes and as long as the limits let it take.
 * What came in one piece with its head, as most reviews do, is there already if the event loop has taken a turn since.
 */
export function readBody(request: IncomingMessage, limits: BodyLimits): MaybePromise<Buffer | BodyProblem> {
  const announced = announcedLength(request) ?? 0;
  if (announced > BODY_LIMIT) return TOO_LARGE;
  if (announced === 0 || request.readableLength !== announced) return collect(request, limits);
  const whole: unknown = request.read();
  return whole instanceof Buffer ? whole : collect(request, limits);
}

type MaybePromise<T> = T | Promise<T>;

function collect(request: IncomingMessage, { deadline, reserve: room }: BodyLimits): MaybePromise<Buffer | BodyProblem> {
  if (request.destroyed) return { status: "gone" };
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
      else if (!isAnnounced && !room(length)) settle({ status: "shed" });
    };
    request.on("data", onData);
    request.once("end", () => {
      settle(Buffer.concat(chunks));
    });
    request.once("error", () => {
      settle({ status: "gone" });
    });
    request.once("close", () => {
      settle({ status: "gone" });
    });
  });
}
