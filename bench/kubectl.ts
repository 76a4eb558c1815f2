import { execFile } from "node:child_process";
import { tools } from "#scripts/tools.ts";

/** What the benchmarks do in the cluster of `KUBECONFIG`. */
export interface Kubectl {
  has(type: string, name: string): Promise<boolean>;
  /** @throws Error with kubectl's message */
  apply(...objects: readonly object[]): Promise<void>;
  /** Waits until a custom resource can be used. @throws Error with kubectl's message */
  established(definition: string): Promise<void>;
  /** Removes an object if it is there. Errors are passed over: what is left is the next run's to find. */
  remove(type: string, name: string, namespace?: string): Promise<void>;
  /** The same for a namespace, also in a cluster without the controller that ends one. */
  removeNamespace(name: string): Promise<void>;
}

/** Milliseconds that a command may take. */
const PATIENCE = 60_000;

/** @throws Error if `KUBECONFIG` is not set, its server does not answer, or there is no kubectl */
export async function kubectlOf(): Promise<Kubectl> {
  if ((process.env["KUBECONFIG"] ?? "") === "") throw new Error("KUBECONFIG is not set");
  const { kubectl } = await tools();
  const run = (args: readonly string[], input?: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const child = execFile(kubectl, args, { timeout: PATIENCE }, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(stderr.trim().split("\n").at(-1) ?? error.message));
      });
      child.stdin?.end(input ?? "");
    });
  const attempt = (args: readonly string[], input?: string): Promise<string> => run(args, input).catch(() => "");
  await run(["get", "--raw", "/readyz"]);
  return {
    has: async (type, name) => (await run(["get", type, name, "--ignore-not-found", "--output=name"])) !== "",
    async apply(...objects) {
      const list = { apiVersion: "v1", kind: "List", items: objects };
      await run(["apply", "--server-side", "--filename=-"], JSON.stringify(list));
    },
    async established(definition) {
      await run(["wait", "customresourcedefinition", definition, "--for=condition=Established", "--timeout=30s"]);
    },
    async remove(type, name, namespace) {
      const where = namespace === undefined ? [] : ["--namespace", namespace];
      await attempt(["delete", type, name, ...where, "--ignore-not-found", "--wait=false"]);
    },
    async removeNamespace(name) {
      await attempt(["delete", "namespace", name, "--ignore-not-found", "--wait=false"]);
      const left = await attempt(["get", "namespace", name, "--ignore-not-found", "--output=json"]);
      // Where controllers are, they end it; an end without them would leave objects behind that they are about to remove.
      if (left === "" || (await attempt(["get", "serviceaccount", "default", "--namespace", name])) !== "") return;
      const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name }, spec: { finalizers: [] } };
      const path = `/api/v1/namespaces/${name}/finalize`;
      await attempt(["replace", "--raw", path, "--filename=-"], JSON.stringify(namespace));
    },
  };
}
