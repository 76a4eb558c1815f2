import { objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { CONDITION } from "#src/cluster/calls/registration.ts";
import type { JsonObject } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { flagsFor } from "../e2e-cluster.ts";
import { hint } from "../hint.ts";
import { Installation } from "../installation.ts";
import { eventually } from "../process.ts";
import { must, notRun, type Proof, Proofs } from "../proof.ts";

/** The first minor version of Kubernetes whose webhooks have match conditions. */
const MATCH_CONDITIONS = 28;
/** Seconds: a minute without changes, and what a replica needs to notice. */
const CALM = 150;
const PROTECTED = { labels: { "fairlead.dev/protected": "true" } };

/** Calls that nothing asks for are spared, and none that something asks for. */
export async function calls(cluster: Cluster): Promise<readonly Proof[]> {
  const proofs = new Proofs();
  const serverFlags = [...flagsFor(false), "--calls", "asked-for"];
  const installation = await Installation.make(cluster, { serverFlags });
  try {
    for (const replica of installation.replicas) replica.start();
    await installation.ready();
    if (Number(cluster.version.split(".")[1]) >= MATCH_CONDITIONS) await spared(installation, proofs);
    else await dropped(installation, proofs);
  } finally {
    await cluster.kubectl(["delete", "servicepolicy", installation.namespace, "--ignore-not-found"]);
    await installation.close();
  }
  return proofs.all;
}

/** An API server that knows no match conditions. */
async function dropped(installation: Installation, proofs: Proofs): Promise<void> {
  const { version } = installation.cluster;
  await proofs.prove("an API server that drops the condition is told it once, and sends every write", async () => {
    const lines = await eventually(
      "the line in the log",
      () => {
        const all = installation.replicas.flatMap((replica) => replica.log());
        const found = all.filter(({ msg }) => String(msg).includes("knows no match conditions"));
        return found.length > 0 ? found : undefined;
      },
      CALM,
    );
    must(lines.length === 1, JSON.stringify(lines));
    must((await reviewsOfPlainCreate(installation)) > 0, "a plain Service was sent to no replica");
    return String(lines[0]?.msg);
  });
  proofs.all.push(notRun("calls that nothing asks for are spared", `Kubernetes ${version} has no matchConditions`));
}

async function spared(installation: Installation, proofs: Proofs): Promise<void> {
  await proofs.prove("without a policy, a plain Service is written without a call", async () => {
    await eventually(
      "the condition",
      async () => ((await conditions(installation)).length > 0 ? true : undefined),
      CALM,
    );
    return eventually("no call", async () => {
      const reviews = await reviewsOfPlainCreate(installation);
      return reviews === 0 ? "0 reviews" : undefined;
    });
  });
  await proofs.prove("and what the API server refuses is explained", () => hint(installation));
  await proofs.prove("a rule about deletions holds as soon as its policy is said to be in force", async () => {
    await create(installation, "kept", PROTECTED);
    const namespaces = [installation.namespace];
    const spec = { match: { namespaces }, rules: [{ rule: "deletion-protection" }] };
    await apply(installation, spec);
    const { stderr } = await installation.kubectl(["delete", "service", "kept"]);
    must(stderr.includes("is protected from deletion"), stderr);
    return stderr.trim();
  });
  await proofs.prove("and still holds when calls are spared again", async () => {
    const isNarrow = async (): Promise<true | undefined> =>
      (await conditions(installation)).some((one) => one.includes("DELETE")) ? true : undefined;
    await eventually("the condition", isNarrow, CALM);
    const { stderr } = await installation.kubectl(["delete", "service", "kept"]);
    must(stderr.includes("is protected from deletion"), stderr);
    return (await conditions(installation)).find((one) => one.includes("DELETE")) ?? "";
  });
}

/** The expressions of Fairlead's own conditions. */
async function conditions(installation: Installation): Promise<readonly string[]> {
  const webhooks = (await installation.registrations()).flatMap((one) => objectsAt(one, "webhooks"));
  return webhooks
    .flatMap((webhook) => objectsAt(webhook, "matchConditions"))
    .flatMap((one) => (one.name === CONDITION ? (textAt(one, "expression") ?? "") : []));
}

/** How many reviews the replicas log for a create of a Service that is valid. */
async function reviewsOfPlainCreate(installation: Installation): Promise<number> {
  const plain = `${installation.namespace}/plain`;
  const reviews = (): number =>
    installation.replicas.flatMap((replica) => replica.log()).filter(({ service }) => service === plain).length;
  const before = reviews();
  await create(installation, "plain", {}, ["--dry-run=server"]);
  // The log is written a moment after the answer.
  await new Promise((resolve) => setTimeout(resolve, 500));
  return reviews() - before;
}

async function create(
  installation: Installation,
  name: string,
  metadata: JsonObject,
  flags: readonly string[] = [],
): Promise<void> {
  const spec = { selector: { app: "web" }, ports: [{ port: 80 }] };
  const service = { apiVersion: "v1", kind: "Service", metadata: { name, ...metadata }, spec };
  const { code, stderr } = await installation.kubectl(["create", "-f", "-", ...flags], JSON.stringify(service));
  if (code !== 0) throw new Error(stderr);
}

async function apply(installation: Installation, spec: JsonObject): Promise<void> {
  const { cluster, namespace: name } = installation;
  const policy = { apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name }, spec };
  for (const args of [
    ["apply", "-f", "-"],
    ["wait", "servicepolicy", name, "--for=condition=InForce", "--timeout=60s"],
  ]) {
    const { code, stderr } = await cluster.kubectl(args, JSON.stringify(policy));
    if (code !== 0) throw new Error(stderr);
  }
}
