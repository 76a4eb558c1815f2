import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onCore } from "../cores.ts";
import type { Size } from "./objects.ts";

const PROGRAM = join(import.meta.dirname, "api-server.ts");

/** Starts the stand-in for the API server of a cluster, and writes the kubeconfig for it. The caller must kill it. */
export async function startStandIn(size: Size, kubeconfig: string, core?: number): Promise<ChildProcess> {
  const counts = [size.services, size.workloads, size.ingresses].map(String);
  const [command, ...args] = onCore(core, [process.execPath, PROGRAM, ...counts]);
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const chunk of child.stdout) {
    writeFileSync(kubeconfig, kubeconfigFor(Number(String(chunk))));
    return child;
  }
  throw new Error("the stand-in for the API server has ended");
}

function kubeconfigFor(port: number): string {
  return JSON.stringify({
    "current-context": "bench",
    contexts: [{ name: "bench", context: { cluster: "bench", user: "bench" } }],
    clusters: [{ name: "bench", cluster: { server: `http://127.0.0.1:${port}`, "insecure-skip-tls-verify": true } }],
    users: [{ name: "bench", user: {} }],
  });
}
