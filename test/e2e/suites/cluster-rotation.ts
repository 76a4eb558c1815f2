import { textAt } from "#src/cluster/api/kubernetes-api.ts";
import { issue } from "#src/cluster/certificates/issue.ts";
import { setTimeout as pause } from "node:timers/promises";
import type { Cluster } from "../cluster.ts";
import { flagsFor } from "../e2e-cluster.ts";
import { noneFailed, underLoad } from "../load.ts";
import { eventually } from "../process.ts";
import { must, type Proof, type Proofs } from "../proof.ts";
import { FAIL, NAME, type Release, withRelease } from "../release.ts";

/** How long a renewal takes until the last caBundle of it is written, in milliseconds, with the times of `flagsFor`. */
const SETTLED = 15_000;
const DAY = 24 * 3600 * 1000;

/** Certificates that change in a whole cluster, while Services are written and `failurePolicy` is Fail. */
export function rotation(cluster: Cluster): Promise<readonly Proof[]> {
  return withRelease(cluster, "certificates are rotated in a whole cluster", prove);
}

async function prove(release: Release, proofs: Proofs): Promise<void> {
  const args = JSON.stringify(flagsFor(true));
  const installed = await release.install([...FAIL, "--set-json", `extraArgs=${args}`]);
  must(installed.code === 0, `${installed.stderr}\n${await release.explanation()}`);
  await release.labelAsTheNotesSay();
  await release.settled(2);
  await proofs.prove("a certificate that Fairlead makes is renewed, and no write is lost", async () => {
    const before = await served(release);
    let after: readonly string[] = [];
    const load = await underLoad(release, async () => {
      after = await eventually("every replica serves another one", () => changed(release, before), 90);
      await pause(SETTLED);
    });
    return `${said(before, after)}; ${noneFailed(load)}`;
  });
  await proofs.prove(
    "a certificate that is replaced in its Secret is taken over without a restart, and no write is lost",
    () => provided(release),
  );
}

/** A Secret of the user's, mounted in the Pods, in which a new pair replaces the first one. */
async function provided(release: Release): Promise<string> {
  const made = () =>
    issue({
      hosts: [`${NAME}.${NAME}.svc`],
      from: new Date(Date.now() - DAY),
      until: new Date(Date.now() + DAY),
    });
  const [first, second] = await Promise.all([made(), made()]);
  await put(release, first.pair);
  const values = { mode: "provided", secretName: "own", caBundle: first.ca + second.ca };
  const flags = [
    "--reset-values",
    "--force-conflicts",
    "--timeout",
    "60s",
    "--set-json",
    `certificates=${JSON.stringify(values)}`,
  ];
  const upgraded = await release.upgrade([...flags, ...FAIL]);
  must(upgraded.code === 0, `${upgraded.stderr}\n${await release.explanation()}`);
  const names = (await release.settled(2)).map((pod) => textAt(pod, "metadata", "uid"));
  const before = await served(release);
  let after: readonly string[] = [];
  const load = await underLoad(release, async () => {
    await put(release, second.pair);
    // A kubelet looks at mounted Secrets once a minute or so.
    after = await eventually("every replica serves the new one", () => changed(release, before), 150);
  });
  const still = (await release.settled(2)).map((pod) => textAt(pod, "metadata", "uid"));
  must(still.join() === names.join(), "there are other Pods");
  return `${said(before, after)}; ${noneFailed(load)}`;
}

async function put(release: Release, pair: { readonly certificate: string; readonly key: string }): Promise<void> {
  const { code, stderr } = await release.cluster.kubectl(
    ["-n", NAME, "apply", "-f", "-"],
    JSON.stringify({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "own" },
      type: "kubernetes.io/tls",
      stringData: { "tls.crt": pair.certificate, "tls.key": pair.key },
    }),
  );
  must(code === 0, stderr);
}

/** Prints the fingerprint of the certificate that a replica serves, asked within its own container. */
const ASK = `
const socket = require("node:tls").connect({ host: "127.0.0.1", port: 8443, rejectUnauthorized: false }, () => {
  console.log(socket.getPeerX509Certificate().fingerprint256);
  socket.destroy();
});`;

async function served(release: Release): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pod of await release.settled(2)) {
    const { code, stdout, stderr } = await release.exec(["node", "-e", ASK], pod);
    must(code === 0, stderr);
    found.push(stdout.trim());
  }
  return found;
}

/** What the replicas serve, once none serves what was served before, and all the same. */
async function changed(release: Release, before: readonly string[]): Promise<readonly string[] | undefined> {
  await pause(1_000);
  const now = await served(release);
  return now.some((one) => before.includes(one)) || new Set(now).size > 1 ? undefined : now;
}

function said(before: readonly string[], after: readonly string[]): string {
  return `${before[0]?.slice(0, 11) ?? ""}... became ${after[0]?.slice(0, 11) ?? ""}... in ${after.length} replicas`;
}
