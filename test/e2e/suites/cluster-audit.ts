import { objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { flagsFor } from "../e2e-cluster.ts";
import { Installation } from "../installation.ts";
import { eventually } from "../process.ts";
import { must, type Proof, Proofs } from "../proof.ts";
import { REPORT_KINDS, withReportKinds } from "../report-definitions.ts";
import { snapshot } from "../snapshot.ts";

const MANAGED = "app.kubernetes.io/managed-by=fairlead";
/** For the garbage collector: it learns of a new kind of object twice a minute. */
const PATIENCE = 90;

/** What may not be done with the rights that the audit adds, as arguments of `kubectl auth can-i`. */
const FORBIDDEN = [
  ["update", "services"],
  ["delete", "services"],
  ["list", "events"],
  ["delete", "events"],
  ["get", "clusterroles"],
  ["patch", "clusterroles/RELEASE-audit"],
  ["list", "clusterpolicyreports.wgpolicyk8s.io"],
] as const;

/** The audit of an installed chart, with no rights but the chart's; and what is left of it afterwards: nothing. */
export async function auditOfRelease(cluster: Cluster): Promise<readonly Proof[]> {
  const proofs = new Proofs();
  await withReportKinds(cluster, REPORT_KINDS, async () => {
    const installation = await Installation.prepare(cluster, {
      values: { audit: { enabled: true } },
      serverFlags: flagsFor(false),
      replicas: ["a", "b"],
    });
    try {
      await life(installation, proofs);
    } finally {
      await cluster.kubectl(["delete", "servicepolicy", installation.namespace, "--ignore-not-found"]);
      await installation.close();
    }
  });
  return proofs.all;
}

async function life(installation: Installation, proofs: Proofs): Promise<void> {
  await proofs.prove("what a namespace had before helm install is in its report, written with the chart's rights", () =>
    installed(installation),
  );
  await proofs.prove("the audit may not do more than it must", () => rights(installation));
  await proofs.prove("helm upgrade without the audit takes the reports away, though replicas still run with it", () =>
    withoutAudit(installation),
  );
  await proofs.prove("helm upgrade with the audit brings them back", async () => {
    await upgrade(installation, { audit: { enabled: true } });
    return eventually("the report", () => reportOf(installation), PATIENCE);
  });
  await proofs.prove("helm uninstall takes the reports away, and leaves nothing of the release", () =>
    uninstalled(installation),
  );
}

async function installed(installation: Installation): Promise<string> {
  const { cluster, namespace } = installation;
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "before" },
    spec: { externalIPs: ["192.0.2.1"], ports: [{ name: "http", port: 80 }] },
  };
  const policy = {
    apiVersion: "fairlead.dev/v1alpha1",
    kind: "ServicePolicy",
    metadata: { name: namespace },
    spec: { match: { namespaces: [namespace] }, rules: [{ rule: "external-ips", action: "deny" }] },
  };
  const made = await installation.kubectl(["create", "-f", "-"], JSON.stringify(service));
  must(made.code === 0, made.stderr);
  const { code, stderr } = await installation.install();
  must(code === 0, stderr);
  const applied = await cluster.kubectl(["apply", "--validate=false", "-f", "-"], JSON.stringify(policy));
  must(applied.code === 0, applied.stderr);
  await restart(installation);
  return eventually("the report", () => reportOf(installation), PATIENCE);
}

async function rights(installation: Installation): Promise<string> {
  for (const words of FORBIDDEN) {
    const args = words.map((word) => word.replace("RELEASE", installation.name));
    const { stdout } = await installation.asServiceAccount(["auth", "can-i", ...args]);
    must(stdout.trim() === "no", `${args.join(" ")}: ${stdout.trim()}`);
  }
  const read = await installation.asServiceAccount(["get", `clusterrole/${installation.name}-audit`]);
  must(read.code === 0, read.stderr);
  return `${FORBIDDEN.length} rights asked for and refused; its own role may be read`;
}

async function withoutAudit(installation: Installation): Promise<string> {
  const { code, stderr } = await installation.upgrade({ audit: { enabled: false } });
  must(code === 0, stderr);
  const seconds = await untilNoReports(installation);
  await restart(installation);
  const { stdout } = await installation.asServiceAccount(["auth", "can-i", "list", "reports.openreports.io"]);
  must(stdout.trim() === "no", `reports may be listed: ${stdout}`);
  return `collected after ${seconds} s; the right to write any is gone, too`;
}

async function uninstalled(installation: Installation): Promise<string> {
  const { code, stderr } = await installation.uninstall();
  must(code === 0, stderr);
  const seconds = await untilNoReports(installation);
  const left = [...(await snapshot(installation)).keys()];
  must(left.length === 0, `left: ${left.join(", ")}`);
  const { stdout } = await installation.cluster.kubectl(["get", "clusterroles,clusterrolebindings", "-o", "name"]);
  must(!stdout.includes(installation.name), stdout);
  return `collected after ${seconds} s; no object of the release is left`;
}

async function upgrade(installation: Installation, values: JsonObject): Promise<void> {
  const { code, stderr } = await installation.upgrade(values);
  must(code === 0, stderr);
  await restart(installation);
}

/** As a rollout would. */
async function restart(installation: Installation): Promise<void> {
  await installation.makeReplicas();
  for (const replica of installation.replicas) replica.start();
  await installation.ready();
}

/** The report of the namespace in short, once it has the result; the only one, and of the newer kind. */
async function reportOf({ cluster, name, namespace }: Installation): Promise<string | undefined> {
  const [older = [], newer = []] = await reportsOf(cluster);
  must(older.length === 0, "there are reports of both kinds");
  const report = newer.find((one) => textAt(one, "metadata", "namespace") === namespace);
  if (valueAt(report, ["summary", "fail"]) !== 1) return undefined;
  const [result] = objectsAt(report, "results");
  const [owner] = objectsAt(report, "metadata", "ownerReferences");
  const said = [textAt(result, "policy"), textAt(result, "rule"), textAt(result, "resources", 0, "name")].join(" ");
  must(said === `${namespace} external-ips before`, said);
  const owned = `${textAt(owner, "kind") ?? ""} ${textAt(owner, "name") ?? ""}`;
  must(owned === `ClusterRole ${name}-audit`, `owned by ${owned}`);
  return `a ${textAt(report, "kind") ?? ""} with "${said}", owned by the ${owned}`;
}

/** All reports of Fairlead's, by kind. */
function reportsOf(cluster: Cluster): Promise<readonly (readonly JsonObject[])[]> {
  return Promise.all(
    REPORT_KINDS.map(async ({ resource }) => {
      const { code, stdout, stderr } = await cluster.kubectl(["get", resource, "-A", "-l", MANAGED, "-o", "json"]);
      must(code === 0, stderr);
      const list: unknown = JSON.parse(stdout);
      return objectsAt(list, "items");
    }),
  );
}

/** Waits until there is no report, and none comes back. Returns after how many seconds that was. */
async function untilNoReports({ cluster }: Installation): Promise<string> {
  const isEmpty = async (): Promise<boolean> => (await reportsOf(cluster)).flat().length === 0;
  const begun = Date.now();
  await eventually("the garbage collector", async () => ((await isEmpty()) ? true : undefined), PATIENCE);
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  // Longer than the replicas wait between two looks at what is to be written.
  await new Promise((resolve) => setTimeout(resolve, 6000));
  must(await isEmpty(), "a replica that runs on has made one anew");
  return seconds;
}
