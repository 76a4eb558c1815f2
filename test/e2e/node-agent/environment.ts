import { getIfPresent, objectOf, objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { bytesOf } from "./memory.ts";
import { meta } from "./objects.ts";

/** What the downward API tells, besides the Pod. */
export interface Surroundings {
  readonly podIP: string;
  readonly hostIP: string;
  readonly apiHost: string;
  readonly apiPort: number;
}

/**
 * The environment of a container: that of every container, `envFrom`, and `env` with its references.
 * @throws if something that is not optional does not exist, as a kubelet reports it.
 */
export async function environmentOf(
  cluster: Cluster,
  pod: JsonObject,
  container: JsonObject,
  around: Surroundings,
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {
    HOSTNAME: meta(pod, "name"),
    KUBERNETES_SERVICE_HOST: around.apiHost,
    KUBERNETES_SERVICE_PORT: String(around.apiPort),
    KUBERNETES_SERVICE_PORT_HTTPS: String(around.apiPort),
  };
  const namespace = meta(pod, "namespace");
  for (const source of objectsAt(container, "envFrom")) {
    const prefix = textAt(source, "prefix") ?? "";
    for (const [kind, key] of KINDS) {
      const reference = valueAt(source, [key.from]);
      if (reference === undefined) continue;
      const data = await dataOf(cluster, kind, namespace, objectOf(reference));
      for (const [name, value] of Object.entries(data)) found[prefix + name] = value;
    }
  }
  for (const one of objectsAt(container, "env")) {
    const name = textAt(one, "name") ?? "";
    const from = valueAt(one, ["valueFrom"]);
    const value = from === undefined ? expanded(textAt(one, "value") ?? "", found) : await referred(from);
    if (value !== undefined) found[name] = value;
  }
  return found;

  async function referred(from: unknown): Promise<string | undefined> {
    const path = textAt(from, "fieldRef", "fieldPath");
    if (path !== undefined) return fieldOf(pod, path, around);
    const resource = textAt(from, "resourceFieldRef", "resource");
    if (resource !== undefined) return resourceOf(container, resource);
    for (const [kind, key] of KINDS) {
      const reference = valueAt(from, [key.value]);
      if (reference === undefined) continue;
      const wanted = textAt(reference, "key") ?? "";
      const value = (await dataOf(cluster, kind, namespace, objectOf(reference)))[wanted];
      if (value === undefined && valueAt(reference, ["optional"]) !== true)
        throw new Error(`couldn't find key ${wanted} in ${kind} ${namespace}/${textAt(reference, "name") ?? ""}`);
      return value;
    }
    return undefined;
  }
}

const KINDS = [
  ["configmaps", { from: "configMapRef", value: "configMapKeyRef" }],
  ["secrets", { from: "secretRef", value: "secretKeyRef" }],
] as const;

async function dataOf(
  cluster: Cluster,
  kind: "configmaps" | "secrets",
  namespace: string,
  reference: JsonObject,
): Promise<Readonly<Record<string, string>>> {
  const name = textAt(reference, "name") ?? "";
  const object = await getIfPresent(cluster.api, `/api/v1/namespaces/${namespace}/${kind}/${name}`);
  if (object === undefined && reference.optional !== true)
    throw new Error(`${kind === "secrets" ? "secret" : "configmap"} "${name}" not found`);
  const data = Object.entries(objectOf(object?.data)).map(([key, value]) => [key, String(value)] as const);
  const text = (value: string): string => (kind === "secrets" ? Buffer.from(value, "base64").toString() : value);
  return Object.fromEntries(data.map(([key, value]) => [key, text(value)]));
}

/** The value of a field for the downward API: of the metadata, the spec or the status. */
export function fieldOf(pod: JsonObject, path: string, around: Pick<Surroundings, "podIP" | "hostIP">): string {
  const [, map, key] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (map !== undefined && key !== undefined) return textAt(pod, "metadata", map, key) ?? "";
  if (path === "status.podIP" || path === "status.podIPs") return around.podIP;
  if (path === "status.hostIP") return around.hostIP;
  const found = valueAt(pod, path.split("."));
  if (typeof found === "string") return found;
  return Object.entries(objectOf(found))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join("\n");
}

function resourceOf(container: JsonObject, resource: string): string {
  const value = textAt(container, "resources", ...resource.split("."));
  return String(bytesOf(value) ?? value ?? "0");
}

/** `$(NAME)` becomes the variable's value, `$$` a dollar, and what is not set stays as it is. */
export function expanded(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\$|\$\(([^)]+)\)/g, (whole: string, name: string | undefined) =>
    name === undefined ? "$" : (variables[name] ?? whole),
  );
}
