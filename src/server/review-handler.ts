import type { IncomingMessage, ServerResponse } from "node:http";
import { fail, type ReviewReply } from "../admission/reply.ts";
import { readReview } from "../admission/review.ts";
import { readBody } from "./body.ts";
import { parseGoDuration } from "./go-duration.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { isTooDeep, problemOfJson } from "./parse.ts";
import { othersOfThisTurn, turns } from "./turns.ts";

/** What a review comes to. */
export interface Reviewed {
  readonly status: 200 | 400;
  readonly body: ReviewReply;
  /** Writes down what became of it, and that it took so many milliseconds. */
  readonly note: (milliseconds: number) => void;
}

/** Answers the parsed body of a POST. @throws only on a bug. */
export type Reviewer = (review: unknown) => Reviewed;

export interface ReviewHandlerParts {
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Whether connections should end with their next answer. */
  readonly stopping: () => boolean;
}

/** An answer that is an error, under its own HTTP status. */
interface Failure {
  readonly status: 400 | 405 | 413 | 415 | 500 | 504;
  readonly message: string;
  readonly uid?: string;
}

/** What the API server waits for a webhook at most, and unless it says otherwise. */
const LONGEST_TIMEOUT = 30_000;
const USUAL_TIMEOUT = 10_000;

/** How long, in milliseconds, the rest of a body is still read that was refused before its end. */
const DISCARD_TIME = 5000;

/** Handles a POST of a review; never throws, and answers every request with a well-formed review. */
export function reviewHandler(parts: ReviewHandlerParts) {
  const { log, metrics, stopping } = parts;
  const deadlineOf = rememberLast(deadlineIn);
  const allRead = turns();

  return async function handle(
    request: IncomingMessage,
    response: ServerResponse,
    reviewer: Reviewer,
    query: string,
  ): Promise<void> {
    const start = performance.now();
    const refused = problemOfHead(request);
    if (refused !== undefined) {
      sendFailure(request, response, refused);
      return;
    }
    const deadline = deadlineOf(query);
    await allRead();
    const body = await readBody(request, deadline);
    if (typeof body !== "string") {
      if (body.status !== "gone") sendFailure(request, response, body);
      return;
    }
    const result = reviewed(body, reviewer, request.url);
    await othersOfThisTurn();
    const elapsed = performance.now() - start;
    if ("message" in result) {
      sendFailure(request, response, result);
    } else if (elapsed > deadline) {
      const { uid } = result.body.response;
      sendFailure(request, response, { status: 504, message: `no answer within ${deadline} ms`, uid });
    } else {
      if (result.status !== 200) metrics.failure(result.status);
      send(response, result.status, result.body);
      await othersOfThisTurn();
      result.note(elapsed);
    }
  };

  function reviewed(body: string, reviewer: Reviewer, url: string | undefined): Reviewed | Failure {
    let review: unknown;
    try {
      review = JSON.parse(body);
    } catch {
      return { status: 400, message: problemOfJson(body) };
    }
    try {
      return reviewer(review);
    } catch (error) {
      if (error instanceof RangeError && isTooDeep(body)) {
        return { status: 400, message: "the body nests too deep to be a review" };
      }
      const uid = uidOf(review);
      log.error({ err: error, url, uid }, "internal error");
      return { status: 500, message: "internal error; its log says more", ...(uid === "" ? {} : { uid }) };
    }
  }

  function sendFailure(request: IncomingMessage, response: ServerResponse, failure: Failure): void {
    const { status, message, uid } = failure;
    metrics.failure(status);
    log.warn({ status, reason: message, uid, url: request.url }, "no review");
    if (status === 405) response.setHeader("Allow", "POST");
    if (!request.complete && hasBody(request)) discardRest(request, response);
    send(response, status, fail(status, message, uid));
  }

  function send(response: ServerResponse, status: number, reply: ReviewReply): void {
    const text = JSON.stringify(reply);
    if (stopping()) response.setHeader("Connection", "close");
    response.writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) });
    response.end(text);
  }
}

/** What can be told before the body is there. */
function problemOfHead({ method, headers }: IncomingMessage): Failure | undefined {
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

/** A little under what the API server waits, so that it reads our answer rather than its own timeout. */
function deadlineIn(query: string): number {
  const given = query === "" ? null : new URLSearchParams(query).get("timeout");
  const timeout = (given === null ? undefined : parseGoDuration(given)) ?? USUAL_TIMEOUT;
  return Math.floor(Math.min(timeout, LONGEST_TIMEOUT) * 0.95);
}

/** The function, with its last answer kept: an API server sends the same query with every review. */
function rememberLast(ask: (query: string) => number): (query: string) => number {
  let last = { query: "", answer: ask("") };
  return (query) => {
    if (query !== last.query) last = { query, answer: ask(query) };
    return last.answer;
  };
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

function uidOf(review: unknown): string {
  const reading = readReview(review);
  return ("problem" in reading ? reading.uid : reading.request.uid) ?? "";
}
