import type { IncomingMessage, ServerResponse } from "node:http";
import { fail } from "../admission/review/index.ts";
import type { Connections } from "./connections/index.ts";
import { type BytesInFlight, nextBatchStep, type LoadShedder, type ReviewBatches } from "./load/index.ts";
import type { Logger } from "./logging/index.ts";
import type { Metrics } from "./metrics/index.ts";
import {
  announcedLength,
  tryAnswer,
  BODY_LIMIT,
  deadlineIn,
  type Failure,
  parseBody,
  problemOfHead,
  readBody,
  uidAtStart,
  memoizeLast,
} from "./requests/index.ts";
import type { ReviewResult, Reviewer } from "./reviewers.ts";
import type { WorkerProcess } from "./worker/index.ts";

export interface ReviewHandlerOptions {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly connections: Connections;
  readonly batches: ReviewBatches;
  readonly bytes: BytesInFlight;
  readonly worker: WorkerProcess;
  readonly shedder: LoadShedder;
  /** Whether connections should end with their next answer. */
  readonly isStopping: () => boolean;
  /** Whether clients must show a certificate that this server was told to trust. */
  readonly requiresClientCertificate: boolean;
}

/** What is larger is judged apart: it takes the event loop's time to parse alone. */
const SMALL = 32 * 1024;

/** The longest that a body may take to come in, in milliseconds, whatever the client says that it waits. */
const BODY_TIME = 10_000;

/** How long, in milliseconds, the rest of a body is still read that was refused before its end. */
const DISCARD_TIME = 5000;

/** How long, in milliseconds, a connection is not read whose review was not taken: a small one, and a large one. */
const [SMALL_REST, LARGE_REST] = [100, 1000];

/** The part of the deadline after which what is judged apart is given up, so that there is time to say so. */
const PATIENCE = 0.95;

/** Handles a POST of a review; never throws, and answers every request with a well-formed review. */
export function reviewHandler(parts: ReviewHandlerOptions) {
  const { log, metrics, connections, batches: turns, bytes, worker: judge, shedder: shed, isStopping: stopping, requiresClientCertificate: clientsMustShow } = parts;
  const deadlineOf = memoizeLast(deadlineIn);

  return async function handle(
    request: IncomingMessage,
    response: ServerResponse,
    reviewer: Reviewer,
    query: string,
  ): Promise<void> {
    const { socket } = request;
    if (!connections.requestStarted(socket)) return;
    let held = 0;
    const client = socket.remoteAddress ?? "";
    const start = performance.now();
    try {
      const refused = problemOfHead(request, clientsMustShow);
      if (refused !== undefined) {
        sendFailure(request, response, refused);
        return;
      }
      const deadline = deadlineOf(query);
      const length = announcedLength(request) ?? 0;
      const wanted = length > SMALL && length <= BODY_LIMIT ? length : 0;
      const overload = shed.check(client, wanted, deadline);
      if (overload !== undefined) {
        sendShed(request, response, overload);
        return;
      }
      held = wanted;
      await turns.wait(client);
      const hold = (size: number): boolean => {
        if (!bytes.reserve(client, size - held)) return false;
        held = size;
        return true;
      };
      const room = (size: number): boolean => size <= SMALL || hold(size);
      const body = await readBody(request, { deadline: Math.min(deadline, BODY_TIME), reserve: room });
      if (!Buffer.isBuffer(body)) {
        if (body.status === "shed") sendShed(request, response, shed.refuseLarge());
        else if (body.status !== "gone") sendFailure(request, response, body);
        return;
      }
      let now = performance.now();
      while (turns.isTimeUp(now)) {
        await turns.waitAgain(client);
        now = performance.now();
      }
      const asked = { client, reviewer, body, start, deadline };
      let result = body.length > SMALL ? undefined : here(asked, now);
      if (result === undefined) {
        // A small one is held from now on: it may wait behind large ones.
        if (held === 0 && !hold(body.length)) {
          sendShed(request, response, shed.refuseLarge());
          return;
        }
        result = await apart(asked);
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
      if (held > 0) bytes.release(client, held);
      connections.requestEnded(socket);
    }
  };

  /** Judges it on the spot; undefined if that takes too long. */
  function here({ client, body, reviewer }: PendingReview, began: number): ReviewResult | Failure | undefined {
    const read = parseBody(body);
    const result =
      "message" in read ? read : tryAnswer(read.text, read.review, () => reviewer.review(read.review, began));
    turns.recordTime(client, performance.now() - began);
    return result;
  }

  async function apart({ client, reviewer, body, start, deadline }: PendingReview): Promise<ReviewResult | Failure> {
    const milliseconds = (deadline - (performance.now() - start)) * PATIENCE;
    const verdict = await judge.review({ client, kind: reviewer.kind, body, milliseconds });
    if (verdict.type === "answer") return reviewer.fromWorker(verdict.status, verdict.text, verdict.record);
    if (verdict.type === "failure") return verdict;
    const known = verdict.request ?? uidAtStart(body);
    if (known !== undefined) return reviewer.unjudged(known);
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
   * Not logged one by one: there may be thousands a second. The answer goes out at once and the connection is kept: an
   * API server asks again on it. But nothing more is read from it for a while: taking off the line what a client sends
   * that does not wait would cost more time than the reviews that are answered.
   */
  function sendShed(request: IncomingMessage, response: ServerResponse, { status, message }: Failure): void {
    metrics.countFailure(status);
    response.setHeader("Retry-After", "1");
    const text = JSON.stringify(fail(status, message));
    writeHead(response, status, Buffer.byteLength(text));
    if (stopping()) {
      response.end(text);
      return;
    }
    // Until it is ended, Node reads no more of a body that nobody listens to, and answers no other request.
    response.write(text);
    request.pause();
    const isLarge = (announcedLength(request) ?? BODY_LIMIT) > SMALL;
    const timer = setTimeout(() => response.end(), isLarge ? LARGE_REST : SMALL_REST).unref();
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
    if (length > SMALL) connections.trackReply(request.socket, response, length);
  }

  function writeHead(response: ServerResponse, status: number, length: number): void {
    if (stopping()) response.setHeader("Connection", "close");
    response.writeHead(status, { "Content-Type": "application/json", "Content-Length": length });
  }
}

interface PendingReview {
  readonly client: string;
  readonly reviewer: Reviewer;
  readonly body: Buffer;
  /** When its head was there, and how many milliseconds from then on the client waits. */
  readonly start: number;
  readonly deadline: number;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** The client may still be writing: it reads its answer only if what it writes is taken off the line for a while. */
function discardRest(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("Connection", "close");
  request.resume();
  // A server that ends need not wait for it.
  const timer = setTimeout(() => request.destroy(), DISCARD_TIME).unref();
  request.once("close", () => {
    clearTimeout(timer);
  });
}
