import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { CertificateFiles } from "../certificate-files.ts";
import type { Cores } from "../cores.ts";
import { kubectlOf } from "../kubectl.ts";
import { startContender } from "./contender.ts";
import type { Prepared } from "./prepared.ts";
import { serveArguments } from "./servers.ts";

const ROOT = join(import.meta.dirname, "../..");
const TYPE = "servicepolicies.fairlead.dev";

export const WITH_CLUSTER = "Fairlead, baseline from the cluster";

/**
 * Fairlead with the client for Kubernetes: it watches policies and namespaces, and discovers version and ranges. The policy is
 * `baseline`, as an object in the cluster.
 * @throws Error with the reason why it cannot be run: no cluster, or one whose policies somebody uses
 */
export async function prepareWithCluster(files: CertificateFiles, { server: core }: Cores): Promise<Prepared> {
  const kubectl = await kubectlOf();
  const namespace = `fairlead-bench-${process.pid}`;
  const hadType = await kubectl.has("customresourcedefinition", TYPE);
  if (hadType && (await kubectl.has("servicepolicy", "baseline")))
    throw new Error("the cluster has policies of its own");
  const close = async (): Promise<void> => {
    await kubectl.remove("servicepolicy", "baseline");
    await kubectl.remove("lease", "fairlead", namespace);
    await kubectl.removeNamespace(namespace);
    if (!hadType) await kubectl.remove("customresourcedefinition", TYPE);
  };
  try {
    if (!hadType) await kubectl.apply(documentIn("charts/fairlead/files/crds/servicepolicies.yaml"));
    await kubectl.established(TYPE);
    await kubectl.apply(
      { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
      { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata: { name: "fairlead", namespace } },
      documentIn("policies/baseline.yaml"),
    );
  } catch (error) {
    await close();
    throw error;
  }
  const watching = ["--cluster-policies", "watch", "--discover", "version", "--discover", "serviceCIDRs"];
  const flags = [...watching, "--own-namespace", namespace, "--replica", "bench"];
  const start = () => startContender(serveArguments(files, flags), { core });
  return { server: { name: WITH_CLUSTER, start, hasAims: true }, close };
}

function documentIn(file: string): object {
  const document: unknown = parse(readFileSync(join(ROOT, file), "utf8"));
  if (typeof document === "object" && document !== null) return document;
  throw new Error(`${file} has no object`);
}
