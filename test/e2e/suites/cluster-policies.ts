import { getIfPresent, objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { POLICIES_PATH } from "#src/cluster/policies/status.ts";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { directReview } from "../direct-review.ts";
import { Installation } from "../installation.ts";
import { eventually, type Outcome } from "../process.ts";
import { must, type Proof, Proofs } from "../proof.ts";
import { flagsFor } from "../e2e-cluster.ts";

/** ServicePolicy objects of the cluster: applied, changed, broken and repaired, and their statuses. */
export async function clusterPolicies(cluster: Cluster): Promise<readonly Proof[]> {
  const proofs = new Proofs();
  const installation = await Installation.make(cluster, { serverFlags: flagsFor(false) });
  const stage = new Stage(installation);
  try {
    for (const replica of installation.replicas) replica.start();
    await installation.ready();
    await inOrder(stage, proofs);
    await outOfOrder(stage, proofs);
  } finally {
    await stage.close();
  }
  return proofs.all;
}

/** A policy with a unique name, for the suite's namespace. */
class Stage {
  readonly installation: Installation;
  readonly name: string;

  constructor(installation: Installation) {
    this.installation = installation;
    this.name = installation.namespace;
  }

  apply(spec: JsonObject, name = this.name): Promise<Outcome> {
    const match = { namespaces: [this.installation.namespace] };
    const policy = {
      apiVersion: "fairlead.dev/v1alpha1",
      kind: "ServicePolicy",
      metadata: { name },
      spec: { match, ...spec },
    };
    // Errors that kubectl's own validation would find are to be found by the server, as for every other client.
    return this.installation.cluster.kubectl(["apply", "--validate=false", "-f", "-"], JSON.stringify(policy));
  }

  /** The policy's condition, once it reflects the last write. */
  condition(status: "True" | "False"): Promise<JsonObject> {
    return eventually(`the condition ${status}`, async () => {
      const policy = await getIfPresent(this.installation.cluster.api, `${POLICIES_PATH}/${this.name}`);
      const [condition] = objectsAt(policy, "status", "conditions");
      const isCurrent = condition?.observedGeneration === valueAt(policy, ["metadata", "generation"]);
      return isCurrent && condition?.status === status ? condition : undefined;
    });
  }

  /** Waits until kubectl gets this answer for a new Service with an unnamed port. */
  outcome(what: string, isSo: (outcome: Outcome) => boolean): Promise<string> {
    const service = { kind: "Service", apiVersion: "v1", metadata: { name: "web" }, spec: { ports: [{ port: 80 }] } };
    return eventually(what, async () => {
      const outcome = await this.installation.kubectl(
        ["create", "-f", "-", "--dry-run=server"],
        JSON.stringify(service),
      );
      return isSo(outcome) ? (outcome.stdout + outcome.stderr).trim() : undefined;
    });
  }

  /** The number of status writes of each replica, as its proxy saw them. */
  statusWrites(): readonly number[] {
    return this.installation.replicas.map(
      ({ proxy }) => proxy.passed.filter(({ method, path }) => method === "PATCH" && path.endsWith("/status")).length,
    );
  }

  async close(): Promise<void> {
    const { cluster } = this.installation;
    await cluster.kubectl(["delete", "servicepolicies", this.name, `${this.name}-more`, "--ignore-not-found"]);
    await this.installation.close();
  }
}

const WARN = {
  rules: [{ rule: "named-ports", action: "warn", message: "name your ports" }, { rule: "external-ips" }],
};
const DENY = { rules: [{ rule: "named-ports", action: "deny" }] };
const BROKEN = { rules: [{ rule: "no-such-rule", action: "deny" }] };

const warned = ({ code, stderr }: Outcome): boolean => code === 0 && stderr.includes("name your ports");
const denied = ({ code, stderr }: Outcome): boolean => code !== 0 && stderr.includes("spec.ports[0].name");

async function inOrder(stage: Stage, proofs: Proofs): Promise<void> {
  const { cluster } = stage.installation;
  await proofs.prove("a policy that is applied is in force: its warning comes, its status says so", async () => {
    const { code, stderr } = await stage.apply(WARN);
    must(code === 0, stderr);
    const output = await stage.outcome("a warning", warned);
    const condition = await stage.condition("True");
    return `${output}; ${JSON.stringify(condition)}`;
  });
  await proofs.prove("kubectl get servicepolicies shows whether it is in force, and all its rules", async () => {
    const { stdout } = await cluster.kubectl(["get", "servicepolicies", stage.name]);
    must(/IN FORCE +RULES/.test(stdout) && /\bTrue +named-ports, external-ips\b/.test(stdout), stdout);
    return stdout;
  });
  await proofs.prove("a policy that is changed takes effect in every replica, without a restart", async () => {
    const { code, stderr } = await stage.apply(DENY);
    must(code === 0, stderr);
    const output = await stage.outcome("a denial", denied);
    for (const { port } of stage.installation.replicas) await refusedBy(stage, port);
    await stage.condition("True");
    return output;
  });
  await proofs.prove("a status is written by one replica alone", async () => {
    await stage.condition("True");
    const writes = stage.statusWrites();
    must(writes.filter((count) => count > 0).length === 1, `writes by replica: ${writes.join(", ")}`);
    return `writes by replica: ${writes.join(", ")}`;
  });
  for (const { what, spec, says } of REFUSED) {
    await proofs.prove(`${what} is refused on kubectl apply, with field and reason`, async () => {
      const { code, stderr } = await stage.apply(spec);
      must(code !== 0 && says.test(stderr) && stderr.includes("Fairlead"), stderr);
      return stderr;
    });
  }
  await proofs.prove("what was in force before stays so", async () => {
    await stage.condition("True");
    return stage.outcome("a denial", denied);
  });
}

const REFUSED: readonly { readonly what: string; readonly spec: JsonObject; readonly says: RegExp }[] = [
  { what: "a rule that there is not", spec: BROKEN, says: /spec\.rules\[0\]\.rule: .*no-such-rule/ },
  {
    what: "a parameter that is none of the rule's",
    spec: { rules: [{ rule: "named-ports", action: "warn", parameters: { strict: true } }] },
    says: /spec\.rules\[0\]\.parameters.*strict/,
  },
  { what: "a misspelt field", spec: { ...WARN, exmpt: [] }, says: /spec\.exmpt: .*exempt/ },
  {
    what: "a misspelt field within another",
    spec: { rules: [{ rule: "named-ports", action: "warn", mesage: "name them" }] },
    says: /spec\.rules\[0\]\.mesage: .*message/,
  },
];

/** A policy that was written while no replica ran, and replicas that cannot reach the API server. */
async function outOfOrder(stage: Stage, proofs: Proofs): Promise<void> {
  const { replicas } = stage.installation;
  await proofs.prove(
    "one that came in while no replica was there says in its status why it is not in force",
    async () => {
      await Promise.all(replicas.map((replica) => replica.kill()));
      const { code, stderr } = await stage.apply(BROKEN);
      must(code === 0, stderr);
      const more = await stage.apply(WARN, `${stage.name}-more`);
      must(more.code === 0, more.stderr);
      for (const replica of replicas) replica.start();
      await stage.installation.ready();
      const condition = await stage.condition("False");
      const message = textAt(condition, "message") ?? "";
      must(message.includes("no-such-rule"), message);
      return JSON.stringify(condition);
    },
  );
  await proofs.prove("and does no harm to the others", () => stage.outcome("a warning", warned));
  await proofs.prove("metrics say how many are in force and how many are not", async () => {
    const [replica] = replicas;
    const text = await (await fetch(`http://127.0.0.1:${String(replica?.healthPort)}/metrics`)).text();
    const lines = text.split("\n").filter((line) => line.startsWith("fairlead_policies{"));
    must(/in_force"} [1-9]/.test(lines.join()) && /refused"} [1-9]/.test(lines.join()), lines.join(" "));
    return lines.join(" ");
  });
  await stage.installation.cluster.kubectl(["delete", "servicepolicies", `${stage.name}-more`]);
  await proofs.prove("mended, it is in force", async () => {
    const { code, stderr } = await stage.apply(DENY);
    must(code === 0, stderr);
    await stage.condition("True");
    return stage.outcome("a denial", denied);
  });
  await proofs.prove("replicas that cannot reach the API server go on judging by the last good policies", async () => {
    for (const { proxy } of replicas) proxy.cut();
    try {
      for (const replica of replicas) {
        await refusedBy(stage, replica.port);
        const reason = await replica.notReady();
        must(reason === undefined, `${replica.name}: ${reason ?? ""}`);
      }
      // Meanwhile the policy changes, and no replica can know that.
      const { code, stderr } = await stage.apply(WARN);
      must(code === 0, stderr);
      for (const { port } of replicas) await refusedBy(stage, port);
    } finally {
      for (const { proxy } of replicas) proxy.mend();
    }
    return "each of them refused by it, ready all the while";
  });
  await proofs.prove("and catch up as soon as they can reach it again", async () => {
    const output = await stage.outcome("a warning", warned);
    await stage.condition("True");
    return output;
  });
  await proofs.prove("when the replica that writes statuses is gone, another one does", async () => {
    const before = stage.statusWrites();
    const writer = before.indexOf(Math.max(...before));
    await replicas[writer]?.kill();
    const { code, stderr } = await stage.apply(DENY);
    must(code === 0, stderr);
    await stage.condition("True");
    const after = stage.statusWrites();
    must(
      after.some((count, index) => index !== writer && count > (before[index] ?? 0)),
      `writes by replica: ${before.join(", ")}, then ${after.join(", ")}`,
    );
    return `writes by replica: ${before.join(", ")}, then ${after.join(", ")}`;
  });
}

async function refusedBy(stage: Stage, port: number): Promise<void> {
  const spec = { ports: [{ port: 80 }] };
  await eventually("a denial by the replica itself", async () => {
    const { allowed } = await directReview(port, "/validate/deny", stage.installation.namespace, spec);
    return allowed ? undefined : true;
  });
}
