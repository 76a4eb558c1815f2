import { setTimeout as pause } from "node:timers/promises";
import { getIfPresent, objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { CALLERS, noneFailed, underLoad } from "../load.ts";
import { killsTogether, whyNoLimit } from "../node-agent/memory.ts";
import { numberAt } from "../node-agent/objects.ts";
import { eventually } from "../process.ts";
import { must, notRun, type Proof, type Proofs } from "../proof.ts";
import { FAIL, IGNORE, NAME, type Release, withRelease } from "../release.ts";

/** What happens to Pods in a cluster, while Services are written and `failurePolicy` is Fail. */
export function disruption(cluster: Cluster): Promise<readonly Proof[]> {
  return withRelease(cluster, "what disturbs the chart's Pods loses no write", prove);
}

async function prove(release: Release, proofs: Proofs): Promise<void> {
  const { code, stderr } = await release.install(FAIL);
  must(code === 0, `${stderr}\n${await release.explanation()}`);
  await release.labelAsTheNotesSay();
  await release.settled(2);
  await proofs.prove("a drained node gives its replicas away one by one, and no write is lost", () => drained(release));
  await proofs.prove("a Pod that is deleted is replaced, and no write is lost", async () => {
    const load = await underLoad(release, async () => {
      const [pod] = await release.pods();
      await release.cluster.kubectl(["-n", NAME, "delete", "pod", textAt(pod, "metadata", "name") ?? ""]);
      await release.settled(2);
    });
    return noneFailed(load);
  });
  await proofs.prove("scaled to one replica and back to two, no write is lost", async () => {
    const load = await underLoad(release, async () => {
      await release.scale(1);
      await release.scale(2);
    });
    return noneFailed(load);
  });
  await proofs.prove("scaled to zero, writes are refused only while no replica is there, and go on by themselves", () =>
    zero(release),
  );
  await outOfMemory(release, proofs);
  await proofs.prove("with failurePolicy Ignore, no write is lost with no replica at all", async () => {
    const upgraded = await release.upgrade(IGNORE);
    must(upgraded.code === 0, upgraded.stderr);
    const load = await underLoad(release, async () => {
      await release.scale(0);
      await pause(2_000);
      await release.scale(2);
    });
    return noneFailed(load);
  });
}

async function drained(release: Release): Promise<string> {
  const { cluster } = release;
  const nodeOf = (pod: JsonObject | undefined): string => textAt(pod, "spec", "nodeName") ?? "";
  const kubectl = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await cluster.kubectl(args);
    must(code === 0, stderr);
    return stdout + stderr;
  };
  const [first, other] = (await release.pods()).map(nodeOf);
  must(first !== undefined && other !== undefined, "there are not two replicas");
  if (release.whole.agent !== undefined && first !== other) {
    // Both on one node, so that the drain is up against the PodDisruptionBudget.
    await kubectl("cordon", other);
    await kubectl("-n", NAME, "delete", "pod", "--field-selector", `spec.nodeName=${other}`);
    await release.settled(2);
    await kubectl("uncordon", other);
  }
  const before = (await release.pods()).map(nodeOf).filter((node) => node === first).length;
  let said = "";
  try {
    const load = await underLoad(release, async () => {
      // Only what is ours: a real node may run the Pods of others.
      said = await kubectl(
        "drain",
        first,
        `--pod-selector=app.kubernetes.io/instance=${NAME}`,
        "--ignore-daemonsets",
        "--timeout=180s",
      );
      await release.settled(2);
    });
    const left = (await release.pods()).map(nodeOf).filter((node) => node === first).length;
    must(left === 0, `${left} replicas are left on ${first}`);
    const refusals = [...said.matchAll(/violate the pod's disruption budget/g)].length;
    if (before === 2) must(refusals > 0, `no eviction was held back: ${said}`);
    return `${before} replicas left ${first}, ${refusals} evictions held back by the PodDisruptionBudget; ${noneFailed(load)}`;
  } finally {
    await kubectl("uncordon", first);
  }
}

/** Milliseconds in which every API server has heard of new endpoints. */
const HEARD = 1_000;

async function zero(release: Release): Promise<string> {
  let [from, until] = [Infinity, 0];
  const load = await underLoad(release, async () => {
    const command = release.cluster.kubectl(["-n", NAME, "scale", `deployment/${NAME}`, "--replicas=0"]);
    await eventually("no endpoint", async () => ((await release.endpoints()).length === 0 ? true : undefined));
    from = Date.now();
    await command;
    await release.settled(0);
    await pause(2_000);
    await release.cluster.kubectl(["-n", NAME, "scale", `deployment/${NAME}`, "--replicas=2"]);
    await eventually("an endpoint", async () => ((await release.endpoints()).length > 0 ? true : undefined), 60);
    until = Date.now();
    await release.settled(2);
  });
  const { calls, failures } = load;
  const outside = failures.filter(({ at }) => at < from - HEARD || at > until + HEARD);
  must(outside.length === 0, `${outside.length} writes failed at other times, the first: ${outside[0]?.message ?? ""}`);
  must(failures.length > 0, "no write was refused");
  const other = failures.find(({ message }) => !message.includes("fairlead.dev"));
  must(other === undefined, other?.message ?? "");
  return `${calls} writes by ${CALLERS} clients, ${failures.length} refused, all of them in the ${((until - from) / 1000).toFixed(1)} s without an endpoint: ${failures[0]?.message ?? ""}`;
}

async function outOfMemory(release: Release, proofs: Proofs): Promise<void> {
  const judge = "where memory runs out, the process that judges large reviews is killed first, and no write is lost";
  const whole = "a replica killed for want of memory comes back; no write is lost but until its endpoint is gone";
  const { agent, cluster } = release.whole;
  const why = agent === undefined ? "only a node agent can make the kernel kill a process" : whyNoLimit();
  if (why !== undefined) proofs.all.push(notRun(judge, why), notRun(whole, why));
  if (why !== undefined) return;
  if (killsTogether(cluster.version))
    proofs.all.push(notRun(judge, `a kubelet of ${cluster.version} has all processes of a container killed together`));
  else await proofs.prove(judge, () => judgeKilled(release));
  await proofs.prove(whole, () => killed(release));
}

/** A Service that is too large for the event loop. */
function largeService(name: string): string {
  const annotations = Object.fromEntries(
    Array.from({ length: 2_000 }, (_, n) => [`e2e.fairlead.dev/${n}`, "x".repeat(80)]),
  );
  const metadata = { name, annotations };
  return JSON.stringify({ apiVersion: "v1", kind: "Service", metadata, spec: { ports: [{ name: "http", port: 80 }] } });
}

async function judgeKilled(release: Release): Promise<string> {
  const large = async (name: string): Promise<void> => {
    const { code, stderr } = await release.kubectl(["create", "-f", "-", "--dry-run=server"], largeService(name));
    must(code === 0, stderr);
  };
  const kills: number[] = [];
  const load = await underLoad(release, async () => {
    for (const { runs } of release.whole.agent?.workers ?? []) {
      const [run] = runs;
      must(run !== undefined, "a replica does not run");
      // One of the two gets it, and starts its second process.
      await large("large");
      if ((await run.processes()) < 2) continue;
      await run.squeeze("any");
      must((await run.processes()) === 1, "the kernel has killed another process");
      kills.push(await run.kills());
    }
    await large("again");
  });
  must(kills.length > 0, "no second process was found");
  const statuses = (await release.pods()).flatMap((pod) => objectsAt(pod, "status", "containerStatuses"));
  must(
    statuses.every((status) => numberAt(status, 1, "restartCount") === 0),
    "a container was started again",
  );
  return `${kills.length} killed, no container restarted, the next large Service is judged; ${noneFailed(load)}`;
}

/** Kills each replica in turn: the API server may have its connection to any of them. */
async function killed(release: Release): Promise<string> {
  const said: string[] = [];
  for (const { name, runs } of release.whole.agent?.workers ?? []) {
    const [run] = runs;
    must(run !== undefined, `${name} does not run`);
    let status: JsonObject | undefined;
    let until = 0;
    const { calls, failures } = await underLoad(release, async () => {
      const dead = run.squeeze("first process");
      await eventually("its endpoint is gone", async () => ((await release.endpoints()).length < 2 ? true : undefined));
      until = Date.now();
      await dead;
      status = await eventually("the container runs again", async () => {
        const found = await getIfPresent(release.cluster.api, `/api/v1/namespaces/${NAME}/pods/${name}`);
        const [container] = objectsAt(found, "status", "containerStatuses");
        return container?.ready === true && numberAt(container, 0, "restartCount") > 0 ? container : undefined;
      });
      await release.settled(2);
    });
    const last = valueAt(status, ["lastState", "terminated"]);
    must(textAt(last, "reason") === "OOMKilled", JSON.stringify(last));
    const late = failures.filter(({ at }) => at > until + HEARD);
    must(late.length === 0, `${late.length} of ${calls} writes failed later, the first: ${late[0]?.message ?? ""}`);
    const other = failures.find(({ message }) => !/connection refused|connection reset|EOF/.test(message));
    must(other === undefined, other?.message ?? "");
    const span = (failures.at(-1)?.at ?? 0) - (failures[0]?.at ?? 0);
    said.push(
      `OOMKilled, exit code ${numberAt(last, 0, "exitCode")}, ready again; ${failures.length} of ${calls} writes by ${CALLERS} clients failed, within ${span} ms`,
    );
  }
  return said.join("; ");
}
