import type { Draws } from "../draws.ts";
import { mutateText } from "./manifest-text.ts";
import { drawReview } from "./review.ts";

/** A request whose head and body are consistent: it must get one answer. Texts are bytes, one character each. */
export interface WholeRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** The chunk lengths of a chunked body. */
  readonly chunks?: readonly number[];
}

/** The input of one connection. */
export interface Exchange {
  readonly requests: readonly WholeRequest[];
  /** The bytes after the requests: not a request, or only a part of one. */
  readonly rest: string;
  /** Whether a new connection is used and closed by the client, which the server must then close as well. */
  readonly alone: boolean;
  /** The offsets at which the bytes are split into separate writes. */
  readonly cuts: readonly number[];
}

const REVIEW_PATHS = ["/mutate", "/validate", "/validate/deny", "/validate/warn"];
const PATHS = [
  "/",
  "/healthz",
  "/readyz",
  "/policies",
  "/mutate/",
  "//mutate",
  "/MUTATE",
  "/mutate?timeout=10s",
  "/validate?timeout=",
  "/mutate?timeout=-1s&timeout=1ns0",
  "/%6dutate",
  "/mutate%00",
  "/../etc/passwd",
  "/%",
  "/__proto__",
  "/constructor",
  "/validate;x",
  "/mutate#x",
  "*",
  "http://other/mutate",
  `/${"a".repeat(3000)}`,
];
const METHODS = ["GET", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "TRACE"];
const TYPES = [
  "application/json; charset=utf-8",
  "APPLICATION/JSON",
  "text/plain",
  "",
  "application/jsonx",
  "multipart/form-data; boundary=x",
];
const HEADERS: readonly (readonly [string, string])[] = [
  ["Accept", "*/*"],
  ["X-A", ""],
  ["X-A", "\u00e9\u00ff"],
  ["__proto__", "x"],
  ["constructor", "x"],
  ["Content-Encoding", "identity"],
  ["Content-Encoding", "gzip"],
  ["Cookie", "a=b"],
  ["X-Long", "a".repeat(2000)],
  ["Connection", "keep-alive"],
  ["Authorization", "Bearer x"],
  ["If-None-Match", "*"],
  ["Range", "bytes=0-0"],
];
const BODIES = [
  "",
  "{}",
  "[]",
  "null",
  "0",
  '"x"',
  "{",
  '{"a":}',
  "\u00ff\u00fe",
  "\u0000",
  "[".repeat(600),
  '{"kind":"AdmissionReview"}',
  '{"__proto__":{"request":1}}',
  "1e999",
  '{"request":{"uid":"u"}}',
  "\ufeff{}",
];

const LONG_BODIES = [
  "[".repeat(100_000),
  `${"[".repeat(5000)}${"]".repeat(5000)}`,
  `"${"a".repeat(300_000)}"`,
  " ".repeat(200_000),
];

/** Whether a server must accept this as a request line. */
export function isRequestLine(method: unknown, path: unknown): boolean {
  const isKnown = method === "POST" || METHODS.some((one) => one === method);
  return isKnown && typeof path === "string" && (PATHS.includes(path) || /^\/[!-~]*$/.test(path));
}

/** Generates the input of one connection. */
export function drawExchange(draws: Draws, most: number): Exchange {
  const alone = draws.oneIn(24);
  const requests = Array.from({ length: draws.between(alone ? 0 : most / 2, alone ? 3 : most) }, () =>
    drawRequest(draws),
  );
  const rest = alone ? drawRest(draws) : "";
  const length = requests.reduce((sum, { body }) => sum + body.length + 200, rest.length);
  const cuts = draws.oneIn(3)
    ? Array.from({ length: draws.between(1, 4) }, () => draws.below(length)).sort((a, b) => a - b)
    : [];
  return { requests, rest, alone, cuts };
}

function drawRequest(draws: Draws): WholeRequest {
  const isReview = !draws.oneIn(4);
  const headers: (readonly [string, string])[] = [["Host", draws.oneIn(20) ? "" : "localhost"]];
  if (isReview || !draws.oneIn(4)) headers.push(["Content-Type", isReview ? "application/json" : draws.pick(TYPES)]);
  if (draws.oneIn(5)) headers.push(draws.pick(HEADERS));
  const body = isReview
    ? bytesOf(drawBody(draws))
    : (draws.oneIn(50) ? draws.pick(LONG_BODIES) : draws.pick(BODIES)).replace(/[^\0-\u00ff]/g, "?");
  const chunks = draws.oneIn(5) ? chunksOf(draws, body.length) : undefined;
  return {
    method: isReview || draws.oneIn(2) ? "POST" : draws.pick(METHODS),
    path: isReview || draws.oneIn(3) ? draws.pick(REVIEW_PATHS) : draws.pick(PATHS),
    headers,
    body,
    ...(chunks === undefined ? {} : { chunks }),
  };
}

function drawBody(draws: Draws): string {
  const text = JSON.stringify(drawReview(draws));
  return draws.oneIn(12) ? mutateText(draws, text, draws.between(1, 2)).toWellFormed() : text;
}

function bytesOf(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

function chunksOf(draws: Draws, length: number): number[] {
  const chunks: number[] = [];
  for (let left = length; left > 0 && chunks.length < 20;) {
    const size = Math.min(left, draws.scaled(1, 4000));
    chunks.push(size);
    left -= size;
  }
  return chunks;
}

const HEAD = "POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
const HIDDEN =
  "POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

/** Request smuggling: requests whose length is ambiguous or invalid. */
export const SMUGGLED: readonly string[] = [
  `${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  `${HEAD}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${HIDDEN}`,
  `${HEAD}Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}${HIDDEN}`,
  `${HEAD}Content-Length: 2, 40\r\n\r\n{}${HIDDEN}`,
  `${HEAD}Content-Length: +2\r\n\r\n{}${HIDDEN}`,
  `${HEAD}Content-Length: 0x2\r\n\r\n{}${HIDDEN}`,
  `${HEAD}Content-Length: -1\r\n\r\n{}${HIDDEN}`,
  `${HEAD}Content-Length: 99999999999999999999\r\n\r\n{}${HIDDEN}`,
  `${HEAD}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  `${HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  `${HEAD}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${HIDDEN}`,
  `${HEAD}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{}${HIDDEN}`,
  `${HEAD}Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n${HIDDEN}`,
  `${HEAD}Transfer-Encoding: chunked\r\n\r\n2x\r\n{}\r\n0\r\n\r\n${HIDDEN}`,
  `${HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\n{}xx0\r\n\r\n${HIDDEN}`,
  `${HEAD}X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  `POST /validate HTTP/1.1\nHost: localhost\nContent-Length: 2\n\n{}${HIDDEN}`,
  `${HEAD}X: a\r\n folded\r\nContent-Length : 2\r\n\r\n{}${HIDDEN}`,
  `GET /healthz HTTP/0.9\r\n\r\n${HIDDEN}`,
  `POST /validate HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length\r\n\r\n${HIDDEN}`,
  `${HEAD}\u0000: x\r\n\r\n${HIDDEN}`,
];

const CUT_SHORT: readonly string[] = [
  "",
  "P",
  "POST /validate",
  HEAD,
  `${HEAD}Content-Length: 10\r\n\r\n{}`,
  `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{}`,
  `${HEAD}Content-Length: 9999999\r\n\r\n{}`,
  `${HEAD}Expect: 100-continue\r\nContent-Length: 4\r\n\r\n`,
  "\r\n\r\n\r\n",
  "\u0016\u0003\u0001\u0002",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  `${HEAD}${"X-A: b\r\n".repeat(3000)}`,
  `${HEAD}X: ${"a".repeat(70_000)}`,
  `CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
  `${HEAD}Expect: x\r\nContent-Length: 2\r\n\r\n{}`,
];

function drawRest(draws: Draws): string {
  if (draws.oneIn(4)) return draws.pick(CUT_SHORT);
  const text = draws.pick(SMUGGLED);
  return draws.oneIn(2) ? text : mutateText(draws, text, draws.between(1, 3)).replace(/[^\0-\u00ff]/g, "?");
}
