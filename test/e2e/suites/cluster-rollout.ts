import type { Cluster } from "../cluster.ts";
import { must, type Proof, type Proofs } from "../proof.ts";
import { type Release, withRelease } from "../release.ts";

/** The chart from `helm install` on, in a cluster that runs its Pods: rollout, test, upgrades. */
export function rollout(cluster: Cluster): Promise<readonly Proof[]> {
  return withRelease(cluster, "the chart's Pods run, from helm install on", prove);
}

async function prove(release: Release, proofs: Proofs): Promise<void> {
  await proofs.prove("helm install --wait, as README.md has it, ends with all replicas ready", async () => {
    const begun = Date.now();
    const { code, stderr } = await release.install(["--timeout", "60s"]);
    must(code === 0, `${stderr}\n${await release.explanation()}`);
    const pods = await release.settled(2);
    return `${pods.length} Pods ready after ${Math.round((Date.now() - begun) / 1000)} s`;
  });
}
