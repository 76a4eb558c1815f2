import type { IncomingMessage, ServerResponse } from "node:http";
import { fail } from "../admission/review/index.ts";
import type { Connections } from "./connections/index.ts";
import { type BytesInFlight, type LoadShedder, nextBatchStep, type ReviewBatches } from "./load/index.ts";
import type { Logger } from "./logging/index.ts";
import type { Metrics } from "./metrics/index.ts";
import {
  announcedLength,
  BODY_LIMIT,
  deadlineIn,
  type Failure,
  memoizeLast,
  parseBody,
  problemOfHead,
  readBody,
  tryAnswer,
  uidAtStart,
} from "./requests/index.ts";
import type { Reviewer, ReviewResult } from "./reviewers.ts";
import type { WorkerProcess } from "./worker/index.ts";

export interface ReviewHandlerOptions {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly connections: Connections;
  readonly batches: ReviewBatches;
  readonly bytes: BytesInFlight;
  readonly worker: WorkerProcess;
  readonly shedder: LoadShedder;
  /** Whether the server shuts down: connections are then closed after their next answer. */
  readonly isStopping: () => boolean;
  /** Whether clients must present a certificate of the configured CA. */
  readonly requiresClientCertificate: boolean;
}

/** The maximum size of a body that is judged on the event loop, in bytes: even parsing a larger one would block it too long. */
const MAX_SMALL_BODY = 32 * 1024;

/** The longest time for a body to arrive, in milliseconds, even if the client's timeout is longer. */
const BODY_TIMEOUT = 10_000;

/** How long the rest of a body is read and discarded after the request was refused, in milliseconds. */
const DISCARD_TIME = 5000;

/** How long a connection is not read after an overload refused a small or a large review, in milliseconds. */
const [SMALL_PAUSE, LARGE_PAUSE] = [100, 1000];

/** The share of the remaining time that the worker process gets, so that there is time left to answer if it does not finish. */
const WORKER_TIME_SHARE = 0.95;

/** Returns the handler of reviews. It answers every request with a well-formed review and never throws. */
export function reviewHandler(options: ReviewHandlerOptions) {
  const { log, metrics, connections, batches, bytes, worker, shedder, isStopping, requiresClientCertificate } = options;
  const deadlineOf = memoizeLast(deadlineIn);

  return async function handle(
    request: IncomingMessage,
    response: ServerResponse,
    reviewer: Reviewer,
    query: string,
  ): Promise<void> {
    const { socket } = request;
    if (!connections.requestStarted(socket)) return;
    let reserved = 0;
    const client = socket.remoteAddress ?? "";
    const start = performance.now();
    try {
      const refused = problemOfHead(request, requiresClientCertificate);
      if (refused !== undefined) {
        sendFailure(request, response, refused);
        return;
      }
      const deadline = deadlineOf(query);
      const length = announcedLength(request) ?? 0;
      const announced = length > MAX_SMALL_BODY && length <= BODY_LIMIT ? length : 0;
      const overload = shedder.check(client, announced, deadline);
      if (overload !== undefined) {
        sendOverload(request, response, overload);
        return;
      }
      reserved = announced;
      await batches.wait(client);
      const reserve = (size: number): boolean => {
        if (!bytes.reserve(client, size - reserved)) return false;
        reserved = size;
        return true;
      };
      const body = await readBody(request, {
        deadline: Math.min(deadline, BODY_TIMEOUT),
        reserve: (size) => size <= MAX_SMALL_BODY || reserve(size),
      });
      if (!Buffer.isBuffer(body)) {
        if (body.status === "overloaded") sendOverload(request, response, shedder.refuseLarge());
        else if (body.status !== "closed") sendFailure(request, response, body);
        return;
      }
      let now = performance.now();
      while (batches.isTimeUp(now)) {
        await batches.waitAgain(client);
        now = performance.now();
      }
      const pending = { client, reviewer, body, start, deadline };
      let result = body.length > MAX_SMALL_BODY ? undefined : judgeInline(pending, now);
      if (result === undefined) {
        // From now on its memory is reserved even if it is small: it may have to wait behind large reviews.
        if (reserved === 0 && !reserve(body.length)) {
          sendOverload(request, response, shedder.refuseLarge());
          return;
        }
        result = await judgeInWorker(pending);
      }
      await nextBatchStep();
      if ("message" in result) {
        sendFailure(request, response, result);
        return;
      }
      const elapsed = performance.now() - start;
      if (elapsed > deadline) log.warn({ deadline, url: request.url }, "an answer came late");
      if (result.status !== 200) metrics.countFailure(result.status);
      send(request, response, result.status, result.text());
      await nextBatchStep();
      result.record(elapsed);
    } finally {
      if (reserved > 0) bytes.release(client, reserved);
      connections.requestEnded(socket);
    }
  };

  /** Judges a review on the event loop; undefined if that takes too long. */
  function judgeInline(
    { client, body, reviewer }: PendingReview,
    startedAt: number,
  ): ReviewResult | Failure | undefined {
    const parsed = parseBody(body);
    const result =
      "message" in parsed
        ? parsed
        : tryAnswer(parsed.text, parsed.review, () => reviewer.review(parsed.review, startedAt));
    batches.recordTime(client, performance.now() - startedAt);
    return result;
  }

  async function judgeInWorker({
    client,
    reviewer,
    body,
    start,
    deadline,
  }: PendingReview): Promise<ReviewResult | Failure> {
    const milliseconds = (deadline - (performance.now() - start)) * WORKER_TIME_SHARE;
    const result = await worker.review({ client, kind: reviewer.kind, body, milliseconds });
    if (result.type === "answer") return reviewer.fromWorker(result.status, result.text, result.record);
    if (result.type === "failure") return result;
    const request = result.request ?? uidAtStart(body);
    if (request !== undefined) return reviewer.unjudged(request);
    return { status: 504, message: `no answer within ${deadline} ms` };
  }

  function sendFailure(request: IncomingMessage, response: ServerResponse, failure: Failure): void {
    const { status, message, uid, error } = failure;
    if (error !== undefined) log.error({ err: error, url: request.url, uid }, "internal error");
    metrics.countFailure(status);
    log.warn({ status, reason: message, uid, url: request.url }, "no review");
    if (status === 405) response.setHeader("Allow", "POST");
    refuse(request, response, failure);
  }

  /**
   * Refuses a review because of an overload. The refusals are not logged one by one: there may be thousands a second. The
   * answer is sent at once and the connection stays open, because an API server repeats the request on it. But nothing is
   * read from it for a while: reading what an impatient client sends would cost more time than the reviews that are
   * answered.
   */
  function sendOverload(request: IncomingMessage, response: ServerResponse, { status, message }: Failure): void {
    metrics.countFailure(status);
    response.setHeader("Retry-After", "1");
    const text = JSON.stringify(fail(status, message));
    writeHead(response, status, Buffer.byteLength(text));
    if (isStopping()) {
      response.end(text);
      return;
    }
    // Until the response ends, Node reads no more of a body without a listener, and handles no further request.
    response.write(text);
    request.pause();
    const isLarge = (announcedLength(request) ?? BODY_LIMIT) > MAX_SMALL_BODY;
    const timer = setTimeout(() => response.end(), isLarge ? LARGE_PAUSE : SMALL_PAUSE).unref();
    response.once("close", () => {
      clearTimeout(timer);
    });
  }

  function refuse(request: IncomingMessage, response: ServerResponse, { status, message, uid }: Failure): void {
    if (!request.complete && hasBody(request)) discardRest(request, response);
    send(request, response, status, JSON.stringify(fail(status, message, uid)));
  }

  function send(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
    const length = Buffer.byteLength(text);
    writeHead(response, status, length);
    response.end(text);
    if (length > MAX_SMALL_BODY) connections.trackReply(request.socket, response, length);
  }

  function writeHead(response: ServerResponse, status: number, length: number): void {
    if (isStopping()) response.setHeader("Connection", "close");
    response.writeHead(status, { "Content-Type": "application/json", "Content-Length": length });
  }
}

/** A review whose body has been read. */
interface PendingReview {
  readonly client: string;
  readonly reviewer: Reviewer;
  readonly body: Buffer;
  /** When the head of the request was complete. */
  readonly start: number;
  /** How many milliseconds after `start` the answer is due. */
  readonly deadline: number;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** Reads and discards the rest of a body for a while: a client that is still writing would not read its answer otherwise. */
function discardRest(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("Connection", "close");
  request.resume();
  // A server that shuts down does not wait for this.
  const timer = setTimeout(() => request.destroy(), DISCARD_TIME).unref();
  request.once("close", () => {
    clearTimeout(timer);
  });
}
