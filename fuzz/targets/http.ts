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

/** So many requests are sent on one connection, one behind the other. */
const TOGETHER = 12;
const { settings } = situationNamed("restricted");

/** Asks a server other than ours: tests have one that answers badly. */
export type Start = () => Promise<TestedServer>;

/** Raw HTTP bytes to reply, over TLS. */
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

  /** Requests on the connection that is kept, with a sound review at the end. */
  async #checkKept(server: TestedServer, { requests, cuts }: Exchange): Promise<void> {
    const line = await this.#keptLine(server);
    try {
      await line.write([...requests, SOUND].map(bytesOf).join(""), cuts);
      await this.#answered(line, [...requests, SOUND]);
      if (line.ended) await this.#probe(server);
    } catch (error) {
      // Nobody knows what would be read off it next.
      line.destroy();
      this.#kept = undefined;
      throw error;
    }
  }

  /** Each gets one answer, until one says that the connection ends with it. */
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

  /** Whatever is sent: replies that are well-formed, and an end once this side has ended. */
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

  /** The server goes on serving. */
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
 * Whether the server refuses it before its body is there, and ends the connection with that: who has sent more behind
 * it, as no API server does, may see the end before the refusal.
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
/** What the webhook's paths answer with; 429 and 503 shed load. */
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

/** Over the line it is told what it is told in process. */
function checkSame(request: WholeRequest, phase: Phase, text: string): void {
  const review: unknown = JSON.parse(Buffer.from(request.body, "latin1").toString("utf8"));
  const wanted = JSON.stringify(answer(review, phase, { ...settings, exempt: EXEMPT }).body);
  // On a machine with more to do than it can, no answer is in time either way.
  if (text !== wanted && !text.includes('"auditAnnotations":{"unjudged":'))
    throw new Broken("the same over TLS", `${text.slice(0, 1000)} in place of ${wanted.slice(0, 1000)}`);
}

/** As a configuration that says nothing of it. */
const EXEMPT = { namespaces: ["kube-system", "fairlead"], services: ["default/kubernetes"] };

function checkStray({ status, body }: RawReply): void {
  if (status < 200 || status >= 600 || status === 500) throw new Broken("no crash", `${status}: ${body.slice(0, 500)}`);
}
