import { answer } from "#src/admission/answer.ts";
import type { Phase } from "#src/admission/settings.ts";
import { isObject } from "#src/field/json.ts";
import type { Draws } from "../draws.ts";
import { drawExchange, type Exchange, isRequestLine, SMUGGLED, type WholeRequest } from "../generators/http.ts";
import { Line } from "../http/line.ts";
import type { RawReply } from "../http/replies.ts";
import { startTested, type TestedServer } from "../http/server.ts";
import { checkObjectPrototype } from "../invariants/prototypes.ts";
import { wellFormed } from "../invariants/reply.ts";
import { situationNamed } from "../situations.ts";
import { Broken, type Target } from "../target.ts";

interface HttpCase {
  readonly exchange: Exchange;
}

/** The maximum number of requests that are pipelined on one connection. */
const TOGETHER = 12;
const { settings } = situationNamed("restricted");

/** Starts the server under test; tests pass one that answers badly. */
export type Start = () => Promise<TestedServer>;

/** From raw HTTP bytes to replies, over TLS. */
export function httpTarget(start: Start = () => startTested(settings)): Target<HttpCase> {
  const client = new Client(start);
  return {
    name: "http",
    draw: (draws: Draws) => ({ exchange: drawExchange(draws, TOGETHER) }),
    isCase,
    runsOf: ({ exchange }) => exchange.requests.length + (exchange.rest === "" ? 0 : 1),
    check: ({ exchange }) => client.check(exchange),
    close: () => client.close(),
  };
}

function isCase(value: unknown): value is HttpCase {
  const exchange = isObject(value) ? value["exchange"] : undefined;
  return (
    isObject(exchange) &&
    typeof exchange["rest"] === "string" &&
    typeof exchange["alone"] === "boolean" &&
    (exchange["alone"] || exchange["rest"] === "") &&
    Array.isArray(exchange["cuts"]) &&
    exchange["cuts"].every((cut) => typeof cut === "number") &&
    Array.isArray(exchange["requests"]) &&
    exchange["requests"].every(isRequest)
  );
}

function isRequest(value: unknown): value is WholeRequest {
  if (!isObject(value)) return false;
  const { method, path, headers, body, chunks = [] } = value;
  return (
    isRequestLine(method, path) &&
    Array.isArray(headers) &&
    headers.every(isField) &&
    headers.some(([name]) => name === "Host") &&
    typeof body === "string" &&
    Array.isArray(chunks) &&
    chunks.every((size) => Number.isSafeInteger(size) && Number(size) > 0)
  );
}

function isField(value: unknown): value is readonly [string, string] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((part) => typeof part === "string") &&
    /^[A-Za-z_-]+$/.test(String(value[0]))
  );
}

/** The bytes of a request, one character each. */
export function bytesOf({ method, path, headers, body, chunks }: WholeRequest): string {
  const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const head = `${method} ${path} HTTP/1.1\r\n${fields}`;
  if (chunks === undefined) return `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
  let at = 0;
  let pieces = "";
  for (const size of [...chunks, body.length]) {
    const piece = body.slice(at, at + size);
    if (piece !== "") pieces += `${piece.length.toString(16)}\r\n${piece}\r\n`;
    at += piece.length;
  }
  return `${head}Transfer-Encoding: chunked\r\n\r\n${pieces}0\r\n\r\n`;
}

const SOUND = {
  method: "POST",
  path: "/validate",
  headers: [
    ["Host", "localhost"],
    ["Content-Type", "application/json"],
  ],
  body: JSON.stringify({
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request: {
      uid: "sound",
      kind: { group: "", version: "v1", kind: "Service" },
      resource: { group: "", version: "v1", resource: "services" },
      operation: "CREATE",
      namespace: "team-a",
      name: "web",
      userInfo: { username: "jo", groups: [] },
      object: { apiVersion: "v1", kind: "Service", metadata: { name: "web" }, spec: { ports: [{ port: 0 }] } },
    },
  }),
} as const satisfies WholeRequest;

class Client {
  readonly #start: Start;
  #server: Promise<TestedServer> | undefined;
  #kept: Line | undefined;
  #session: Buffer | undefined;

  constructor(start: Start) {
    this.#start = start;
  }

  async check(exchange: Exchange): Promise<void> {
    this.#server ??= this.#start();
    const server = await this.#server;
    if (exchange.alone) await this.#checkAlone(server, exchange);
    else await this.#checkKept(server, exchange);
    checkObjectPrototype();
    server.checkLog();
  }

  async close(): Promise<void> {
    this.#kept?.destroy();
    await (await this.#server)?.stop();
  }

  /** Sends requests on the kept connection, followed by a valid review. */
  async #checkKept(server: TestedServer, { requests, cuts }: Exchange): Promise<void> {
    const line = await this.#keptLine(server);
    try {
      await line.write([...requests, SOUND].map(bytesOf).join(""), cuts);
      await this.#answered(line, [...requests, SOUND]);
      if (line.ended) await this.#probe(server);
    } catch (error) {
      // The state of the connection is unknown.
      line.destroy();
      this.#kept = undefined;
      throw error;
    }
  }

  /** Every request gets one answer, until one closes the connection. */
  async #answered(line: Line, requests: readonly WholeRequest[]): Promise<void> {
    const replies: RawReply[] = [];
    while (replies.length < requests.length) {
      replies.push(...(await line.replies(1)));
      if (replies.at(-1)?.headers.get("connection") === "close" || line.ended) break;
    }
    if (replies.length > requests.length)
      throw new Broken("one answer for each request", `${replies.length} for ${requests.length}`);
    for (const [index, reply] of replies.entries()) checkReply(requests[index] ?? SOUND, reply);
    if (replies.length === requests.length) return;
    const next = requests[replies.length] ?? SOUND;
    if (replies.at(-1)?.headers.get("connection") !== "close" && !isRefusedEarly(next)) {
      throw new Broken("one answer for each request", `${replies.length} for ${requests.length}, and the end`);
    }
    line.destroy();
    this.#kept = undefined;
  }

  /** Whatever is sent, the replies are well-formed, and the server closes the connection after the client has. */
  async #checkAlone(server: TestedServer, { requests, rest, cuts }: Exchange): Promise<void> {
    const line = await Line.open(server.port, server.trust, this.#session);
    line.onSession((session) => (this.#session = session));
    try {
      await line.write(requests.map(bytesOf).join("") + rest, cuts);
      line.end();
      const replies = await line.replies(Infinity);
      for (const [index, reply] of replies.entries()) {
        const request = requests[index];
        if (request !== undefined) checkReply(request, reply);
        else checkStray(reply);
      }
      if (SMUGGLED.includes(rest) && replies.length > requests.length + 1) {
        throw new Broken(
          "nothing smuggled",
          `${replies.length} answers to ${requests.length} requests and ${JSON.stringify(rest)}`,
        );
      }
    } finally {
      line.destroy();
    }
    await this.#probe(server);
  }

  /** The server still answers. */
  async #probe(server: TestedServer): Promise<void> {
    const line = await this.#keptLine(server);
    await line.write(bytesOf(SOUND));
    await this.#answered(line, [SOUND]);
  }

  async #keptLine({ port, trust }: TestedServer): Promise<Line> {
    if (this.#kept === undefined || this.#kept.ended) this.#kept = await Line.open(port, trust, this.#session);
    return this.#kept;
  }
}

/**
 * Whether the server refuses the request before its body has arrived, and closes the connection: a client that has sent
 * more data after it, which no API server does, may see the end of the connection before the refusal.
 */
function isRefusedEarly({ method, path, headers, body }: WholeRequest): boolean {
  const isJson = headers.some(([name, value]) => name === "Content-Type" && /^application\/json *(;|$)/i.test(value));
  const isPlain = headers.every(([name, value]) => name !== "Content-Encoding" || value === "identity");
  return body !== "" && !(method === "POST" && PHASES.has(path) && isJson && isPlain);
}

const PHASES: ReadonlyMap<string, Phase> = new Map([
  ["/mutate", "mutate"],
  ["/validate", "validate"],
  ["/validate/deny", "deny"],
  ["/validate/warn", "warn"],
]);
/** The status codes of the webhook's paths; 429 and 503 shed load. */
const STATUSES = new Set([200, 400, 405, 413, 415, 429, 431, 500, 503, 504]);

function checkReply(request: WholeRequest, reply: RawReply): void {
  const phase = PHASES.get(request.path);
  if (phase === undefined) {
    checkStray(reply);
    return;
  }
  if (!STATUSES.has(reply.status))
    throw new Broken("a status that is known", `${reply.status} for ${request.method} ${request.path}`);
  if (reply.status === 500) throw new Broken("no crash", Buffer.from(reply.body, "latin1").toString("utf8"));
  if (reply.headers.get("content-type") !== "application/json") return;
  const text = Buffer.from(reply.body, "latin1").toString("utf8");
  wellFormed(JSON.parse(text));
  if (reply.status === 200) checkSame(request, phase, text);
}

/** The answer over the connection is the same as in process. */
function checkSame(request: WholeRequest, phase: Phase, text: string): void {
  const review: unknown = JSON.parse(Buffer.from(request.body, "latin1").toString("utf8"));
  const wanted = JSON.stringify(answer(review, phase, { ...settings, exempt: EXEMPT }).body);
  // On an overloaded machine, an answer may be late in either case.
  if (text !== wanted && !text.includes('"auditAnnotations":{"unjudged":'))
    throw new Broken("the same over TLS", `${text.slice(0, 1000)} in place of ${wanted.slice(0, 1000)}`);
}

/** As with the default configuration. */
const EXEMPT = { namespaces: ["kube-system", "fairlead"], services: ["default/kubernetes"] };

function checkStray({ status, body }: RawReply): void {
  if (status < 200 || status >= 600 || status === 500) throw new Broken("no crash", `${status}: ${body.slice(0, 500)}`);
}
