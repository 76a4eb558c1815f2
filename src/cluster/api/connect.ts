import {
  type HttpMethod,
  IsomorphicFetchHttpLibrary,
  type KubeConfig,
  PatchStrategy,
  RequestContext,
  type ResponseContext,
} from "@kubernetes/client-node";
import { isObject, type JsonObject } from "../../field/index.ts";
import { readKubeconfig } from "./kubeconfig.ts";
import {
  ApiError,
  errorText,
  type KubernetesApi,
  type PatchKind,
  type ReadOptions,
  textAt,
  type WatchEvent,
} from "./kubernetes-api.ts";

/** The timeout of a request, in milliseconds. */
const REQUEST_TIMEOUT = 5_000;

/** The timeout of a watch, in seconds, after which it is opened again: a connection may die without notice. */
const WATCH_SECONDS = 240;

/** What the API server's audit log calls Fairlead, and `managedFields` what it wrote; else both tell the HTTP client's name. */
const USER_AGENT = "fairlead";

const CONTENT_TYPES = {
  merge: PatchStrategy.MergePatch,
  strategic: PatchStrategy.StrategicMergePatch,
} as const satisfies Record<PatchKind, string>;

/** What is asked for: whole objects, or their metadata alone. See "Metadata-only fetches" in the documentation of Kubernetes. */
const JSON_TYPE = "application/json";
const METADATA_LIST = `${JSON_TYPE};as=PartialObjectMetadataList;g=meta.k8s.io;v=v1`;
const METADATA = `${JSON_TYPE};as=PartialObjectMetadata;g=meta.k8s.io;v=v1`;

interface Call {
  readonly method: HttpMethod;
  readonly path: string;
  readonly body?: JsonObject;
  readonly contentType?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

/**
 * Connects to the API server of a kubeconfig file or, without one, of `KUBECONFIG`, the user's own kubeconfig or the
 * Pod's service account, in this order.
 * @throws ConfigError if there is no such file, or it cannot be used.
 */
export function connect(kubeconfig?: string): KubernetesApi {
  const { config, cluster } = readKubeconfig(kubeconfig);
  return new ClientNodeApi(config, cluster.server);
}

class ClientNodeApi implements KubernetesApi {
  readonly #config: KubeConfig;
  readonly #server: string;
  readonly #http = new IsomorphicFetchHttpLibrary();

  constructor(config: KubeConfig, server: string) {
    this.#config = config;
    this.#server = server.replace(/\/$/, "");
  }

  get(path: string, { metadataOnly = false, timeout }: ReadOptions = {}): Promise<JsonObject> {
    const accept = metadataOnly ? METADATA_LIST : JSON_TYPE;
    return this.#json({ method: "GET", path, accept }, timeout);
  }

  create(path: string, body: JsonObject): Promise<JsonObject> {
    return this.#json({ method: "POST", path, body });
  }

  replace(path: string, body: JsonObject): Promise<JsonObject> {
    return this.#json({ method: "PUT", path, body });
  }

  patch(path: string, kind: PatchKind, body: JsonObject): Promise<JsonObject> {
    return this.#json({ method: "PATCH", path, body, contentType: CONTENT_TYPES[kind] });
  }

  delete(path: string): Promise<JsonObject> {
    return this.#json({ method: "DELETE", path });
  }

  async watch(
    path: string,
    onEvent: (event: WatchEvent) => void,
    signal: AbortSignal,
    { metadataOnly = false }: Pick<ReadOptions, "metadataOnly"> = {},
  ): Promise<void> {
    const query = `${path.includes("?") ? "&" : "?"}watch=true&allowWatchBookmarks=true&timeoutSeconds=${WATCH_SECONDS}`;
    // If the watch outlives its own timeout, the server is gone.
    const lost = AbortSignal.timeout((WATCH_SECONDS + 10) * 1000);
    const response = await this.#send({
      method: "GET",
      path: path + query,
      accept: metadataOnly ? METADATA : JSON_TYPE,
      signal: AbortSignal.any([signal, lost]),
    });
    const stream = response.body.stream();
    if (response.httpStatusCode !== 200 || stream === null) throw await refusal(response);
    try {
      for await (const line of lines(stream)) {
        const event = parsed(line);
        if (event !== undefined) onEvent(event);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiError) throw error;
      throw new ApiError(0, `the watch of ${path} broke off: ${errorText(error)}`);
    }
  }

  async #json(call: Call, timeout = REQUEST_TIMEOUT): Promise<JsonObject> {
    const response = await this.#send({ ...call, signal: AbortSignal.timeout(timeout) });
    if (response.httpStatusCode >= 300) throw await refusal(response);
    const body: unknown = JSON.parse(await this.#text(call, response));
    if (!isObject(body))
      throw new ApiError(response.httpStatusCode, `${call.method} ${call.path}: no JSON object came back`);
    return body;
  }

  async #text(call: Call, response: ResponseContext): Promise<string> {
    try {
      return await response.body.text();
    } catch (error) {
      throw new ApiError(0, `${call.method} ${call.path}: the answer broke off: ${errorText(error)}`);
    }
  }

  async #send(call: Call): Promise<ResponseContext> {
    const request = new RequestContext(this.#server + call.path, call.method);
    request.setHeaderParam("Accept", call.accept ?? JSON_TYPE);
    request.setHeaderParam("User-Agent", USER_AGENT);
    if (call.body !== undefined) {
      request.setHeaderParam("Content-Type", call.contentType ?? JSON_TYPE);
      request.setBody(JSON.stringify(call.body));
    }
    if (call.signal !== undefined) request.setSignal(call.signal);
    try {
      await this.#config.applySecurityAuthentication(request);
      return await this.#http.send(request).toPromise();
    } catch (error) {
      throw new ApiError(0, `the API server cannot be reached: ${causeInWords(error)}`);
    }
  }
}

/** The message of `fetch` is only "fetch failed"; the reason is in `cause`. */
function causeInWords(error: unknown): string {
  if (error instanceof Error && error.cause instanceof Error) return errorText(error.cause);
  return errorText(error);
}

async function refusal(response: ResponseContext): Promise<ApiError> {
  const text = await response.body.text().catch(() => "");
  const status = response.httpStatusCode;
  const body = parsedObject(text);
  return new ApiError(status, textAt(body, "message") ?? `the API server answered ${status}`, body);
}

function parsed(line: string): WatchEvent | undefined {
  const event = parsedObject(line);
  if (event === undefined || typeof event.type !== "string" || !isObject(event.object)) return undefined;
  return { type: event.type, object: event.object };
}

function parsedObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
}
