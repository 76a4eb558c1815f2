import { getIfPresent, objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { POLICIES_PATH } from "#src/cluster/policies/status.ts";
import type { JsonObject } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { directReview } from "../direct-review.ts";
import { flagsFor } from "../e2e-cluster.ts";
import { Installation } from "../installation.ts";
import { NO_OUTAGE, outageByCommand } from "../outage.ts";
import { eventually, type Outcome } from "../process.ts";
import { must, notRun, type Proof, Proofs } from "../proof.ts";

/** Rules that look at several objects, and the API server away meanwhile. */
export async function inventory(cluster: Cluster): Promise<readonly Proof[]> {
  const proofs = new Proofs();
  const installation = await Installation.make(cluster, {
    values: { inventory: "on" },
    serverFlags: flagsFor(false),
    replicas: ["a", "b"],
  });
  try {
    for (const replica of installation.replicas) replica.start();
    await installation.ready();
    await applyPolicies(installation);
    await amongServices(installation, proofs);
    await whoDependsOnIt(installation, proofs);
    await withoutTheServer(installation, proofs);
    await withoutTheRight(installation, proofs);
  } finally {
    const names = Object.keys(POLICIES).map((suffix) => installation.namespace + suffix);
    await cluster.kubectl(["delete", "servicepolicies", ...names, "--ignore-not-found"]);
    await installation.close();
  }
  return proofs.all;
}

/** The suffix of each policy's name, and what it asks. */
const POLICIES = {
  "": {
    match: { operations: ["CREATE", "UPDATE"] },
    rules: [
      { rule: "unique-selector", action: "deny" },
      { rule: "references-resolve", action: "warn" },
    ],
  },
  "-delete": { match: { operations: ["DELETE"] }, rules: [{ rule: "references-resolve", action: "deny" }] },
} as const;

async function applyPolicies({ cluster, namespace }: Installation): Promise<void> {
  for (const [suffix, { match, rules }] of Object.entries(POLICIES)) {
    const policy = {
      apiVersion: "fairlead.dev/v1alpha1",
      kind: "ServicePolicy",
      metadata: { name: namespace + suffix },
      spec: { match: { ...match, namespaces: [namespace] }, rules },
    };
    const { code, stderr } = await cluster.kubectl(["apply", "--validate=false", "-f", "-"], JSON.stringify(policy));
    must(code === 0, stderr);
  }
}

function service(name: string, app: string): JsonObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { selector: { app }, ports: [{ name: "http", port: 80 }] },
  };
}

function create(installation: Installation, object: JsonObject, ...flags: readonly string[]): Promise<Outcome> {
  return installation.kubectl(["create", "-f", "-", ...flags], JSON.stringify(object));
}

const textOf = ({ stdout, stderr }: Outcome): string => (stdout + stderr).trim();

/** Waits for a refusal of a Service with this selector that names the other one. */
function refusedFor(installation: Installation, app: string, other: string): Promise<string> {
  return eventually(`a refusal that names ${other}`, async () => {
    const outcome = await create(installation, service("second", app), "--dry-run=server");
    return outcome.code !== 0 && textOf(outcome).includes(other) ? textOf(outcome) : undefined;
  });
}

async function amongServices(installation: Installation, proofs: Proofs): Promise<void> {
  await proofs.prove("a Service is refused whose selector another Service has; the refusal names it", async () => {
    const first = await create(installation, service("first", "web"));
    must(first.code === 0, textOf(first));
    return refusedFor(installation, "web", "first");
  });
  await proofs.prove("the Service itself may be changed, and one with another selector created", async () => {
    const changed = await installation.kubectl(["annotate", "service", "first", "e2e=1"]);
    must(changed.code === 0, textOf(changed));
    const other = await create(installation, service("third", "other"), "--dry-run=server");
    must(other.code === 0, textOf(other));
    return `${textOf(changed)}; ${textOf(other)}`;
  });
}

async function whoDependsOnIt(installation: Installation, proofs: Proofs): Promise<void> {
  const backend = { service: { name: "first", port: { name: "http" } } };
  const ingress = {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "entrance" },
    spec: { defaultBackend: backend },
  };
  const rename = JSON.stringify([{ op: "replace", path: "/spec/ports/0/name", value: "web" }]);
  await proofs.prove(
    "taking away a port that an Ingress names is allowed with a warning that names the Ingress",
    async () => {
      const { code, stderr } = await create(installation, ingress);
      must(code === 0, stderr);
      return eventually("the warning", async () => {
        const outcome = await installation.kubectl([
          "patch",
          "service",
          "first",
          "--type=json",
          "-p",
          rename,
          "--dry-run=server",
        ]);
        return outcome.code === 0 && outcome.stderr.includes("entrance") ? textOf(outcome) : undefined;
      });
    },
  );
  await proofs.prove("a Service that an Ingress needs is not deleted, as the policy says", async () => {
    const outcome = await installation.kubectl(["delete", "service", "first", "--dry-run=server"]);
    must(outcome.code !== 0 && textOf(outcome).includes("entrance"), textOf(outcome));
    return textOf(outcome);
  });
  await proofs.prove("and it is, once the Ingress is gone", async () => {
    await installation.kubectl(["delete", "ingress", "entrance"]);
    return eventually("the deletion", async () => {
      const outcome = await installation.kubectl(["delete", "service", "first", "--dry-run=server"]);
      return outcome.code === 0 ? textOf(outcome) : undefined;
    });
  });
}

async function withoutTheServer(installation: Installation, proofs: Proofs): Promise<void> {
  const meanwhile =
    "while the API server is away, every replica still knows the other Services, and says how old that is";
  const after = "and once it is back, every replica learns what is new";
  const outage = outageByCommand();
  if (outage === undefined) {
    proofs.all.push(notRun(meanwhile, NO_OUTAGE), notRun(after, NO_OUTAGE));
    return;
  }
  await outage.pause();
  const began = Date.now();
  try {
    await proofs.prove(meanwhile, () =>
      eventually("an age of 10 s", async () => {
        if (Date.now() - began < 10_000) return undefined;
        const ages = await Promise.all(installation.replicas.map(({ port }) => ageOf(port, installation.namespace)));
        must(Math.min(...ages) >= 9, `after 10 s the ages are ${ages.join(", ")}`);
        return `${installation.replicas.length} replicas refused a second Service; ages of ${ages.join(" s and ")} s`;
      }),
    );
  } finally {
    await outage.resume();
  }
  await proofs.prove(after, async () => {
    await eventually("a write", async () =>
      (await create(installation, service("late", "late"))).code === 0 ? true : undefined,
    );
    for (const { port } of installation.replicas) {
      const spec = { selector: { app: "late" }, ports: [{ name: "http", port: 80 }] };
      await eventually("a refusal", async () =>
        (await directReview(port, "/validate", installation.namespace, spec)).allowed ? undefined : true,
      );
    }
    return "the Service that was created then is known";
  });
}

/** The age that a replica tells when it refuses a Service. */
async function ageOf(port: number, namespace: string): Promise<number> {
  const spec = { selector: { app: "web" }, ports: [{ name: "http", port: 80 }] };
  const { allowed, body } = await directReview(port, "/validate", namespace, spec);
  must(!allowed, "a second Service was allowed");
  const said = textAt(body, "response", "auditAnnotations", "inventory") ?? "";
  return Number(/^as of (\d+) s ago$/.exec(said)?.[1]);
}

async function withoutTheRight(installation: Installation, proofs: Proofs): Promise<void> {
  await proofs.prove(
    "with `inventory: off`, the policy's status says which rules find nothing, and how to mend it",
    async () => {
      const { code, stderr } = await installation.upgrade({ inventory: "off" });
      must(code === 0, stderr);
      await installation.makeReplicas();
      for (const replica of installation.replicas) replica.start();
      await installation.ready();
      return eventually("the condition", async () => {
        const policy = await getIfPresent(installation.cluster.api, `${POLICIES_PATH}/${installation.namespace}`);
        const message = textAt(objectsAt(policy, "status", "conditions")[0], "message") ?? "";
        return message.includes("unique-selector") ? message : undefined;
      });
    },
  );
}
