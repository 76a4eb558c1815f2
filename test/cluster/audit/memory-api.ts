import { ApiError, type KubernetesApi } from "#src/cluster/api/kubernetes-api.ts";
import { objectOf, textAt } from "#src/cluster/api/kubernetes-api.ts";
import type { JsonObject } from "#src/field/json.ts";

type Watcher = Parameters<KubernetesApi["watch"]>[1];

/** The objects of a cluster by their paths: lists go across namespaces, as on a real server. */
export class MemoryApi implements KubernetesApi {
  readonly objects = new Map<string, JsonObject>();
  /** The resources that are served, by group and version. */
  readonly served = new Map<string, readonly string[]>();
  /** The writes, oldest first. */
  readonly writes: string[] = [];
  /** What each request is refused with; undefined lets it pass. */
  refusal: ApiError | undefined;
  readonly #watchers = new Set<Watcher>();
  #version = 0;

  get: KubernetesApi["get"] = async (url) => {
    await this.#pass();
    const path = url.replace(/\?.*/, "");
    const group = /^\/apis\/([^/]+\/[^/]+)$/.exec(path)?.[1];
    if (group !== undefined) {
      const names = this.served.get(group);
      if (names === undefined) throw new ApiError(404, "not found");
      return { resources: names.map((name) => ({ name })) };
    }
    const found = this.objects.get(path);
    if (found !== undefined) return found;
    if (!/s$/.test(path)) throw new ApiError(404, "not found");
    const [, root = "", resource = ""] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
    const pattern = new RegExp(`^${root}(/namespaces/[^/]+)?/${resource}/[^/]+$`);
    const items = [...this.objects].flatMap(([key, object]) => (pattern.test(key) ? [object] : []));
    return { metadata: { resourceVersion: String(this.#version) }, items };
  };

  create: KubernetesApi["create"] = async (path, body) => {
    await this.#pass();
    const name =
      textAt(body, "metadata", "name") ?? `${textAt(body, "metadata", "generateName") ?? ""}${String(this.#version)}`;
    this.writes.push(`POST ${path}`);
    if (this.objects.has(`${path}/${name}`)) throw new ApiError(409, "exists");
    return this.#set(`${path}/${name}`, body);
  };

  replace: KubernetesApi["replace"] = async (path, body) => {
    await this.#pass();
    return this.#set(path, body);
  };

  patch: KubernetesApi["patch"] = async (path, _kind, body) => {
    await this.#pass();
    const before = this.objects.get(path);
    if (before === undefined) throw new ApiError(404, "not found");
    this.writes.push(`PATCH ${path}`);
    return this.#set(path, { ...before, ...body });
  };

  delete: KubernetesApi["delete"] = async (path) => {
    await this.#pass();
    this.writes.push(`DELETE ${path}`);
    this.objects.delete(path);
    return {};
  };

  watch: KubernetesApi["watch"] = (_path, onEvent, signal) =>
    new Promise((resolve) => {
      this.#watchers.add(onEvent);
      signal.addEventListener("abort", () => {
        this.#watchers.delete(onEvent);
        resolve();
      });
    });

  /** Stores a Service, and tells the watches. */
  putService(namespace: string, name: string, spec: JsonObject): void {
    const uid = `uid-${name}`;
    const service = { metadata: { namespace, name, uid }, spec: { ports: [{ port: 80 }], ...spec } };
    this.#set(`/api/v1/namespaces/${namespace}/services/${name}`, service);
    for (const tell of this.#watchers) tell({ type: "MODIFIED", object: service });
  }

  dropService(namespace: string, name: string): void {
    this.objects.delete(`/api/v1/namespaces/${namespace}/services/${name}`);
    for (const tell of this.#watchers) tell({ type: "DELETED", object: { metadata: { namespace, name } } });
  }

  #set(path: string, object: JsonObject): JsonObject {
    this.#version++;
    const stored = { ...object, metadata: { ...objectOf(object["metadata"]), resourceVersion: String(this.#version) } };
    this.objects.set(path, stored);
    return stored;
  }

  async #pass(): Promise<void> {
    await Promise.resolve();
    if (this.refusal !== undefined) throw this.refusal;
  }
}
