import { createHash, X509Certificate } from "node:crypto";
import { connect as connectTls } from "node:tls";
import { setTimeout as pause } from "node:timers/promises";
import { once } from "node:events";
import { objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { fingerprint } from "#src/cluster/certificates/pem.ts";
import { valueAt } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { runHelmTest } from "../helm-test.ts";
import { hint } from "../hint.ts";
import { Installation } from "../installation.ts";
import { eventually } from "../process.ts";
import { must, type Proof, Proofs } from "../proof.ts";
import { snapshot } from "../snapshot.ts";
import { Traffic } from "../traffic.ts";
import { flagsFor } from "../e2e-cluster.ts";

const FAIL = { mutate: "Fail", deny: "Fail", warn: "Fail" } as const;
/** Helm 4 uses server-side apply by default; with this flag it does what older releases do. */
const WAYS = [
  { way: "applied by the server", helmFlags: ["--server-side=true"] },
  { way: "applied by the client", helmFlags: ["--server-side=false"] },
] as const;

/**
 * The life cycle of the chart: installed, upgraded, uninstalled and installed again, with both of Helm's ways to apply.
 */
export async function install(cluster: Cluster): Promise<readonly Proof[]> {
  const proofs = new Proofs();
  for (const { way, helmFlags } of WAYS) {
    const installation = await Installation.prepare(cluster, {
      values: { webhook: { failurePolicy: FAIL } },
      helmFlags,
      serverFlags: flagsFor(false),
    });
    try {
      await life(installation, proofs, way);
    } finally {
      await installation.close();
    }
  }
  return proofs.all;
}

async function life(installation: Installation, proofs: Proofs, way: string): Promise<void> {
  const prove = (what: string, step: () => Promise<string>): Promise<void> => proofs.prove(`${what} (${way})`, step);

  let notes = "";
  await prove("helm install is all: no other tool, and notes that say how to see it work", async () => {
    const { code, stdout, stderr } = await installation.install();
    must(code === 0, stderr);
    notes = stdout;
    for (const word of ["STATUS: deployed", "kubectl get servicepolicies", installation.url])
      must(stdout.includes(word), `no "${word}" in: ${stdout}`);
    return "installed, with its notes";
  });
  await installation.makeReplicas();
  if (way === WAYS[0].way) await proveRights(installation, proofs);
  await prove("three replicas started at once agree on one certificate, which the registration trusts", async () => {
    for (const replica of installation.replicas) replica.start();
    return allReady(installation);
  });
  await prove("the API server gets through: a hint of Fairlead's beside the server's refusal", () =>
    hint(installation),
  );
  await prove("what the notes say to try shows what they say", async () => {
    const line = /^ *kubectl -n \S+ (create service .*)$/m.exec(notes)?.[1];
    must(line !== undefined, `no such line in: ${notes}`);
    const { code, stderr } = await installation.kubectl(line.split(" "));
    must(code !== 0 && /^Warning: .*Fairlead/m.test(stderr) && stderr.includes("is invalid"), stderr);
    return stderr;
  });
  await prove("what helm test asks is answered as it should be", () => runHelmTest(installation));
  await prove("helm upgrade loses no call, and leaves certificate and caBundle as they are", async () => {
    const traffic = new Traffic(installation);
    await traffic.start();
    const before = await trust(installation);
    const { code, stderr } = await installation.upgrade();
    must(code === 0, stderr);
    await eventually("some writes more", () => (traffic.calls > 60 ? true : undefined));
    const { calls, failures } = await traffic.end();
    must(failures.length === 0, `${failures.length} of ${calls} failed: ${failures[0] ?? ""}`);
    const after = await trust(installation);
    must(before === after, `before ${before}, after ${after}`);
    return `${calls} writes, 0 failed; Secret and caBundles as before`;
  });
  await prove("a second helm upgrade changes nothing", async () => {
    const before = await snapshot(installation);
    const { code, stderr } = await installation.upgrade();
    must(code === 0, stderr);
    const after = await snapshot(installation);
    const changed = [...before].filter(([name, version]) => after.get(name) !== version).map(([name]) => name);
    must(changed.length === 0 && before.size === after.size, `changed: ${changed.join(", ")}`);
    return `${after.size} objects keep their resourceVersion: ${[...after.keys()].join(", ")}`;
  });
  await prove("after helm uninstall Services work, and nothing of it is left but the policies' definition", () =>
    uninstalled(installation),
  );
  await prove("a reinstall succeeds, and works", async () => {
    const { code, stderr } = await installation.install();
    must(code === 0, stderr);
    // New Pods with tokens of the new service account; the old one's are invalid now.
    await installation.makeReplicas();
    for (const replica of installation.replicas) replica.start();
    const agreed = await allReady(installation);
    await hint(installation);
    return agreed;
  });
}

/** What the service account must not do, as arguments of `kubectl auth can-i`. */
const FORBIDDEN: readonly (readonly string[])[] = [
  ["create", "secrets"],
  ["list", "secrets"],
  ["get", "secret/another"],
  ["delete", "secret/RELEASE-tls"],
  ["get", "secrets", "--namespace=kube-system"],
  ["list", "mutatingwebhookconfigurations"],
  ["create", "mutatingwebhookconfigurations"],
  ["patch", "mutatingwebhookconfigurations/another"],
  ["delete", "validatingwebhookconfigurations/RELEASE"],
  ["update", "leases/another"],
  ["get", "configmaps"],
  ["create", "services", "--namespace=kube-system"],
  ["update", "services"],
  ["delete", "services"],
  ["create", "servicepolicies"],
  ["update", "servicepolicies"],
  ["delete", "servicepolicies"],
  ["update", "namespaces"],
  ["create", "clusterroles"],
  ["impersonate", "users"],
  ["*", "*"],
];

async function proveRights(installation: Installation, proofs: Proofs): Promise<void> {
  await proofs.prove("the service account may do what it must, and no more", async () => {
    const wrong: string[] = [];
    for (const words of FORBIDDEN) {
      const args = words.map((word) => word.replace("RELEASE", installation.name));
      const where = args.some((word) => word.startsWith("--namespace")) ? [] : [`--namespace=${installation.name}`];
      const { stdout } = await installation.asServiceAccount(["auth", "can-i", ...args, ...where]);
      if (stdout.trim() !== "no") wrong.push(`${args.join(" ")}: ${stdout.trim()}`);
    }
    must(wrong.length === 0, wrong.join("; "));
    const { code, stderr } = await installation.asServiceAccount(["get", "secrets", "--all-namespaces"]);
    must(code !== 0 && stderr.includes("Forbidden"), stderr);
    return `${FORBIDDEN.length} rights asked for and refused; tried: ${stderr}`;
  });
}

async function allReady(installation: Installation): Promise<string> {
  await installation.ready();
  const served = await Promise.all(installation.replicas.map(({ port }) => fingerprintServed(port, installation.host)));
  const [first] = served;
  must(first !== undefined && served.every((one) => one === first), `served: ${served.join(", ")}`);
  for (const bundle of await bundles(installation))
    await fingerprintServed(installation.port, installation.host, bundle);
  return `all serve ${first.slice(0, 16)}..., which each entry's caBundle verifies through the balancer`;
}

/**
 * The fingerprint of the certificate served.
 * @throws if `bundle` does not verify it for the host.
 */
async function fingerprintServed(port: number, host: string, bundle?: string): Promise<string> {
  const socket = connectTls({
    host,
    port,
    ...(bundle === undefined ? { rejectUnauthorized: false } : { ca: bundle, rejectUnauthorized: true }),
  });
  try {
    await once(socket, "secureConnect", { signal: AbortSignal.timeout(3_000) });
    return fingerprint(new X509Certificate(socket.getPeerCertificate().raw));
  } finally {
    socket.destroy();
  }
}

async function bundles(installation: Installation): Promise<readonly string[]> {
  const entries = (await installation.registrations()).flatMap((object) => objectsAt(object, "webhooks"));
  return entries.map((entry) => Buffer.from(textAt(entry, "clientConfig", "caBundle") ?? "", "base64").toString());
}

/** A digest of all that a client's trust depends on. */
async function trust(installation: Installation): Promise<string> {
  const data = valueAt(await installation.secret(), ["data"]);
  const text = JSON.stringify([await bundles(installation), data]);
  return createHash("sha256").update(text).digest("hex");
}

async function uninstalled(installation: Installation): Promise<string> {
  const { code, stderr } = await installation.uninstall();
  must(code === 0, stderr);
  const order = [...stderr.matchAll(/delete resource.* kind=(\w+)/g)].map(([, kind]) => kind);
  must(
    order.slice(0, 2).every((kind) => kind?.endsWith("WebhookConfiguration") === true),
    `taken away in this order: ${order.join(", ")}`,
  );
  const left = [...(await snapshot(installation)).keys()];
  must(left.length === 0, `left: ${left.join(", ")}`);
  const made = await eventually("a Service can be made", async () => {
    const { code: failed, stdout } = await installation.kubectl([
      "create",
      "service",
      "clusterip",
      "after",
      "--tcp=80",
    ]);
    return failed === 0 ? stdout.trim() : undefined;
  });
  await installation.kubectl(["delete", "service", "after"]);
  // Longer than any of the intervals.
  await pause(6_000);
  must((await snapshot(installation)).size === 0, "a replica that runs on has made something anew");
  return `the registration goes first (${order.slice(0, 4).join(", ")}, ...); ${made}; no object is left, and replicas that run on make none`;
}
