import { setTimeout as pause } from "node:timers/promises";
import { getIfPresent } from "#src/cluster/api/kubernetes-api.ts";
import type { JsonObject } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { directReview } from "../direct-review.ts";
import { Installation, LABEL } from "../installation.ts";
import { NO_OUTAGE, type Outage, outageByCommand } from "../outage.ts";
import { eventually } from "../process.ts";
import { must, notRun, type Proof, Proofs } from "../proof.ts";
import { Traffic } from "../traffic.ts";
import { flagsFor } from "../e2e-cluster.ts";

const OUTAGE_SECONDS = 60;
/** The first API server that can exempt an object by its name. */
const MATCH_CONDITIONS = 28;

/** Outages: of the API server, and of Fairlead. */
export async function outage(cluster: Cluster): Promise<readonly Proof[]> {
  const proofs = new Proofs();
  const failurePolicy = { mutate: "Ignore", deny: "Fail", warn: "Ignore", policies: "Ignore" };
  const installation = await Installation.make(cluster, {
    values: { webhook: { failurePolicy } },
    serverFlags: flagsFor(false),
  });
  try {
    for (const replica of installation.replicas) replica.start();
    await installation.ready();
    await withoutTheServer(installation, proofs, outageByCommand());
    await withoutReplicas(installation, proofs);
  } finally {
    await installation.close();
  }
  return proofs.all;
}

async function withoutTheServer(installation: Installation, proofs: Proofs, outage: Outage | undefined): Promise<void> {
  const through = `through ${OUTAGE_SECONDS} s without the API server every replica stays ready and answers`;
  const after = "and after it Services are written again, and no certificate has changed";
  if (outage === undefined) {
    proofs.all.push(notRun(through, NO_OUTAGE), notRun(after, NO_OUTAGE));
    return;
  }
  const before = JSON.stringify((await installation.secret())?.data);
  await outage.pause();
  try {
    await proofs.prove(through, () => servesOn(installation));
  } finally {
    await outage.resume();
  }
  await proofs.prove(after, async () => {
    const begun = Date.now();
    await eventually("a write", async () => ((await create(installation, "back")).refused ? undefined : true), 60);
    const seconds = Math.round((Date.now() - begun) / 1000);
    await installation.ready();
    must(JSON.stringify((await installation.secret())?.data) === before, "the Secret has changed");
    return `the first write after ${seconds} s; the Secret is as before`;
  });
}

async function servesOn(installation: Installation): Promise<string> {
  const until = Date.now() + OUTAGE_SECONDS * 1000;
  let answers = 0;
  while (Date.now() < until) {
    for (const replica of installation.replicas) {
      const reason = await replica.notReady();
      must(reason === undefined, `${replica.name}: ${reason ?? ""}`);
      const { allowed } = await directReview(replica.port, "/validate/deny", installation.namespace);
      must(allowed, `${replica.name} refused a valid Service`);
      answers++;
    }
    await pause(500);
  }
  return `${answers} reviews answered by ${installation.replicas.length} replicas, all of them ready`;
}

interface Written {
  readonly refused: boolean;
  readonly output: string;
}

async function write(installation: Installation, namespace: string, object: JsonObject): Promise<Written> {
  const { code, stdout, stderr } = await installation.cluster.kubectl(
    ["-n", namespace, "create", "-f", "-", "--dry-run=server"],
    JSON.stringify(object),
  );
  return { refused: code !== 0, output: (stdout + stderr).trim() };
}

function service(name: string): JsonObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { selector: { app: "web" }, ports: [{ name: "http", port: 80 }] },
  };
}

function create(installation: Installation, name: string, namespace = installation.namespace): Promise<Written> {
  return write(installation, namespace, service(name));
}

async function withoutReplicas(installation: Installation, proofs: Proofs): Promise<void> {
  const { cluster, replicas } = installation;
  // Their label would not exclude them: only the exemption does.
  const exempt = ["kube-system", installation.name];
  await label(cluster, exempt, installation.namespace);
  try {
    await eventually("the API server has heard", async () =>
      (await create(installation, "calm", exempt[0])).refused ? undefined : true,
    );
    await Promise.all(replicas.map((replica) => replica.kill()));
    await promises(installation, proofs, exempt);
    await proofs.prove("once the replicas are back, so are the writes, without hands", async () => {
      const begun = Date.now();
      for (const replica of replicas) replica.start();
      await eventually("a write", async () => ((await create(installation, "again")).refused ? undefined : true), 60);
      return `the first write ${Math.round((Date.now() - begun) / 1000)} s after the start of the replicas`;
    });
    await proofs.prove("replicas that stop one after the other, and come back, lose no call", () =>
      rolling(installation),
    );
    await proofs.prove("with failurePolicy Ignore for denials, Services are written without any replica", async () => {
      const { code, stderr } = await installation.upgrade({ webhook: { failurePolicy: { deny: "Ignore" } } });
      must(code === 0, stderr);
      await Promise.all(replicas.map((replica) => replica.kill()));
      return eventually("a write", async () => {
        const begun = Date.now();
        const { refused, output } = await create(installation, "unchecked");
        return refused ? undefined : `${output}, in ${Date.now() - begun} ms`;
      });
    });
  } finally {
    await label(cluster, exempt, undefined);
  }
}

/** What holds while no replica runs and the webhook `deny` has `failurePolicy: Fail`. */
async function promises(installation: Installation, proofs: Proofs, exempt: readonly string[]): Promise<void> {
  const { cluster, namespace } = installation;
  await proofs.prove(
    "without any replica, a Service is refused as failurePolicy Fail says, naming the webhook",
    async () => {
      const { refused, output } = await create(installation, "refused");
      must(refused && output.includes('failed calling webhook "deny.fairlead.dev"'), output);
      return output;
    },
  );
  for (const name of exempt) {
    await proofs.prove(
      `a Service in ${name === "kube-system" ? name : "Fairlead's own namespace"} is written`,
      async () => {
        const { refused, output } = await create(installation, "exempt", name);
        must(!refused, output);
        return output;
      },
    );
  }
  await proofs.prove("whatever is no Service is written: ConfigMaps, Leases, Namespaces", async () => {
    const objects: JsonObject[] = [
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "other" } },
      { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata: { name: "other" }, spec: {} },
    ];
    for (const object of objects) {
      const { refused, output } = await write(installation, namespace, object);
      must(!refused, output);
    }
    const { code, stderr } = await cluster.kubectl(["create", "namespace", `${namespace}-x`, "--dry-run=server"]);
    must(code === 0, stderr);
    return "all of them created, as dry runs";
  });
  await proofs.prove("a ServicePolicy is written: its check says Ignore", async () => {
    const policy = {
      apiVersion: "fairlead.dev/v1alpha1",
      kind: "ServicePolicy",
      metadata: { name: namespace },
      spec: {},
    };
    const { refused, output } = await write(installation, namespace, policy);
    must(!refused, output);
    return output;
  });
  const own = "the Service default/kubernetes, which the API server writes itself, is written";
  if (Number(cluster.version.split(".")[1]) < MATCH_CONDITIONS) {
    proofs.all.push(
      notRun(own, `Kubernetes ${cluster.version} has no matchConditions; the chart's notes say what to do`),
    );
    return;
  }
  await label(cluster, ["default"], namespace);
  await proofs.prove(own, async () => {
    const { code, stdout, stderr } = await cluster.kubectl([
      "-n",
      "default",
      "label",
      "service",
      "kubernetes",
      "e2e=1",
      "--dry-run=server",
    ]);
    must(code === 0, stderr);
    return stdout.trim();
  });
  await label(cluster, ["default"], undefined);
}

async function rolling(installation: Installation): Promise<string> {
  await installation.ready();
  const upgraded = await installation.upgrade({
    webhook: { failurePolicy: { mutate: "Fail", deny: "Fail", warn: "Fail" } },
  });
  must(upgraded.code === 0, upgraded.stderr);
  const traffic = new Traffic(installation);
  await traffic.start();
  const codes: (number | null)[] = [];
  for (const replica of installation.replicas) {
    codes.push(await replica.stop());
    replica.start();
    await installation.ready();
  }
  const { calls, failures } = await traffic.end();
  must(failures.length === 0, `${failures.length} of ${calls} failed: ${failures[0] ?? ""}`);
  must(
    codes.every((code) => code === 0),
    `exit codes ${codes.join(", ")}`,
  );
  return `${calls} writes, 0 failed; exit codes ${codes.join(", ")}`;
}

/** Makes the webhooks apply to these namespaces, or no longer. */
async function label(cluster: Cluster, namespaces: readonly string[], value: string | undefined): Promise<void> {
  for (const name of namespaces) {
    const path = `/api/v1/namespaces/${name}`;
    if ((await getIfPresent(cluster.api, path)) === undefined) continue;
    await cluster.api.patch(path, "merge", { metadata: { labels: { [LABEL]: value ?? null } } });
  }
}
