import { objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { valueAt } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { hint } from "../hint.ts";
import { noneFailed, underLoad } from "../load.ts";
import { must, type Proof, type Proofs } from "../proof.ts";
import { FAIL, NAME, type Release, withRelease } from "../release.ts";

/** The chart from `helm install` on, in a cluster that runs its Pods: rollout, test, upgrades. */
export function rollout(cluster: Cluster): Promise<readonly Proof[]> {
  return withRelease(cluster, "the chart's Pods run, from helm install on", prove);
}

async function prove(release: Release, proofs: Proofs): Promise<void> {
  let notes = "";
  await proofs.prove("helm install --wait, as README.md has it, ends with all replicas ready", async () => {
    const begun = Date.now();
    const { code, stdout, stderr } = await release.install(["--timeout", "90s"]);
    must(code === 0, `${stderr}\n${await release.explanation()}`);
    notes = stdout;
    const pods = await release.settled(2);
    const nodes = new Set(pods.map((pod) => textAt(pod, "spec", "nodeName")));
    return `${pods.length} Pods ready on ${nodes.size} nodes after ${Math.round((Date.now() - begun) / 1000)} s`;
  });
  await proofs.prove("the webhooks are registered by Service reference, and the API server gets through", async () => {
    const entries = await release.entries();
    const services = entries.map((entry) => textAt(entry, "clientConfig", "service", "name") ?? "a URL");
    must(entries.length > 0 && services.every((name) => name === NAME), services.join(", "));
    return `${entries.length} entries; ${await hint(release)}`;
  });
  await proofs.prove(
    "what Fairlead writes is told apart from what Helm writes: its field manager is fairlead",
    async () => {
      const path = `/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/${NAME}`;
      const fields = objectsAt(await release.cluster.api.get(path), "metadata", "managedFields");
      const own = fields.find((entry) => JSON.stringify(entry.fieldsV1).includes("f:caBundle"));
      must(textAt(own, "manager") === "fairlead", JSON.stringify(fields.map((entry) => entry.manager)));
      return fields.map((entry) => textAt(entry, "manager") ?? "").join(", ");
    },
  );
  await proofs.prove("what the notes say to try shows what they say", async () => {
    const line = /^ *kubectl -n \S+ (create service .*)$/m.exec(notes)?.[1];
    must(line !== undefined, `no such line in: ${notes}`);
    const { code, stderr } = await release.kubectl(line.split(" "));
    must(code !== 0 && /^Warning: .*Fairlead/m.test(stderr) && stderr.includes("is invalid"), stderr);
    return stderr;
  });
  await proofs.prove("a replica runs as the chart's security contexts say", () => secured(release));
  await proofs.prove("helm test succeeds", async () => {
    const { code, stdout, stderr } = await release.test();
    must(code === 0 && /Phase: +Succeeded/.test(stdout), `${stdout}${stderr}\n${await release.explanation()}`);
    const phases = [...stdout.matchAll(/Phase: +(\w+)/g)].map(([, phase]) => phase);
    return `its ${phases.length} objects: ${phases.join(", ")}`;
  });
  await proofs.prove("helm upgrade to failurePolicy Fail loses no write", async () => {
    let label = "";
    const load = await underLoad(release, async () => {
      label = await release.labelAsTheNotesSay();
      const { code, stderr } = await release.upgrade(FAIL);
      must(code === 0, stderr);
    });
    const policies = (await release.entries()).map((entry) => textAt(entry, "failurePolicy"));
    must(policies.filter((policy) => policy === "Fail").length >= policies.length - 1, policies.join(", "));
    return `${noneFailed(load)}${label}`;
  });
  await proofs.prove("a rolling upgrade to another configuration replaces all Pods and loses no write", () =>
    replaced(release, () => release.upgrade([...FAIL, "--set", "config.logLevel=warn"])),
  );
  await proofs.prove("kubectl rollout restart replaces all Pods and loses no write", () =>
    replaced(release, async () => {
      const restarted = await release.cluster.kubectl(["-n", NAME, "rollout", "restart", `deployment/${NAME}`]);
      must(restarted.code === 0, restarted.stderr);
      return release.cluster.kubectl(["-n", NAME, "rollout", "status", `deployment/${NAME}`, "--timeout=120s"]);
    }),
  );
  await proofs.prove("an upgrade that never gets ready takes no replica away, and helm rollback ends it", () =>
    stuck(release),
  );
}

/** An upgrade under load that makes new Pods. */
async function replaced(
  release: Release,
  upgrade: () => Promise<{ readonly code: number | null; readonly stderr: string }>,
): Promise<string> {
  const names = async (): Promise<readonly string[]> =>
    (await release.pods()).map((pod) => textAt(pod, "metadata", "name") ?? "");
  const before = await names();
  const load = await underLoad(release, async () => {
    const { code, stderr } = await upgrade();
    must(code === 0, `${stderr}\n${await release.explanation()}`);
    await release.settled(2);
  });
  const after = await names();
  must(!after.some((name) => before.includes(name)), `before ${before.join(", ")}, after ${after.join(", ")}`);
  return `${before.length} Pods replaced; ${noneFailed(load)}`;
}

/** An image that no node has: new Pods cannot start. */
async function stuck(release: Release): Promise<string> {
  let reason = "";
  const load = await underLoad(release, async () => {
    const failed = await release.upgrade([...FAIL, "--set", "image.tag=none-such", "--timeout", "10s"]);
    must(failed.code !== 0, "the upgrade went through");
    const statuses = (await release.pods()).flatMap((pod) => objectsAt(pod, "status", "containerStatuses"));
    reason = statuses.map((status) => textAt(status, "state", "waiting", "reason") ?? "").join("");
    must((await release.endpoints()).length === 2, "an endpoint is gone");
    const back = await release.rollback();
    must(back.code === 0, back.stderr);
    await release.settled(2);
  });
  return `the new Pod waits for ${reason}, both old ones serve; ${noneFailed(load)}`;
}

/** What a process in the container finds out about itself, as JSON. */
const LOOK = `
const { readFileSync, writeFileSync } = require("node:fs");
const status = Object.fromEntries(readFileSync("/proc/self/status", "utf8").split("\\n").map((line) => line.split(/:\\s*/)));
let written = "yes";
try { writeFileSync("/written", ""); } catch (error) { written = error.code; }
console.log(JSON.stringify({ uid: process.getuid(), gid: process.getgid(), capabilities: status.CapBnd + status.CapEff, noNewPrivileges: status.NoNewPrivs, written }));`;

async function secured(release: Release): Promise<string> {
  const { code, stdout, stderr } = await release.exec(["node", "-e", LOOK]);
  must(code === 0, stderr);
  const seen: unknown = JSON.parse(stdout);
  const capabilities = textAt(seen, "capabilities") ?? "?";
  must(
    valueAt(seen, ["uid"]) === 65532 &&
      valueAt(seen, ["gid"]) === 65532 &&
      /^0+$/.test(capabilities) &&
      textAt(seen, "noNewPrivileges") === "1" &&
      textAt(seen, "written") === "EROFS",
    stdout,
  );
  return stdout;
}
