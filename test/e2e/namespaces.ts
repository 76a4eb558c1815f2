import { setTimeout as pause } from "node:timers/promises";
import { objectOf, objectsAt, textsAt } from "#src/cluster/api/kubernetes-api.ts";
import type { JsonObject } from "#src/field/json.ts";
import { eventually, type Outcome } from "./process.ts";
import { must, type Proofs } from "./proof.ts";
import { NAME, type Release } from "./release.ts";

/** Asks kubectl for a Service in the namespace to which the webhooks apply, as a dry run. */
export function create(release: Release, service: JsonObject): Promise<Outcome> {
  const metadata = { name: "asked", ...objectOf(service.metadata) };
  return release.kubectl(
    ["create", "-f", "-", "--dry-run=server"],
    JSON.stringify({ apiVersion: "v1", kind: "Service", ...service, metadata }),
  );
}

/** How many Services a namespace has that is deleted. */
const SERVICES = 20;

/** Deleted namespaces, and writes, while replicas run, while none does, and after. */
export async function namespaces(release: Release, proofs: Proofs): Promise<void> {
  const { cluster } = release;
  const filled = async (name: string): Promise<void> => {
    await cluster.kubectl(["create", "namespace", name]);
    const items = Array.from({ length: SERVICES }, (_, n) => ({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: `service-${n}`, namespace: name },
      spec: { selector: { app: "web" }, ports: [{ name: "http", port: 80 }] },
    }));
    const { code, stderr } = await cluster.kubectl(
      ["create", "-f", "-"],
      JSON.stringify({ apiVersion: "v1", kind: "List", items }),
    );
    must(code === 0, stderr);
  };
  const deleted = async (name: string, seconds: number): Promise<string> => {
    const begun = Date.now();
    const { code, stderr } = await cluster.kubectl(["delete", "namespace", name, `--timeout=${seconds}s`]);
    must(code === 0, stderr);
    return `${SERVICES} Services and their namespace gone after ${((Date.now() - begun) / 1000).toFixed(1)} s`;
  };
  const [one, other] = [`${release.namespace}-one`, `${release.namespace}-other`];
  await proofs.prove("a namespace with Services in it is deleted while Fairlead runs", async () => {
    await filled(one);
    return deleted(one, 60);
  });
  await filled(other);
  await release.scale(0);
  await proofs.prove(
    "while no replica is there, kube-system and the release's own namespace are written, though Fail",
    async () => {
      const spec = { ports: [{ name: "http", port: 80 }] };
      const service = JSON.stringify({ apiVersion: "v1", kind: "Service", metadata: { name: "calm" }, spec });
      for (const namespace of ["kube-system", NAME]) {
        const { code, stderr } = await cluster.kubectl(
          ["-n", namespace, "create", "-f", "-", "--dry-run=server"],
          service,
        );
        must(code === 0, stderr);
      }
      const refused = await create(release, { spec });
      must(refused.code !== 0 && refused.stderr.includes("no endpoints available"), refused.stderr);
      return `written; elsewhere refused: ${refused.stderr.trim()}`;
    },
  );
  const asksAboutDeletes = (await release.entries()).some(
    (entry) =>
      entry.failurePolicy === "Fail" &&
      objectsAt(entry, "rules").some((rule) => textsAt(rule, "operations").includes("DELETE")),
  );
  if (asksAboutDeletes) await proofs.prove(WAITS, () => waitsForReplicas(release, () => deleted(other, 60)));
  else await proofs.prove(GOES, () => deleted(other, 60));
  await proofs.prove("once replicas are back, writes go on by themselves", async () => {
    await release.scale(2);
    return eventually("a write", async () => {
      const { code, stdout } = await create(release, { spec: { ports: [{ name: "http", port: 80 }] } });
      return code === 0 ? stdout.trim() : undefined;
    });
  });
}

const GOES = "a namespace with Services in it is deleted while no replica is there, though Fail";
const WAITS =
  "a namespace with Services in it waits while no replica is there, as Fail for DELETE says, and goes by itself after";

async function waitsForReplicas(release: Release, deletion: () => Promise<string>): Promise<string> {
  const gone = deletion();
  const isEarly = await Promise.race([gone.then(() => true), pause(10_000, false)]);
  must(!isEarly, "it is gone already");
  await release.scale(2);
  return gone;
}
