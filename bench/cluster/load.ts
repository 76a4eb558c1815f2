import type { ApiConnection } from "./client.ts";

/** The times of one round, in milliseconds each; `elapsed` is that of all creates together. */
export interface Round {
  readonly creates: readonly number[];
  readonly deletes: readonly number[];
  readonly elapsed: number;
}

/** Names are unique over the whole run: a name is free again only when its deletion has reached every cache. */
let made = 0;

/** The Service that is created: it is plain, and follows the rule that is measured. */
function service(name: string) {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, labels: { team: "shop", "app.kubernetes.io/name": "shop" } },
    spec: { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
  };
}

/**
 * Creates this many Services in the namespace, the connections in parallel, then deletes them.
 * @throws if the API server refuses one.
 */
export async function round(
  connections: readonly ApiConnection[],
  namespace: string,
  services: number,
): Promise<Round> {
  const path = `/api/v1/namespaces/${namespace}/services`;
  const names = Array.from({ length: services }, () => `bench-${made++}`);
  const start = performance.now();
  const creates = await share(connections, names, (connection, name) => connection.send("POST", path, service(name)));
  const elapsed = performance.now() - start;
  const deletes = await share(connections, names, (connection, name) => connection.send("DELETE", `${path}/${name}`));
  return { creates, deletes, elapsed };
}

async function share(
  connections: readonly ApiConnection[],
  names: readonly string[],
  send: (connection: ApiConnection, name: string) => ReturnType<ApiConnection["send"]>,
): Promise<readonly number[]> {
  const left = [...names];
  const times: number[] = [];
  await Promise.all(
    connections.map(async (connection) => {
      for (let name = left.pop(); name !== undefined; name = left.pop()) {
        const { status, body, time } = await send(connection, name);
        if (status < 200 || status > 299) throw new Error(`the API server answered ${status}: ${body}`);
        times.push(time);
      }
    }),
  );
  return times;
}

/** Whether the API server would create a Service, with the label that the rule asks for or without. Leaves nothing behind. */
export async function admits(connection: ApiConnection, namespace: string, withLabel: boolean): Promise<boolean> {
  const { metadata, ...rest } = service("bench-dry-run");
  const body = { ...rest, metadata: withLabel ? metadata : { name: metadata.name } };
  const { status } = await connection.send("POST", `/api/v1/namespaces/${namespace}/services?dryRun=All`, body);
  return status < 400;
}
