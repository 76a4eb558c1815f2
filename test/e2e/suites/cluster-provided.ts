import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { issue } from "#src/cluster/certificates/issue.ts";
import type { Cluster } from "../cluster.ts";
import { hint } from "../hint.ts";
import { Installation } from "../installation.ts";
import { eventually } from "../process.ts";
import { must, type Proof, Proofs } from "../proof.ts";
import type { ReplicaProcess } from "../replica.ts";
import { Traffic } from "../traffic.ts";
import { ROOT } from "#test/paths.ts";

const FAIL = { mutate: "Fail", deny: "Fail", warn: "Fail" } as const;
const DAY = 24 * 3600 * 1000;
const WEAK = join(ROOT, "test/webhook/certificates/pairs");
const HOST = process.env["FAIRLEAD_E2E_HOST"] ?? "127.0.0.1";

/** A certificate from the user: its problems are reported, and a new one is taken over without a restart. */
export async function provided(cluster: Cluster): Promise<readonly Proof[]> {
  const proofs = new Proofs();
  const folder = await mkdtemp(join(tmpdir(), "fairlead-e2e-"));
  try {
    // Two leaves need one CA here, and each of ours signs only once: the bundle has both CAs.
    const [wrong, first, second] = await Promise.all([made("other.example.com"), made(HOST), made(HOST)]);
    const files = { certificate: join(folder, "tls.crt"), key: join(folder, "tls.key") };
    await put(files, wrong.pair);
    const caBundle = wrong.ca + first.ca + second.ca;
    const installation = await Installation.make(cluster, {
      values: {
        certificates: { mode: "provided", secretName: "own", caBundle },
        webhook: { failurePolicy: FAIL },
      },
      serverFlags: ["--tls-cert", files.certificate, "--tls-key", files.key, "--heartbeat", "3", "--resync", "2"],
    });
    try {
      await prove(installation, proofs, { wrong: wrong.pair, first: first.pair, second: second.pair }, files);
    } finally {
      await installation.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return proofs.all;
}

interface Pair {
  readonly certificate: string;
  readonly key: string;
}

async function prove(
  installation: Installation,
  proofs: Proofs,
  pairs: { readonly wrong: Pair; readonly first: Pair; readonly second: Pair },
  files: Pair,
): Promise<void> {
  await proofs.prove("with a certificate for another name no replica is ready, and each says why", async () => {
    for (const replica of installation.replicas) replica.start();
    return eventually("the reason", async () => {
      const reasons = await Promise.all(installation.replicas.map((replica) => replica.notReady()));
      const isSaid = reasons.every((reason) => reason?.includes("DNS:other.example.com") === true);
      return isSaid ? reasons[0] : undefined;
    });
  });
  await proofs.prove("the right one is taken over without a restart, and the API server gets through", async () => {
    await put(files, pairs.first);
    await installation.ready();
    return hint(installation);
  });
  await proofs.prove("a new one in its place loses no call", async () => {
    const traffic = new Traffic(installation);
    await traffic.start();
    await put(files, pairs.second);
    await eventually("every replica has taken it over", () =>
      installation.replicas.every((replica) => taken(replica).length >= 2) ? true : undefined,
    );
    const before = traffic.calls;
    await eventually("some writes more", () => (traffic.calls > before + 40 ? true : undefined));
    const { calls, failures } = await traffic.end();
    must(failures.length === 0, `${failures.length} of ${calls} failed: ${failures[0] ?? ""}`);
    return `${calls} writes of Services meanwhile, 0 failed`;
  });
  await proofs.prove("one that OpenSSL refuses ends no replica: the old one serves on, and log and metric say so", () =>
    refusedByOpenSSL(installation, files),
  );
  await proofs.prove("and the next sound one is taken over", async () => {
    await put(files, pairs.first);
    await eventually("every replica has taken it over", () =>
      installation.replicas.every((replica) => taken(replica).length >= 3) ? true : undefined,
    );
    return hint(installation);
  });
  await proofs.prove("the service account may read no Secret and write no registration", async () => {
    const commands = [
      ["get", `secret/${installation.name}-tls`],
      ["get", "secret/own"],
      ["patch", `mutatingwebhookconfigurations/${installation.name}`],
    ];
    const answers: string[] = [];
    for (const words of commands) {
      const { stdout } = await installation.asServiceAccount(["auth", "can-i", ...words, "-n", installation.name]);
      answers.push(`${words.join(" ")}: ${stdout.trim()}`);
    }
    must(
      answers.every((answer) => answer.endsWith(": no")),
      answers.join("; "),
    );
    return answers.join("; ");
  });
}

/** RSA with 1024 bits: a valid pair, but OpenSSL refuses to serve with so short a key. */
async function refusedByOpenSSL(installation: Installation, files: Pair): Promise<string> {
  const { replicas } = installation;
  const traffic = new Traffic(installation);
  await traffic.start();
  const [certificate, key] = await Promise.all([
    readFile(join(WEAK, "weak-rsa.crt"), "utf8"),
    readFile(join(WEAK, "weak-rsa.key"), "utf8"),
  ]);
  await put(files, { certificate, key });
  const problems = await eventually("each replica says why it does not take it over", () => {
    const lines = replicas.map((replica) => replica.log().map((line) => JSON.stringify(line)));
    const refusals = lines.map((all) => all.find((line) => line.includes("OpenSSL refuses")));
    return refusals.every((line) => line !== undefined) ? refusals[0] : undefined;
  });
  const before = traffic.calls;
  await eventually("some writes more", () => (traffic.calls > before + 40 ? true : undefined));
  const { calls, failures } = await traffic.end();
  must(failures.length === 0, `${failures.length} of ${calls} failed: ${failures[0] ?? ""}`);
  for (const { name, healthPort, failure } of replicas) {
    must(failure === undefined, failure ?? "");
    const metrics = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text();
    must(/fairlead_reloads_total\{what="certificate",result="error"\} [1-9]/.test(metrics), `${name} counted no error`);
  }
  return `${problems}; ${calls} writes of Services meanwhile, 0 failed`;
}

function taken(replica: ReplicaProcess) {
  return replica.log().filter(({ msg }) => String(msg).startsWith("the certificate changed"));
}

function made(host: string) {
  return issue({ hosts: [host], from: new Date(Date.now() - DAY), until: new Date(Date.now() + DAY) });
}

/** As a mounted Secret is updated: under another name first, then in one step. */
async function put(files: Pair, pair: Pair): Promise<void> {
  for (const part of ["certificate", "key"] as const) {
    await writeFile(`${files[part]}.new`, pair[part], { mode: 0o600 });
    await rename(`${files[part]}.new`, files[part]);
  }
}
