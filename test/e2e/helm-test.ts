import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Installation } from "./installation.ts";
import { run } from "./process.ts";
import { must } from "./proof.ts";
import { ROOT } from "../paths.ts";

const SCRIPT = join(ROOT, "charts/fairlead/files/helm-test.mjs");

/** Runs what `helm test` runs in a Pod, with no right but to send Services to the namespace. Returns the output. */
export async function runHelmTest({ cluster, namespace }: Installation): Promise<string> {
  const kubectl = async (args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await cluster.kubectl(["-n", namespace, ...args]);
    must(code === 0, stderr);
    return stdout.trim();
  };
  const folder = await mkdtemp(join(tmpdir(), "fairlead-e2e-"));
  try {
    await kubectl(["create", "serviceaccount", "tester"]);
    await kubectl(["create", "role", "tester", "--verb=create", "--resource=services"]);
    await kubectl(["create", "rolebinding", "tester", "--role=tester", `--serviceaccount=${namespace}:tester`]);
    await writeFile(join(folder, "token"), await kubectl(["create", "token", "tester"]), { mode: 0o600 });
    await writeFile(join(folder, "ca.crt"), cluster.ca);
    const { hostname, port } = new URL(cluster.server);
    const { code, stdout, stderr } = await run(process.execPath, [SCRIPT], "", {
      KUBERNETES_SERVICE_HOST: hostname,
      KUBERNETES_SERVICE_PORT: port === "" ? "443" : port,
      CREDENTIALS: folder,
      TEST_NAMESPACE: namespace,
      TEST_SECONDS: "20",
    });
    must(code === 0, stdout + stderr);
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
    for (const kind of ["rolebinding", "role", "serviceaccount"])
      await cluster.kubectl(["-n", namespace, "delete", kind, "tester", "--ignore-not-found"]);
  }
}
