import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { merged, metadataOf, Refusal, Store, type StoredEvent } from "./store.ts";

/** A request, as the rules of a test receive it. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  /** Whether only the objects' metadata is asked for. */
  readonly metadataOnly: boolean;
}

/** Returns the refusal of a request; undefined lets it pass. */
export type Rule = (apiRequest: ApiRequest) => Refusal | undefined;

interface ObjectPath {
  readonly collection: string;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

/**
 * A small Kubernetes API server over real HTTP: objects of any type below `/api` and `/apis`, with resource versions
 * and conflicts, merge and strategic patches, watches from a version, and the status subresource. For tests it has
 * outages, refusals and a log of the writes. It knows nothing of the types themselves.
 */
export class ApiServer {
  readonly store = new Store();
  /** The writes, oldest first: `PUT /path`. */
  readonly writes: string[] = [];
  version = "v1.33.2";
  rules: Rule[] = [];
  /** The tokens with which the next lists say that there is more; each page has all objects. */
  pages: string[] = [];
  /** The resources of each group and version that discovery tells: `apps/v1`. */
  readonly served = new Map<string, readonly string[]>();
  /** Each list and each watch: the path with its query. */
  readonly reads: string[] = [];
  /** The collections that this server does not have. */
  readonly absent = new Set<string>();
  readonly #server: Server;
  readonly #folder: string;
  readonly #waiting: (() => void)[] = [];
  #paused = false;

  private constructor(server: Server, folder: string) {
    this.#server = server;
    this.#folder = folder;
  }

  static async start(): Promise<ApiServer> {
    const server = createServer();
    const api = new ApiServer(server, await mkdtemp(join(tmpdir(), "fairlead-api-")));
    server.on("request", (request, response) => void api.#answer(request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    await writeFile(api.kubeconfig, JSON.stringify(kubeconfigFor(portOf(server))));
    return api;
  }

  /** The path of a kubeconfig file for this server. */
  get kubeconfig(): string {
    return join(this.#folder, "kubeconfig");
  }

  /** Answers nothing until {@link resume}, as the real server after `SIGSTOP`. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    for (const go of this.#waiting.splice(0)) go();
  }

  /** Breaks every connection, and refuses every request until the rules are emptied. */
  drop(): void {
    this.rules.push(() => new Refusal(503, "ServiceUnavailable", "the server is away"));
    this.#server.closeAllConnections();
  }

  async stop(): Promise<void> {
    this.resume();
    this.#server.closeAllConnections();
    this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://api");
    const text = await textOf(request);
    if (this.#paused) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const body: unknown = text === "" ? {} : JSON.parse(text);
    if (request.method === "GET") this.reads.push(request.url ?? "/");
    const metadataOnly = request.headers.accept?.includes("as=PartialObjectMetadata") === true;
    const apiRequest = {
      method: request.method ?? "GET",
      path: url.pathname,
      query: url.searchParams,
      body: isObject(body) ? body : {},
      metadataOnly,
    };
    try {
      for (const rule of this.rules) {
        const refusal = rule(apiRequest);
        if (refusal !== undefined) throw refusal;
      }
      if (apiRequest.method === "GET" && apiRequest.query.get("watch") === "true") this.#watch(apiRequest, response);
      else send(response, 200, this.#handle(apiRequest, request.headers["content-type"] ?? ""));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, reason, message } = error;
      send(response, code, { kind: "Status", apiVersion: "v1", status: "Failure", code, reason, message });
    }
  }

  #handle(apiRequest: ApiRequest, contentType: string): JsonObject {
    if (apiRequest.path === "/version") return { gitVersion: this.version };
    const discovered = this.#discovery(apiRequest.path);
    if (discovered !== undefined) return discovered;
    const { collection, name, subresource } = this.#parsePath(apiRequest.path);
    if (apiRequest.method !== "GET") this.writes.push(`${apiRequest.method} ${apiRequest.path}`);
    switch (apiRequest.method) {
      case "POST":
        return this.store.create(collection, apiRequest.body);
      case "PUT":
        return this.store.replace(collection, name ?? "", apiRequest.body);
      case "PATCH": {
        const before = this.store.get(collection, name ?? "");
        const patch =
          subresource === "status"
            ? { metadata: apiRequest.body.metadata, status: apiRequest.body.status }
            : apiRequest.body;
        const after = merged(before, patch, contentType.includes("strategic"));
        return this.store.replace(collection, name ?? "", isObject(after) ? after : {});
      }
      case "DELETE":
        return this.store.remove(collection, name ?? "");
      default:
        return name === undefined ? this.#list(collection, apiRequest) : this.store.get(collection, name);
    }
  }

  /** The groups with their versions, or the resources of one of them. */
  #discovery(path: string): JsonObject | undefined {
    if (path === "/apis") {
      const groups = Map.groupBy(this.served.keys(), (groupVersion) => groupVersion.split("/")[0] ?? "");
      return {
        groups: [...groups].map(([name, versions]) => ({
          name,
          versions: versions.map((groupVersion) => ({ groupVersion })),
        })),
      };
    }
    const resources = this.served.get(path.replace("/apis/", ""));
    return resources === undefined ? undefined : { resources: resources.map((name) => ({ name })) };
  }

  #list(collection: string, { query, metadataOnly }: ApiRequest): JsonObject {
    const all = this.#selected(collection, query);
    const first = Number(query.get("continue") ?? 0) || 0;
    const end = first + Number(query.get("limit") ?? all.length);
    return {
      kind: "List",
      metadata: {
        resourceVersion: String(this.store.version),
        continue: this.pages.shift() ?? (end < all.length ? String(end) : ""),
      },
      items: all.slice(first, end).map((object) => (metadataOnly ? onlyMetadata(object) : object)),
    };
  }

  #selected(collection: string, query: URLSearchParams): JsonObject[] {
    const isSelected = labelTest(query.get("labelSelector") ?? "");
    return this.store.list(collection).filter(isSelected);
  }

  #watch(apiRequest: ApiRequest, response: ServerResponse): void {
    const { collection } = this.#parsePath(apiRequest.path);
    const isSelected = labelTest(apiRequest.query.get("labelSelector") ?? "");
    const only = /^metadata\.name=(.+)$/.exec(apiRequest.query.get("fieldSelector") ?? "")?.[1];
    const write = (type: string, object: JsonObject): void => {
      if (!isSelected(object) || (only !== undefined && metadataOf(object).name !== only)) return;
      const sent = apiRequest.metadataOnly ? onlyMetadata(object) : object;
      response.write(`${JSON.stringify({ type, object: sent })}\n`);
    };
    response.writeHead(200, { "content-type": "application/json" });
    response.flushHeaders();
    const from = apiRequest.query.get("resourceVersion") ?? "";
    if (from === "") for (const object of this.store.list(collection)) write("ADDED", object);
    else for (const { type, object } of this.store.eventsSince(Number(from), collection)) write(type, object);
    const end = this.store.onEvent((event: StoredEvent) => {
      if (event.collection !== collection) return;
      if (this.#paused)
        this.#waiting.push(() => {
          write(event.type, event.object);
        });
      else write(event.type, event.object);
    });
    response.on("close", end);
  }

  /** Parses `/apis/GROUP/VERSION/[namespaces/NAMESPACE/]RESOURCE[/NAME[/SUBRESOURCE]]`; `/api` has no group. */
  #parsePath(path: string): ObjectPath {
    const match =
      /^(\/(?:api|apis\/[^/]+)\/[^/]+(?:\/namespaces\/[^/]+(?=\/[^/]))?\/[^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(
        path,
      );
    const collection = match?.[1];
    if (collection === undefined || this.absent.has(collection)) {
      throw new Refusal(404, "NotFound", "the server could not find the requested resource");
    }
    return { collection, name: match?.[2], subresource: match?.[3] };
  }
}

function onlyMetadata({ metadata }: JsonObject): JsonObject {
  return { apiVersion: "meta.k8s.io/v1", kind: "PartialObjectMetadata", metadata };
}

/** Whether an object has the labels: `KEY`, `!KEY` and `KEY!=VALUE`, separated by commas. */
function labelTest(selector: string): (object: JsonObject) => boolean {
  const terms = selector.split(",").filter((term) => term !== "");
  return (object) =>
    terms.every((term) => {
      const [key = "", value] = term.replace(/^!/, "").split("!=");
      const found = valueAt(object, ["metadata", "labels", key]);
      if (value !== undefined) return found !== value;
      return term.startsWith("!") === (found === undefined);
    });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text;
}

function send(response: ServerResponse, code: number, body: JsonObject): void {
  response.writeHead(code, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function portOf(server: Server): number {
  const port = valueAt(server.address(), ["port"]);
  if (typeof port !== "number") throw new Error("the server has no port");
  return port;
}

function kubeconfigFor(port: number): JsonObject {
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "test", cluster: { server: `http://127.0.0.1:${port}`, "insecure-skip-tls-verify": true } }],
    users: [{ name: "test", user: {} }],
    contexts: [{ name: "test", context: { cluster: "test", user: "test" } }],
    "current-context": "test",
  };
}
